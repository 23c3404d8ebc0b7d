/** Addresses of pages and files, as paths and as URLs. */
import type { Config } from '../config/config.ts';

/** The public address of a site. */
export type SiteAddress = Pick<Config, 'origin' | 'basePath'>;

/** A path of the site as a root-relative URL. */
export function urlOf(path: string, { basePath }: Pick<Config, 'basePath'>): string {
  return basePath + encodeURI(path.slice(1)).replace(/[?#]/g, encodeURIComponent);
}

/** A path of the site as an absolute URL. */
export function absoluteUrl(path: string, config: SiteAddress): string {
  return config.origin + urlOf(path, config);
}

/** The file of dist/ that a static host serves at a path. */
export function outputFileOf(path: string): string {
  return path.endsWith('/') ? `${path.slice(1)}index.html` : path.slice(1);
}

/** `path`s are from the site's root, without the base path. */
export type LinkTarget =
  | { kind: 'external'; url: string }
  /** Another content file's page, or this one's when `path` is its own; in a plan, of other pages those with a text edition too. */
  | { kind: 'entry'; path: string; fragment: string | undefined }
  /** A path of this site that no content file makes: a list, a file of public/. */
  | { kind: 'path'; path: string; fragment: string | undefined }
  /** A file of content/ that is copied beside the page. */
  | { kind: 'asset'; asset: string; path: string };

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
 * The URL to print for a link on the page at `from`, or elsewhere (a feed) when there is none.
 * @param pageUrl that of a page, where it is another than the file's
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
