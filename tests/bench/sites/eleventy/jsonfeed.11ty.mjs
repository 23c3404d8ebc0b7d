import { isoDate, named, origin } from './site.mjs';

export const data = {
  pagination: { data: 'collections.feeds', size: 1, alias: 'feed' },
  permalink: ({ feed }) => `${feed.path}feed.json`,
};

const itemOf = ({ url, data, content }) => ({
  id: origin + url,
  url: origin + url,
  title: data.title,
  content_html: content,
  summary: data.standfirst,
  date_published: isoDate(data.published),
  tags: data.topics.map(id => named[id].name),
  authors: data.authors.map(id => ({ name: named[id].name, url: `${origin}/authors/${id}/` })),
  language: 'en',
});

export const render = ({ feed: { title, path, articles } }) =>
  JSON.stringify(
    {
      version: 'https://jsonfeed.org/version/1.1',
      title,
      home_page_url: origin + path,
      feed_url: `${origin}${path}feed.json`,
      description: title,
      language: 'en',
      items: articles.map(itemOf),
    },
    null,
    1,
  );
