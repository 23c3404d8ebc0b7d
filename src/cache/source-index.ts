/** What earlier builds found out of the sources: an index of lines, one a source. */
import { randomUUID } from 'node:crypto';
import { appendFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic, Place } from '../base/diagnostics.ts';
import { hashOf } from '../base/hash.ts';
import { createLineFile, type LineFile, lineOf, readLines, writeLines } from '../disk/line-file.ts';
import { isPack, type PackPlace } from '../disk/pack-file.ts';
import { isAnotherRunning } from '../disk/process.ts';
import type { Entry, FlawedEntry } from '../site/model.ts';
import { listFolder } from './folder.ts';

/** A file as it was read, or that it was not there. */
export interface FileRead {
  /** From the site's root. */
  path: string;
  signature: string;
  /** Of the bytes; empty when they were not read. */
  hash: string;
}

/**
 * An entry as text: most builds change few of them, and need none. The places of its links are apart, since they are for messages alone and move with every line that
 * is written above.
 */
export interface StoredEntry {
  /** Of `text`. */
  hash: string;
  /** JSON. */
  text: string;
  /** JSON, in the order of the links. */
  places: string;
}

export function storeEntry({ links, ...entry }: Entry | FlawedEntry): StoredEntry {
  const text = JSON.stringify({ ...entry, links: links.map(({ place: _, ...link }) => link) });
  return { hash: hashOf(text), text, places: JSON.stringify(links.map(({ place }) => place ?? null)) };
}

export function loadEntry({ text, places }: StoredEntry): Entry | FlawedEntry {
  const entry = JSON.parse(text) as Entry | FlawedEntry;
  const all = JSON.parse(places) as (Place | null)[];
  entry.links.forEach((link, index) => {
    link.place = all[index] ?? undefined;
  });
  return entry;
}

/** A source as it was compiled. */
export interface SourceRecord {
  path: string;
  /** Of the file on this machine's disk: while it stays the same the bytes are the same. */
  signature: string;
  /** Of the bytes. */
  hash: string;
  /** The files besides that it was compiled from. */
  reads: FileRead[];
  /** Let go of when it is loaded. */
  entry: StoredEntry | undefined;
  /** Of what the search index has of its text; of articles alone, where there is a search. */
  textHash: string | undefined;
  diagnostics: Diagnostic[];
  document: PackPlace | undefined;
}

export interface SourceIndex {
  /** By the source's path: several, where shards or earlier builds have compiled it. One whose document is lost is left out. */
  records: Map<string, SourceRecord[]>;
  /** Of the index that records may be added to; 0 when it must be written anew. */
  lines: number;
}

const isIndex = (name: string): boolean => /^index.*\.jsonl$/.test(name);

/** Whether an earlier build has left any record. */
export const hasSourceIndex = (folder: string): boolean => listFolder(folder).some(isIndex);

/**
 * @param folder absolute path of the cache
 * @param key what the records depend on besides their source: the generator's code and the configuration
 */
export function readSourceIndex(folder: string, key: string): SourceIndex {
  const names = listFolder(folder);
  const sizes = new Map(names.filter(isPack).map(name => [name, sizeOf(join(folder, name))]));
  const isThere = ({ pack, offset, length }: PackPlace) => offset + length <= (sizes.get(pack) ?? -1);
  const records = new Map<string, SourceRecord[]>();
  const indexes = names.filter(isIndex);
  let lines = 0;
  for (const name of indexes) {
    readLines(join(folder, name), key, line => {
      lines++;
      const record = parseRecord(line);
      if (record.document && !isThere(record.document)) return;
      const others = records.get(record.path);
      if (others) others.push(record);
      else records.set(record.path, [record]);
    });
  }
  return { records, lines: indexes.length === 1 && indexes[0] === 'index.jsonl' ? lines : 0 };
}

/** The entry's texts stand behind the rest of a record, between tabs, which JSON has none of: they are not looked into. */
function textOf({ entry, ...rest }: SourceRecord): string {
  const head = JSON.stringify({ ...rest, entry: entry?.hash });
  return entry ? `${head}\t${entry.text}\t${entry.places}` : head;
}

function parseRecord(line: string): SourceRecord {
  const [head, text, places] = line.split('\t') as [string, ...string[]];
  const { entry: hash, ...rest } = JSON.parse(head);
  return { ...rest, entry: hash === undefined ? undefined : { hash, text, places } };
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** Writes the index of one shard of several, beside those of the others. */
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

/** The index as a build writes it, while the sources that come later are still being compiled. */
export interface SourceIndexWriter {
  /** Of sources that were compiled now. */
  add(records: readonly SourceRecord[]): void;
  finish(): void;
  /** Without an effect after `finish`. */
  abandon(): void;
}

/**
 * Adds what is new to the index, or replaces it, and those of the shards, when half of its lines are outdated.
 * @param kept records that hold as they are
 * @param fresh how many sources are compiled
 */
export function createSourceIndexWriter(
  folder: string,
  key: string,
  known: SourceIndex,
  kept: readonly SourceRecord[],
  fresh: number,
): SourceIndexWriter {
  const path = join(folder, 'index.jsonl');
  // Those of files that were touched, and are the same.
  const signed = kept.filter(record => !known.records.get(record.path)?.includes(record));
  const all = kept.length + fresh;
  if (known.lines > 0 && known.lines + signed.length + fresh <= 2 * all + 100) {
    const lines = signed.map(record => lineOf(textOf(record)));
    return {
      add: records => void lines.push(...records.map(record => lineOf(textOf(record)))),
      // A line that a kill left unfinished ends here.
      finish: () => lines.length > 0 && appendFileSync(path, `\n${lines.join('')}`),
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
      for (const name of listFolder(folder))
        if (/^index-.*\.jsonl$/.test(name)) rmSync(join(folder, name), { force: true });
    },
    abandon() {
      file?.abandon();
      file = undefined;
    },
  };
}

/** Removes the packs that no record refers to, and what builds that were killed have left. What another build is writing stays. */
export function removeLeftovers(folder: string, records: Iterable<SourceRecord>): void {
  const packs = new Set<string>();
  for (const { document } of records) if (document) packs.add(document.pack);
  for (const file of listFolder(folder)) {
    const writer = isPack(file) ? /^\d+(?=-)/.exec(file)?.[0] : /(?<=\.)\d+$/.exec(file)?.[0];
    if (packs.has(file) || (writer === undefined && !isPack(file))) continue;
    if (!isAnotherRunning(Number(writer))) rmSync(join(folder, file), { force: true });
  }
}

/** Removes the packs of this build alone, when it ends without an index that names them. */
export function removePacks(folder: string, buildName: string): void {
  for (const file of listFolder(folder))
    if (isPack(file) && file.startsWith(buildName)) rmSync(join(folder, file), { force: true });
}

/** Of the packs that one build writes, on whatever machine: with the process's id first, so that another build can tell whether it still runs. */
export const newBuildName = (): string => `${process.pid}-${randomUUID()}`;
