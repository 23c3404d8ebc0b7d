/** Data that all articles share. The published date is part of the address. */
export default {
  layout: 'article.njk',
  tags: ['article'],
  permalink: ({ desk, published, page }) =>
    `/${desk}/${published.toISOString().slice(0, 7).replace('-', '/')}/${page.fileSlug}/`,
};
