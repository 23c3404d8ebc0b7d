/** Addresses of pages and files, as paths and as URLs. */
import type { Config } from '../config/config.ts';

/** Public address of a site. */
export type SiteAddress = Pick<Config, 'origin' | 'basePath'>;

/** Converts a path from the site's root to a root-relative URL, which includes the base path. */
export function urlOf(path: string, { basePath }: Pick<Config, 'basePath'>): string {
  return basePath + encodeURI(path.slice(1)).replace(/[?#]/g, encodeURIComponent);
}

/** Converts a path from the site's root to an absolute URL. */
export function absoluteUrl(path: string, config: SiteAddress): string {
  return config.origin + urlOf(path, config);
}

/** File in dist/ that a static host serves for a path. */
export function outputFileOf(path: string): string {
  return path.endsWith('/') ? `${path.slice(1)}index.html` : path.slice(1);
}

/** Creates a function that finds the page at a path, which may omit the final slash. */
export function createPageFinder<Page extends { path: string }>(
  pages: Iterable<Page>,
): (path: string) => Page | undefined {
  const files = new Map<string, Page>();
  for (const page of pages) files.set(outputFileOf(page.path), page);
  return path => files.get(outputFileOf(path)) ?? files.get(`${path.slice(1)}/index.html`);
}

/** Target of a link. Paths are from the site's root, without the base path. */
export type LinkTarget =
  | { kind: 'external'; url: string }
  /**
   * The page of a content file, which may be the linking page itself. In a plan, also any other page that has
   * a text edition.
   */
  | { kind: 'entry'; path: string; fragment: string | undefined }
  /** A path of this site that does not come from a content file, such as a list or a file in public/. */
  | { kind: 'path'; path: string; fragment: string | undefined }
  /** A file of content/ that is copied beside the page. */
  | { kind: 'asset'; asset: string; path: string }
  /** A file generated from a picture. */
  | { kind: 'picture'; path: string };

/**
 * A link that cannot be published. `problem` is the reason: `storyless` is an author without a published story,
 * and `flawed` is a document with invalid front matter. `target` is the scheme, file or address, for messages.
 */
export interface BrokenLink {
  kind: 'broken';
  problem:
    | 'scheme'
    | 'outside'
    | 'missing'
    | 'withheld'
    | 'expired'
    | 'storyless'
    | 'flawed'
    | 'type'
    | 'address';
  target: string;
}

/**
 * Returns the URL to print for a link.
 * @param from path of the page that contains the link; undefined elsewhere (in a feed), where URLs are
 *   absolute
 * @param pageUrl returns the URL of a page in the text edition
 */
export function linkUrl(
  target: LinkTarget,
  from: string | undefined,
  config: SiteAddress,
  pageUrl?: (path: string) => string,
): string {
  const url = (path: string) => (from === undefined ? absoluteUrl(path, config) : urlOf(path, config));
  switch (target.kind) {
    case 'external':
      return target.url;
    case 'asset':
    case 'picture':
      return url(target.path);
    default: {
      const there = target.kind === 'entry' && pageUrl ? pageUrl : url;
      return (
        (target.path === from && target.fragment !== undefined ? '' : there(target.path)) +
        hash(target.fragment)
      );
    }
  }
}

const hash = (fragment: string | undefined): string =>
  fragment === undefined ? '' : `#${encodeURIComponent(fragment)}`;
