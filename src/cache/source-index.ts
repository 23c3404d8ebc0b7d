/** Keeps what earlier builds compiled: an index with one line per source, and packs with the documents. */
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

/** A file's bytes when a source was compiled, or the fact that it was missing. */
export interface FileRead {
  /** Path from the site's root. */
  path: string;
  signature: string;
  /** Hash of the bytes, or the name of the problem. */
  hash: string;
}

/**
 * An entry as text, because most builds change few entries and need none of them as objects. Positions are stored apart: only messages need
 * them, and they change with every line that is inserted above.
 */
export interface StoredEntry {
  /** Hash of `text`. */
  hash: string;
  /** JSON, without positions. */
  text: string;
  /** JSON: the positions. */
  places: string;
}

interface Places {
  links: (Place | null)[];
  keys: KeyPlaces;
}

/** Turns an entry into text. */
export function storeEntry(entry: SourceEntry): StoredEntry {
  const links = entry.links.map(({ place: _, ...link }) => link);
  const text = JSON.stringify({ ...entry, keyPlaces: undefined, links });
  const places: Places = {
    links: entry.links.map(({ place }) => place ?? null),
    keys: entry.kind === 'flawed' ? '{}' : entry.keyPlaces,
  };
  return { hash: hashOf(text), text, places: JSON.stringify(places) };
}

/** Turns the text of an entry into an object. */
export function loadEntry({ text, places }: StoredEntry): SourceEntry {
  const entry = JSON.parse(text) as SourceEntry;
  const { links, keys } = JSON.parse(places) as Places;
  entry.links.forEach((link, index) => {
    link.place = links[index] ?? undefined;
  });
  return entry.kind === 'flawed' ? entry : Object.assign(entry, { keyPlaces: keys });
}

/** What publishing needs of a compiled source. */
export interface CompiledSource {
  path: string;
  /** Hash of the bytes. */
  hash: string;
  /** Other files that it was compiled from. */
  reads: FileRead[];
  /** Hash of the text that the search index has of it; undefined unless it is an article of a site with search. */
  textHash: string | undefined;
  /** Undefined if the file could not be read. */
  document: PackPlace | undefined;
}

/** A compiled source: what the next stages need of it, and how to find out whether it is still up to date. */
export interface SourceRecord extends CompiledSource {
  /** Signature of the file on this machine. While it stays the same, the bytes do. */
  signature: string;
  entry: StoredEntry;
  diagnostics: Diagnostic[];
}

export interface SourceIndex {
  /** Records by source: several if shards or earlier builds compiled it. Records whose document is lost are left out. */
  records: Map<string, SourceRecord[]>;
  /** Lines of the index that new records may be appended to; 0 if it must be rewritten. */
  lines: number;
}

const isIndex = (name: string): boolean => /^index.*\.jsonl$/.test(name);

/** Whether an earlier build has kept any records. */
export const hasSourceIndex = (folder: string): boolean => listFolder(folder).some(isIndex);

/**
 * Reads every record whose document is still in the cache.
 * @param folder absolute path of the cache
 * @param key what the records depend on besides their sources
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

/** The entry's texts follow the rest of the record after tabs, which JSON never contains, so that they need not be parsed. */
function textOf({ entry, ...rest }: SourceRecord): string {
  return `${JSON.stringify({ ...rest, entry: entry.hash })}\t${entry.text}\t${entry.places}`;
}

function parseRecord(line: string): SourceRecord {
  const [head, text, places] = line.split('\t') as [string, string, string];
  const { entry: hash, ...rest } = JSON.parse(head);
  return { ...rest, entry: { hash, text, places } };
}

/** Writes the index of one shard, beside those of the others. */
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
  /** Does nothing after `finish`. */
  abandon(): void;
}

/**
 * Appends new records to the index. Once half of its lines are outdated, replaces it and the indexes of shards.
 * @param kept records that are reused
 * @param fresh how many sources this build compiles
 */
export function createSourceIndexWriter(
  folder: string,
  key: string,
  known: SourceIndex,
  kept: readonly SourceRecord[],
  fresh: number,
): SourceIndexWriter {
  const path = join(folder, 'index.jsonl');
  // Files that were touched, but have the same bytes.
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

/** Removes packs that no record refers to and what killed builds left unfinished, but not what a running build is writing. */
export function removeLeftovers(folder: string, records: Iterable<CompiledSource>): void {
  const packs = new Set<string>();
  for (const { document } of records) if (document) packs.add(document.pack);
  removeAbandoned(folder, name => packs.has(name) || isPlanPack(name));
}

/** Removes this build's packs when it ends without an index that refers to them. */
export function removePacks(folder: string, buildName: string): void {
  for (const file of listFolder(folder))
    if (isPack(file) && file.startsWith(buildName)) remove(join(folder, file));
}
