/** Resolves the addresses in documents. */
import { posix } from 'node:path';
import type { OutgoingLink } from '../article/text.ts';
import type { Entry, FlawedEntry, Site } from './model.ts';
import type { BrokenLink, LinkTarget } from './urls.ts';

type KnownFiles = Pick<Site, 'entries' | 'withheld' | 'expired' | 'authorFiles' | 'flawed' | 'assets'>;

/** Resolves every link of every document. @returns targets by source, in the order of the document's links */
export function resolveLinks(site: KnownFiles): Site['targets'] {
  const targets = new Map<string, readonly (LinkTarget | BrokenLink)[]>();
  const idle = [...site.authorFiles.values()].filter(({ source }) => !site.entries.has(source));
  for (const entry of [...site.entries.values(), ...site.withheld.values(), ...site.flawed.values(), ...idle])
    if (entry.links.length > 0)
      targets.set(
        entry.source,
        entry.links.map(({ url }) => resolveLink(url, entry, site)),
      );
  return targets;
}

/** A link and its target. */
export interface ResolvedLink {
  link: OutgoingLink;
  target: LinkTarget | BrokenLink;
}

/** Lists the links of a document with their targets, in document order. */
export function linksOf(entry: Entry | FlawedEntry, { targets }: Pick<Site, 'targets'>): ResolvedLink[] {
  const own = targets.get(entry.source) ?? [];
  return entry.links.map((link, index) => ({ link, target: own[index]! }));
}

/**
 * Matches files in content/ that may be published beside a page. Types that can contain scripts, such as HTML
 * and SVG, are excluded.
 */
const copiedTypes =
  /\.(jpe?g|png|webp|avif|gif|pdf|csv|tsv|txt|json|geojson|xlsx?|ods|docx?|odt|zip|mp3|m4a|ogg|wav|mp4|webm|vtt)$/i;

/**
 * Resolves an address in the text of `from`. Relative addresses refer to files on disk, relative to the folder
 * of `from`.
 */
function resolveLink(url: string, from: Entry | FlawedEntry, site: KnownFiles): LinkTarget | BrokenLink {
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
  if (site.authorFiles.get(posix.basename(file, '.md'))?.source === file)
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
