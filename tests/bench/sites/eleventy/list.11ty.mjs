/**
 * Pages of all lists. Like the feeds, they have a layout instead of a body: Eleventy compiles a layout once,
 * but a template once per page.
 */
export const data = {
  pagination: { data: 'collections.listPages', size: 1, alias: 'list' },
  layout: 'list.njk',
  permalink: ({ list }) => list.path,
};

export const render = () => '';
