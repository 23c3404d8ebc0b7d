/**
 * The order in which a deployment writes files, so that whatever a reader sees exists: a page comes after its style sheet,
 * pictures and data, a list after its stories, and feeds and sitemaps come last.
 */
import { isLanguageTag } from '../base/languages.ts';

/** Steps of a deployment, in order. Files that the site no longer has are removed after the last one. */
export const steps = ['assets', 'data', 'pages', 'lists', 'feeds'] as const;
export type Step = (typeof steps)[number];

/** Files that lead to others: feeds, sitemaps, the entry of the search index, and rules for hosts. */
const leads =
  /(?:^|\/)(?:feed\.xml|atom\.xml|feed\.json|[\w-]*sitemap[\w-]*\.xml|robots\.txt|pagefind-entry\.json|_redirects|_headers|\.htaccess|redirects\.[\w.]+)$/;
const overviews: ReadonlySet<string> = new Set([
  'topics',
  'authors',
  'archive',
  'feeds',
  'corrections',
  'search',
]);

/**
 * Finds the step of a file.
 * @param path path below the root of the site, without a slash at its beginning
 * @param desks ids of the site's desks, whose pages are lists
 */
export function stepOf(path: string, desks: ReadonlySet<string>): Step {
  if (leads.test(path)) return 'feeds';
  if (path.endsWith('.html')) return isList(path, desks) ? 'lists' : 'pages';
  return /\.(?:json|csv|txt|vtt)$/.test(path) && !path.startsWith('pagefind/') ? 'data' : 'assets';
}

function isList(path: string, desks: ReadonlySet<string>): boolean {
  const folders = path
    .replace(/^text\//, '')
    .split('/')
    .slice(0, -1);
  const [first] = folders;
  if (first === undefined) return path.endsWith('index.html');
  if (overviews.has(first) || folders.at(-2) === 'page') return true;
  return folders.length === 1 && (desks.has(first) || isLanguageTag(first));
}

/** Whether the name of a file changes with its content, so that browsers may keep the file for good. */
export const isNamedByContent = (path: string): boolean => path.startsWith('assets/');
