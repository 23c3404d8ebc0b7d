/** Addresses: of articles and pages, and what an address in a text leads to. */
import { posix } from 'node:path';
import type { Config } from '../config/config.ts';
import type { Entry, FlawedEntry, Site } from './model.ts';

/** A path of the site as a root-relative URL. */
export function urlOf(path: string, { basePath }: Config): string {
  return basePath + encodeURI(path.slice(1)).replace(/[?#]/g, encodeURIComponent);
}

export function absoluteUrl(path: string, config: Config): string {
  return config.origin + urlOf(path, config);
}

/** The file of dist/ that a static host serves at a path. */
export function outputFileOf(path: string): string {
  return path.endsWith('/') ? `${path.slice(1)}index.html` : path.slice(1);
}

/** Files of content/ that a page may bring along. None that a browser would run as a page of the site's own. */
const copiedTypes =
  /\.(jpe?g|png|webp|avif|gif|pdf|csv|tsv|txt|json|geojson|xlsx?|ods|docx?|odt|zip|mp3|m4a|ogg|wav|mp4|webm|vtt)$/i;

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

/** What an address in `from`'s text leads to. Markdown files are named as on disk, relative to the file. */
export function resolveLink(url: string, from: Entry | FlawedEntry, site: Site): LinkTarget | BrokenLink {
  const scheme = /^([a-z][a-z\d+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  if (scheme !== undefined) {
    return /^(https?|mailto|tel)$/.test(scheme)
      ? { kind: 'external', url }
      : { kind: 'broken', problem: 'scheme', target: scheme };
  }
  if (url.startsWith('//')) return { kind: 'external', url: `https:${url}` };
  const [address = '', fragment] = splitFragment(url);
  const decoded = decode(address);
  if (decoded === undefined || /[\\\p{Cc}]/u.test(decoded))
    return { kind: 'broken', problem: 'address', target: url };
  if (decoded === '') return { kind: 'entry', path: from.path, fragment };
  if (decoded.startsWith('/')) return { kind: 'path', path: posix.normalize(decoded), fragment };

  const file = posix.join(posix.dirname(from.source), decoded);
  if (!file.startsWith('content/')) return { kind: 'broken', problem: 'outside', target: file };
  const entry = site.entries.get(file);
  if (entry) return { kind: 'entry', path: entry.path, fragment };
  if (site.expired.has(file)) return { kind: 'broken', problem: 'expired', target: file };
  if (site.withheld.has(file)) return { kind: 'broken', problem: 'withheld', target: file };
  if (site.authors.get(posix.basename(file, '.md'))?.source === file)
    return { kind: 'broken', problem: 'storyless', target: file };
  if (site.flawed.has(file)) return { kind: 'broken', problem: 'flawed', target: file };
  if (!site.assets.has(file)) return { kind: 'broken', problem: 'missing', target: file };
  if (!copiedTypes.test(file)) return { kind: 'broken', problem: 'type', target: file };
  return { kind: 'asset', asset: file, path: assetPath(file, from) };
}

const assetPath = (file: string, page: Entry | FlawedEntry): string => page.path + posix.basename(file);

function splitFragment(url: string): [address: string, fragment: string | undefined] {
  const hash = url.indexOf('#');
  const address = (hash < 0 ? url : url.slice(0, hash)).replace(/\?.*$/s, '');
  const fragment = url.slice(hash + 1);
  return [address, hash < 0 ? undefined : (decode(fragment) ?? fragment)];
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/**
 * The URL to print for a link on the page at `from`, or elsewhere (a feed) when there is none.
 * @param pageUrl that of a page, where it is another than the file's
 */
export function linkUrl(
  target: LinkTarget,
  from: string | undefined,
  config: Config,
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
