/** What all articles have in common. The published date is the address's too. */
export default {
  layout: 'article.njk',
  tags: ['article'],
  permalink: ({ desk, published, page }) =>
    `/${desk}/${published.toISOString().slice(0, 7).replace('-', '/')}/${page.fileSlug}/`,
};
