/** What earlier builds found out of the sources: an index of lines, one a source. */
import { randomUUID } from 'node:crypto';
import { appendFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../diagnostics.ts';
import { isRunning } from '../running.ts';
import type { Entry, FlawedEntry } from '../site/model.ts';
import { listFolder } from './folder.ts';
import { lineOf, readLines, writeLines } from './lines.ts';
import { type DocumentPlace, isPack } from './packs.ts';

/** A file as it was read, or that it was not there. */
export interface FileRead {
  /** From the site's root. */
  path: string;
  signature: string;
  /** Of the bytes; empty when they were not read. */
  hash: string;
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
  entry: Entry | FlawedEntry | undefined;
  diagnostics: Diagnostic[];
  document: DocumentPlace | undefined;
}

export interface SourceIndex {
  /** By the source's path: several, where shards or earlier builds have compiled it. One whose document is lost is left out. */
  records: Map<string, SourceRecord[]>;
  /** Of the index that records may be added to; 0 when it must be written anew. */
  lines: number;
}

/**
 * @param folder absolute path of the cache
 * @param key what the records depend on besides their source: the generator's code and the configuration
 */
export function readSourceIndex(folder: string, key: string): SourceIndex {
  const names = listFolder(folder);
  const sizes = new Map(names.filter(isPack).map(name => [name, sizeOf(join(folder, name))]));
  const isThere = ({ pack, offset, length }: DocumentPlace) => offset + length <= (sizes.get(pack) ?? -1);
  const records = new Map<string, SourceRecord[]>();
  const indexes = names.filter(name => /^index.*\.jsonl$/.test(name));
  let lines = 0;
  for (const name of indexes) {
    readLines(join(folder, name), key, line => {
      lines++;
      const record = JSON.parse(line) as SourceRecord;
      if (record.document && !isThere(record.document)) return;
      const others = records.get(record.path);
      if (others) others.push(record);
      else records.set(record.path, [record]);
    });
  }
  return { records, lines: indexes.length === 1 && indexes[0] === 'index.jsonl' ? lines : 0 };
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
    for (const record of records) yield JSON.stringify(record);
  });
}

/** Adds what is new to the index, or replaces it, and those of the shards, when half of its lines are outdated. */
export function updateSourceIndex(
  folder: string,
  key: string,
  known: SourceIndex,
  records: readonly SourceRecord[],
): void {
  const fresh = records.filter(record => !known.records.get(record.path)?.includes(record));
  if (known.lines === 0 || known.lines + fresh.length > 2 * records.length + 100)
    writeSourceRecords(folder, key, records);
  else if (fresh.length > 0)
    // A line that a kill left unfinished ends here.
    appendFileSync(
      join(folder, 'index.jsonl'),
      `\n${fresh.map(record => lineOf(JSON.stringify(record))).join('')}`,
    );
}

function writeSourceRecords(folder: string, key: string, records: Iterable<SourceRecord>): void {
  writeLines(join(folder, `index.jsonl`), key, function* () {
    for (const record of records) yield JSON.stringify(record);
  });
  for (const file of listFolder(folder))
    if (/^index-.*\.jsonl$/.test(file)) rmSync(join(folder, file), { force: true });
}

/** Removes the packs that no record refers to, and what builds that were killed have left. What another build is writing stays. */
export function removeLeftovers(folder: string, records: Iterable<SourceRecord>): void {
  const packs = new Set<string>();
  for (const { document } of records) if (document) packs.add(document.pack);
  for (const file of listFolder(folder)) {
    const writer = isPack(file) ? /^\d+(?=-)/.exec(file)?.[0] : /(?<=\.)\d+$/.exec(file)?.[0];
    if (packs.has(file) || (writer === undefined && !isPack(file))) continue;
    if (Number(writer) === process.pid || !isRunning(Number(writer)))
      rmSync(join(folder, file), { force: true });
  }
}

/** Removes the packs of this build alone, when it ends without an index that names them. */
export function removePacks(folder: string, buildName: string): void {
  for (const file of listFolder(folder))
    if (isPack(file) && file.startsWith(buildName)) rmSync(join(folder, file), { force: true });
}

/** Of the packs that one build writes, on whatever machine: with the process's id first, so that another build can tell whether it still runs. */
export const newBuildName = (): string => `${process.pid}-${randomUUID()}`;
