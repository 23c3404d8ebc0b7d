/** Reads the pictures that documents show, and plans their files. encode-pictures.ts encodes them. */
import type { OutgoingLink } from '../article/text.ts';
import { mapAtOnce } from '../base/concurrency.ts';
import { earliest } from '../base/dates.ts';
import { compareText, createDiagnostic, type Diagnostic, type Place } from '../base/diagnostics.ts';
import { hashOf } from '../base/hash.ts';
import type { PictureSettings } from '../config/pictures.ts';
import { linksOf } from '../site/links.ts';
import type { Entry, FlawedEntry, Site } from '../site/model.ts';
import { leadPictureOf, type PictureUse, pictureTarget } from '../site/picture-links.ts';
import {
  contradicts,
  creditLine,
  isPictureFile,
  type PictureMap,
  pictureOptions,
  type Rights,
} from '../site/pictures.ts';
import type { PictureProblem } from './facts.ts';
import type { MediaFileReader } from './file-reader.ts';
import { isDrawing, type PictureRole, planPicture, type Recipe } from './recipes.ts';
import { type PictureLimits, pixelLimit, sizeLimit } from './sharp.ts';
import type { MediaStore, PictureRecord } from './store.ts';

export interface Pictures {
  /** Pictures by the source of the document that shows them. Unpublished stories are excluded. */
  maps: ReadonlyMap<string, PictureMap>;
  /** Recipes of the published pictures, one per folder of the output. */
  recipes: Recipe[];
  /** Every picture that a document shows, published or not. */
  uses: PictureUse[];
  /** Diagnostics about unusable picture files, at the places where documents show them. */
  diagnostics: Diagnostic[];
  /** Picture files whose records the cache keeps, including those of unpublished stories. */
  sources: ReadonlySet<string>;
  /** Keys of pixels that the cache keeps, including those of unpublished stories. */
  keys: ReadonlySet<string>;
  /** When the first story gets the picture settings of old stories, in milliseconds since the epoch. */
  until: number | undefined;
}

/** Looks up files by their paths from the site's root. */
export interface PictureFiles {
  /** Absolute path of a file in content/ or public/. */
  absolute(source: string): string;
  /** Signature of a file. Empty if the file has just changed, because the signature is then unreliable. */
  signature(source: string): string;
}

/** Tools for reading pictures. */
export interface Reading {
  store: MediaStore;
  reader: MediaFileReader;
  limits: PictureLimits;
  /** The build's clock, in milliseconds since the epoch. */
  now: number;
  progress: (activity: string, done: number, of: number) => void;
}

/** Number of newest stories of which the front page may show large pictures. */
const recentCount = 40;

/** Reads every picture that a document shows, and plans its files. Reuses facts in the store. */
export async function readPictures(site: Site, files: PictureFiles, reading: Reading): Promise<Pictures> {
  const { store, now } = reading;
  const settings = site.config.pictures;
  const entries = [...site.entries.values(), ...site.withheld.values(), ...site.flawed.values()].sort(
    (a, b) => compareText(a.source, b.source),
  );
  const shown = entries.map(entry => ({ entry, sources: sourcesOf(entry, site) }));
  const sources = new Set(shown.flatMap(({ sources }) => [...sources.values()]));
  await readRecords([...sources].sort(compareText), files, reading);

  const recent = new Set<unknown>(site.lists[0]!.articles.slice(0, recentCount));
  const leadRole = (entry: Entry | FlawedEntry) => {
    if (entry === site.front.lead || entry === site.front.second) return 'front';
    return recent.has(entry) ? 'recent' : 'lead';
  };
  const maps = new Map<string, PictureMap>();
  const recipes = new Map<string, Recipe>();
  const keys = new Set<string>();
  const uses: PictureUse[] = [];
  const diagnostics: Diagnostic[] = [];
  let until: number | undefined;
  for (const { entry, sources } of shown) {
    const map: PictureMap = {};
    const archivedAt = archiveTime(entry, settings);
    const isArchived = archivedAt !== undefined && archivedAt <= now;
    if (!isArchived && sources.size > 0) until = earliest(until, archivedAt);
    const lead = entry.kind === 'article' ? leadPictureOf(entry.links) : undefined;
    // Sorts pictures before links, because a picture on the page takes precedence over a link to the same
    // file.
    for (const link of entry.links.toSorted((a, b) => compareText(b.kind, a.kind))) {
      const source = sources.get(link.url);
      const found = source === undefined ? undefined : store.records.get(source)?.found;
      const facts = found && 'kind' in found ? found : undefined;
      if (link.kind === 'picture') uses.push({ from: entry, link, source, facts });
      if (found && 'problem' in found)
        diagnostics.push(diagnosticOf(found, source!, entry.source, link.place, reading.limits));
      if (!facts || source === undefined || Object.hasOwn(map, link.url)) continue;
      const rights = link.kind === 'picture' ? effectiveRights(facts.rights, link) : facts.rights;
      const { focus } = pictureOptions(link.url);
      const as = link === lead ? leadRole(entry) : roleOf(link);
      const use = { rights, focus, as, isArchived } as const;
      const { picture, recipe } = planPicture(source, facts, use, settings);
      map[link.url] = picture;
      keys.add(recipe.pixels);
      if (site.entries.has(entry.source)) recipes.set(recipe.key, unite(recipes.get(recipe.key), recipe));
    }
    if (Object.keys(map).length > 0 && site.entries.has(entry.source)) maps.set(entry.source, map);
  }
  return { maps, recipes: [...recipes.values()], uses, diagnostics, sources, keys, until };
}

