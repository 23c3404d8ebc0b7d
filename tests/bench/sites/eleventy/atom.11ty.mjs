export const data = {
  pagination: { data: 'collections.feeds', size: 1, alias: 'feed' },
  layout: 'atom.njk',
  permalink: ({ feed }) => `${feed.path}atom.xml`,
};

export const render = () => '';
