/** Stores the results of compiling: an index with one line per source, and pack files with the documents. */
import { join } from 'node:path';
import type { KeyPlaces } from '../article/key-places.ts';
import type { Diagnostic, Place } from '../base/diagnostics.ts';
import { hashOf } from '../base/hash.ts';
import { removeAbandoned } from '../disk/cache-folder.ts';
import { appendText, listFolder, remove, sizeOf } from '../disk/files.ts';
import { createLineFile, type LineFile, lineOf, readLines, writeLines } from '../disk/line-file.ts';
import { isPack, type PackPlace } from '../disk/pack-file.ts';
import type { SourceEntry } from '../site/model.ts';
import { isPlanPack } from './plan.ts';

/** A file that was read while a source was compiled, with its state at that time. */
export interface FileRead {
  /** Path of the file, relative to the site's root. */
  path: string;
  /** Signature of the file before it was read (see `signatureOf`). */
  signature: string;
  /** Hash of the bytes, or the reason why the file could not be read. */
  hash: string;
}

/**
 * An entry as text, because most builds change few entries and do not parse the others. Positions are stored
 * separately: only messages need them, and they change whenever a line is inserted above them.
 */
export interface StoredEntry {
  /** Hash of `text`. */
  hash: string;
  /** Entry as JSON, without positions. */
  text: string;
  /** Positions, as JSON. */
  places: string;
}

interface Places {
  links: (Place | null)[];
  keys: KeyPlaces;
}

/** Serializes an entry. */
export function storeEntry(entry: SourceEntry): StoredEntry {
  const links = entry.links.map(({ place: _, ...link }) => link);
  const text = JSON.stringify({ ...entry, keyPlaces: undefined, links });
  const places: Places = {
    links: entry.links.map(({ place }) => place ?? null),
    keys: entry.keyPlaces,
  };
  return { hash: hashOf(text), text, places: JSON.stringify(places) };
}

/** Parses a serialized entry. */
export function loadEntry({ text, places }: StoredEntry): SourceEntry {
  const entry = JSON.parse(text) as SourceEntry;
  const { links, keys } = JSON.parse(places) as Places;
  entry.links.forEach((link, index) => {
    link.place = links[index] ?? undefined;
  });
  return Object.assign(entry, { keyPlaces: keys });
}

/** The part of a compiled source that publishing needs. */
export interface CompiledSource {
  path: string;
  /** Hash of the source's bytes. */
  hash: string;
  /** Other files that the source was compiled from. */
  reads: FileRead[];
  /**
   * Hash of the article's text in the search index; undefined for other sources, or if the site has no
   * search.
   */
  textHash: string | undefined;
  /** Place of the document in a pack file; undefined if an error prevented parsing the body. */
  document: PackPlace | undefined;
}

/**
 * A compiled source: the data that later stages need, and the signatures and hashes that show whether it is
 * up to date.
 */
export interface SourceRecord extends CompiledSource {
  /** Signature of the file on this machine. While the signature is the same, so are the file's bytes. */
  signature: string;
  entry: StoredEntry;
  diagnostics: Diagnostic[];
}

export interface SourceIndex {
  /**
   * Records by source: several if shards or earlier builds compiled it. Omits records whose document is lost.
   */
  records: Map<string, SourceRecord[]>;
  /** Number of lines in the index, if new records may be appended; 0 if it must be rewritten. */
  lines: number;
}

const isIndex = (name: string): boolean => /^index.*\.jsonl$/.test(name);

/** Whether an earlier build has saved any records. */
export const hasSourceIndex = (folder: string): boolean => listFolder(folder).some(isIndex);

/**
 * Reads every record whose document is still in the cache.
 * @param folder absolute path of the cache
 * @param key cache key; records with another key are ignored
 */
