export const data = {
  pagination: { data: 'collections.feeds', size: 1, alias: 'feed' },
  layout: 'rss.njk',
  permalink: ({ feed }) => `${feed.path}feed.xml`,
};

export const render = () => '';
