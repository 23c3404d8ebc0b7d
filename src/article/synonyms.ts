/** Front-matter keys of other generators, such as Hugo, Jekyll, Eleventy and WordPress exports. */

/** Our keys by the names that other generators use. A suggestion uses only keys that the file may have. */
export const synonyms: Readonly<Record<string, string>> = {
  author: 'authors',
  byline: 'authors',
  categories: 'desk',
  category: 'desk',
  date: 'published',
  deck: 'standfirst',
  dek: 'standfirst',
  description: 'standfirst',
  embargo: 'published',
  embargoed: 'published',
  embargoedUntil: 'published',
  embargoUntil: 'published',
  embargo_until: 'published',
  excerpt: 'standfirst',
  expiryDate: 'expires',
  headline: 'title',
  image: 'picture',
  keywords: 'topics',
  language: 'lang',
  lastmod: 'updated',
  locale: 'lang',
  location: 'dateline',
  modified: 'updated',
  permalink: 'slug',
  photo: 'picture',
  pubDate: 'published',
  publishDate: 'published',
  redirect_from: 'aliases',
  section: 'desk',
  subtitle: 'standfirst',
  summary: 'standfirst',
  tag: 'topics',
  tags: 'topics',
  unpublishdate: 'expires',
  updatedDate: 'updated',
};

/** Keys for pictures, which belong into the text here. */
const pictureKeys = new Set([
  'banner',
  'cover',
  'featured_image',
  'featuredImage',
  'feature_image',
  'hero',
  'header_image',
  'image',
  'images',
  'photo',
  'picture',
  'thumbnail',
]);

/** Keys that choose a template, which the folder of a file decides here. */
const layoutKeys = new Set(['layout', 'template', 'templateKey']);

/** Advice about a key that has no counterpart; undefined if there is none. */
export function adviceAbout(key: string): string | undefined {
  if (pictureKeys.has(key))
    return 'Put the picture into the text: ![What it shows](photo.jpg "Photo: Name"). The first picture is also the one in lists.';
  return layoutKeys.has(key)
    ? 'Remove it. The folder of the file decides which template it gets.'
    : undefined;
}
