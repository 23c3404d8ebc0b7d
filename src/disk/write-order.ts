/**
 * The order in which the files of a site are written or sent, so that whatever a reader sees exists: a page comes after its
 * style sheet, pictures and data, a list after its stories, and feeds and sitemaps come last.
 */

/** Steps, in order. Files that the site no longer has are removed after the last one. */
export const steps = ['assets', 'data', 'pages', 'lists', 'feeds'] as const;
export type Step = (typeof steps)[number];

/** Files that lead to others: feeds, sitemaps, the entry of the search index, and rules for hosts. */
const leads =
  /\.xml$|(?:^|\/)(?:feed\.json|robots\.txt|pagefind-entry\.json|_redirects|_headers|\.htaccess|redirects\.[\w.]+)$/;

/**
 * Finds the step of a file.
 * @param path path below the root of the site, without a slash at its beginning
 * @param isList whether a page leads to others, by its path
 */
export function stepOf(path: string, isList: (path: string) => boolean): Step {
  if (leads.test(path)) return 'feeds';
  if (path.endsWith('.html')) return isList(path) ? 'lists' : 'pages';
  return /\.(?:json|csv|txt|vtt)$/.test(path) && !path.startsWith('pagefind/') ? 'data' : 'assets';
}