function roleOf(link: OutgoingLink): Exclude<PictureRole, 'lead' | 'recent' | 'front'> {
  if (link.kind === 'link') return 'link';
  return link.as === 'portrait' ? 'portrait' : 'text';
}

/** When a story gets the picture settings of old stories, in milliseconds since the epoch; undefined if never. */
function archiveTime(entry: Entry | FlawedEntry, { archive }: PictureSettings): number | undefined {
  if (!archive || entry.kind !== 'article' || !('meta' in entry)) return undefined;
  const time = new Date(entry.meta.published);
  time.setUTCMonth(time.getUTCMonth() + archive.months);
  return time.getTime();
}

/** Reports what is wrong with a picture file. */
export function diagnosticOf(
  found: PictureProblem,
  source: string,
  file: string,
  place: Place | undefined,
  limits: PictureLimits,
): Diagnostic {
  switch (found.problem) {
    case 'bytes':
      return createDiagnostic(file, 'error', 'picture-size/bytes', place, {
        source,
        megabytes: sizeLimit / 1_000_000,
      });
    case 'pixels':
      return createDiagnostic(file, 'error', 'picture-size/pixels', place, {
        source,
        megapixels: pixelLimit / 1_000_000,
      });
    case 'height':
      return createDiagnostic(file, 'error', 'picture-size/height', place, { source, ...found });
    case 'time':
    case 'memory':
      return createDiagnostic(file, 'error', `source-stopped/picture-${found.problem}`, place, {
        source,
        ...limits,
      });
    default:
      return createDiagnostic(file, 'error', `picture-unreadable/${found.problem}`, place, { source });
  }
}

/**
 * Picture files that a document shows, and those in content/ that it links to, by their addresses in the
 * document.
 */
function sourcesOf(entry: Entry | FlawedEntry, site: Site): Map<string, string> {
  const sources = new Map<string, string>();
  for (const { link, target } of linksOf(entry, site)) {
    if (link.kind === 'picture') {
      const picture = pictureTarget(target, site);
      if (picture.kind === 'picture') sources.set(link.url, picture.source);
    } else if (target.kind === 'asset' && isPictureFile(target.asset)) sources.set(link.url, target.asset);
  }
  return sources;
}

/** Merges rights. The author's texts take precedence over the file's metadata. */
function effectiveRights(
  rights: Rights,
  written: { alt: string | undefined; caption: string | undefined; credit: string | undefined },
): Rights {
  return {
    ...rights,
    // If the author credits someone else, the file's creators are omitted.
    creators: written.credit !== undefined && contradicts(written.credit, rights) ? [] : rights.creators,
    credit: written.credit ?? creditLine(rights),
    caption: written.caption ?? rights.caption,
    alt: written.alt ?? rights.alt,
  };
}

/** Merges two recipes with the same key, because documents may need different files of the same folder. */
function unite(one: Recipe | undefined, other: Recipe): Recipe {
  if (!one) return other;
  const files = new Map([...one.files, ...other.files].map(file => [file.name, file]));
  return { ...one, files: [...files.values()].sort((a, b) => compareText(a.name, b.name)) };
}

async function readRecords(
  sources: readonly string[],
  files: PictureFiles,
  { store, reader, progress }: Reading,
): Promise<void> {
  const { records } = store;
  const byHash = new Map([...records.values()].map(record => [record.hash + typeOf(record.source), record]));
  const isFresh = (source: string) => {
    const signature = files.signature(source);
    return signature !== '' && records.get(source)?.signature === signature;
  };
  const stale = sources.filter(source => !isFresh(source));
  let done = 0;
  await mapAtOnce(stale, async source => {
    const path = files.absolute(source);
    const bytes = await store.read(path);
    const hash = hashOf(bytes);
    const found: PictureRecord['found'] =
      byHash.get(hash + typeOf(source))?.found ?? (await reader.readPicture(path, source, bytes));
    const isStopped = 'problem' in found && (found.problem === 'time' || found.problem === 'memory');
    // Another machine, or other limits, may have a different result, so a stop is not remembered.
    store.put({ source, found, ...(isStopped ? unknown : { signature: files.signature(source), hash }) });
    progress('Reading pictures', ++done, stale.length);
  });
}

/** Stands for a file whose record is never reused. */
const unknown = { signature: '', hash: '' };

const typeOf = (source: string): string => (isDrawing(source) ? ' svg' : '');