export function readSourceIndex(folder: string, key: string): SourceIndex {
  const names = listFolder(folder);
  const sizes = new Map(names.filter(isPack).map(name => [name, sizeOf(join(folder, name))]));
  const isKept = ({ pack, offset, length }: PackPlace) => offset + length <= (sizes.get(pack) ?? -1);
  const records = new Map<string, SourceRecord[]>();
  const indexes = names.filter(isIndex);
  let lines = 0;
  for (const name of indexes) {
    readLines(join(folder, name), key, line => {
      lines++;
      const record = parseRecord(line);
      if (record.document && !isKept(record.document)) return;
      const others = records.get(record.path);
      if (others) others.push(record);
      else records.set(record.path, [record]);
    });
  }
  return { records, lines: indexes.length === 1 && indexes[0] === 'index.jsonl' ? lines : 0 };
}

/**
 * Serializes a record. The entry's texts come last, after tabs, so that reading a record need not parse them.
 * JSON never contains tabs.
 */
function textOf({ entry, ...rest }: SourceRecord): string {
  return `${JSON.stringify({ ...rest, entry: entry.hash })}\t${entry.text}\t${entry.places}`;
}

function parseRecord(line: string): SourceRecord {
  const [head, text, places] = line.split('\t') as [string, string, string];
  const { entry: hash, ...rest } = JSON.parse(head);
  return { ...rest, entry: { hash, text, places } };
}

/** Writes the index of one shard, beside those of the other shards. */
export function writeShardRecords(
  folder: string,
  key: string,
  shard: string,
  records: Iterable<SourceRecord>,
): void {
  writeLines(join(folder, `index-${shard}.jsonl`), key, function* () {
    for (const record of records) yield textOf(record);
  });
}

/** Writes the index while sources are still being compiled. */
export interface SourceIndexWriter {
  /** Adds sources that this build compiled. */
  add(records: readonly SourceRecord[]): void;
  finish(): void;
  /** Removes the unfinished index. Does nothing after `finish`. */
  abandon(): void;
}

/**
 * Creates a writer that appends new records to the index. If more than half of the lines would be outdated, or if
 * shards have indexes, it writes a new index instead, and removes the shards' indexes.
 * @param kept records that are reused
 * @param fresh number of sources that this build compiles
 */
export function createSourceIndexWriter(
  folder: string,
  key: string,
  known: SourceIndex,
  kept: readonly SourceRecord[],
  fresh: number,
): SourceIndexWriter {
  const path = join(folder, 'index.jsonl');
  // Records of files whose signature has changed, but whose bytes have not.
  const touched = kept.filter(record => !known.records.get(record.path)?.includes(record));
  const all = kept.length + fresh;
  if (known.lines > 0 && known.lines + touched.length + fresh <= 2 * all + 100) {
    const lines = touched.map(record => lineOf(textOf(record)));
    return {
      add: records => void lines.push(...records.map(record => lineOf(textOf(record)))),
      // The line break ends a line that a killed build may have left unfinished.
      finish: () => lines.length > 0 && appendText(path, `\n${lines.join('')}`),
      abandon: () => {},
    };
  }
  let file: LineFile | undefined = createLineFile(path, key);
  const add = (records: readonly SourceRecord[]) => {
    for (const record of records) file?.put(textOf(record));
  };
  return {
    add,
    finish() {
      add(kept);
      const put = file?.finish();
      file = undefined;
      put?.();
      for (const name of listFolder(folder)) if (/^index-.*\.jsonl$/.test(name)) remove(join(folder, name));
    },
    abandon() {
      file?.abandon();
      file = undefined;
    },
  };
}

/**
 * Removes unreferenced pack files and the unfinished files of killed builds, but not those that a running build
 * is writing.
 */
export function removeLeftovers(folder: string, records: Iterable<CompiledSource>): void {
  const packs = new Set<string>();
  for (const { document } of records) if (document) packs.add(document.pack);
  removeAbandoned(folder, name => packs.has(name) || isPlanPack(name));
}

/** Removes the pack files of a build that ends without an index that refers to them. */
export function removePacks(folder: string, buildName: string): void {
  for (const file of listFolder(folder))
    if (isPack(file) && file.startsWith(buildName)) remove(join(folder, file));
}
