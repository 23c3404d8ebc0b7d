/** The pages of all lists, and, like the feeds, with a layout for a body: Eleventy compiles a layout once, but a template for each of its pages. */
export const data = {
  pagination: { data: 'collections.listPages', size: 1, alias: 'list' },
  layout: 'list.njk',
  permalink: ({ list }) => list.path,
};

export const render = () => '';
