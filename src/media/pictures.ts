/** Reads the pictures that documents show, plans their files, and encodes them. */

import type { OutgoingLink } from '../article/text.ts';
import { mapAtOnce } from '../base/concurrency.ts';
import { earliest } from '../base/dates.ts';
import { compareText, createDiagnostic, type Diagnostic, type Place } from '../base/diagnostics.ts';
import { hashOf } from '../base/hash.ts';
import type { OutputFile } from '../base/output-file.ts';
import type { PictureSettings } from '../config/pictures.ts';
import { readBytes } from '../disk/files.ts';
import { OutputError } from '../disk/output-error.ts';
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
import {
  isDrawing,
  type PictureRole,
  pictureFolder,
  planPicture,
  type Recipe,
  type RecipeFile,
} from './recipes.ts';
import {
  type PictureLibrary,
  type PictureLimits,
  PictureStopped,
  pixelLimit,
  sizeLimit,
  toStop,
} from './sharp.ts';
import type { MediaStore, PictureRecord } from './store.ts';
import { withPacket } from './xmp-embed.ts';

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
      const use = { rights, focus, as: link === lead ? 'lead' : roleOf(link), isArchived } as const;
      const { picture, recipe } = planPicture(source, facts, use, settings);
      map[link.url] = picture;
      keys.add(recipe.pixels);
      if (site.entries.has(entry.source)) recipes.set(recipe.key, unite(recipes.get(recipe.key), recipe));
    }
    if (Object.keys(map).length > 0 && site.entries.has(entry.source)) maps.set(entry.source, map);
  }
  return { maps, recipes: [...recipes.values()], uses, diagnostics, sources, keys, until };
}

function roleOf(link: OutgoingLink): Exclude<PictureRole, 'lead'> {
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

function diagnosticOf(
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

/** Tools for encoding a recipe's files. */
export interface Encoding {
  files: PictureFiles;
  store: MediaStore;
  /** Sanitizes drawings; undefined if there are none. */
  reader: Pick<MediaFileReader, 'sanitizeDrawing'> | undefined;
  limits: PictureLimits;
  /** Loads the image library on the first call. */
  library: () => Promise<PictureLibrary>;
  /** Work that has begun, by the key of its pixels. */
  running: Map<string, Promise<void>>;
  /** Called after each picture that was not yet in the store. */
  onEncoded: () => void;
}

/**
 * Finds the files of a recipe, and encodes those that the store does not have.
 * @throws PictureFailure if the picture cannot be encoded; OutputError if its file has changed
 */
export async function publishPicture(recipe: Recipe, encoding: Encoding): Promise<OutputFile[]> {
  await encodePicture(recipe, encoding);
  return recipe.files.map(file => publishedFile(recipe, file, encoding.store));
}

/** Whether the store has all files of a recipe. */
export const isEncoded = ({ pixels, files }: Recipe, store: MediaStore): boolean =>
  files.every(({ name }) => store.find(pixels, name) !== undefined);

/** Path of a file in the output folder. */
export const pathOf = ({ key }: Recipe, { name }: RecipeFile): string => `${pictureFolder}/${key}/${name}`;

/** Encodes the files of a recipe that the store does not have. @throws the same errors as `publishPicture` */
export function encodePicture(recipe: Recipe, encoding: Encoding): Promise<void> {
  const { running } = encoding;
  // Two recipes with the same pixels take turns, so that no file is encoded twice.
  const before = running.get(recipe.pixels) ?? Promise.resolve();
  const work = before.then(() => encodeMissing(recipe, encoding));
  running.set(
    recipe.pixels,
    work.catch(() => {}),
  );
  return work;
}

/** A picture cannot be encoded. The other pictures can be. */
export class PictureFailure extends Error {
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic) {
    super(`${diagnostic.file} cannot be encoded`);
    this.diagnostic = diagnostic;
  }
}

async function encodeMissing(recipe: Recipe, encoding: Encoding): Promise<void> {
  const missing = recipe.files.filter(({ name }) => encoding.store.find(recipe.pixels, name) === undefined);
  if (missing.length === 0) return;
  await encode(recipe, missing, encoding);
  encoding.onEncoded();
}

/** An encoded file, with its rights. A file without rights is copied as it is. */
function publishedFile(recipe: Recipe, file: RecipeFile, store: MediaStore): OutputFile {
  const path = pathOf(recipe, file);
  return recipe.packet === undefined
    ? { path, copyFrom: store.find(recipe.pixels, file.name)! }
    : { path, bytes: publishedBytes(recipe, file, store) };
}

/** Bytes of an encoded file, with its rights. */
export function publishedBytes(
  { pixels, packet }: Recipe,
  { name, format }: RecipeFile,
  store: MediaStore,
): Uint8Array {
  const bytes = readBytes(store.find(pixels, name)!);
  return packet === undefined ? bytes : withPacket(bytes, format, packet);
}

async function encode(
  recipe: Recipe,
  missing: readonly RecipeFile[],
  { files, store, reader, limits, library }: Encoding,
): Promise<void> {
  const path = files.absolute(recipe.source);
  const bytes = await store.read(path);
  if (hashOf(bytes) !== recipe.hash)
    throw new OutputError(`${recipe.source} changed during the build. Build again.`);
  try {
    if (recipe.kind === 'drawing') {
      const drawing = await reader!.sanitizeDrawing(path, bytes);
      if (typeof drawing === 'string') throw new PictureStopped(drawing);
      for (const { name } of missing) store.write(recipe.pixels, name, Buffer.from(drawing.text));
      return;
    }
    const { encodeDerivatives } = await import('./derivatives.ts');
    const { open, decode } = await library();
    await decode(await open(bytes).metadata(), async () => {
      for await (const file of encodeDerivatives(bytes, recipe, missing, open))
        store.write(recipe.pixels, file.name, file.bytes);
    });
  } catch (thrown) {
    const error = toStop(thrown);
    if ((error as NodeJS.ErrnoException).code !== undefined) throw error;
    const problem = error instanceof PictureStopped ? error.stop : 'damaged';
    const { source } = recipe;
    throw new PictureFailure(diagnosticOf({ problem }, source, source, undefined, limits));
  }
}
