/**
 * What earlier builds found out, in .cache/ below the site's root: it may be deleted at any time. Every record carries a checksum; one that does not fit, like one that is absent, is
 * made again. The documents stand in pack files that are written once; an index of lines, one a source, is replaced whole at the end of a build.
 */
import { createHash, hash, randomUUID } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Diagnostic } from './diagnostics.ts';
import { isRunning } from './running.ts';
import type { Entry, FlawedEntry } from './site/model.ts';

/** `hex` for names of files: a disk may not tell large letters from small. */
export function hashOf(data: string | Uint8Array, encoding: 'base64url' | 'hex' = 'base64url'): string {
  return hash('sha256', data, encoding).slice(0, 22);
}

/** Where a document stands: a pack file's name, and bytes in it. */
export interface DocumentPlace {
  pack: string;
  offset: number;
  length: number;
  crc: number;
}

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

/** Size, inode and times of a file, or that there is none. A file that was changed within two seconds of `since` may change again unseen, and gets no signature. */
export function signatureOf(path: string, since: number): string {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats) return 'absent';
    const { size, ino, mtimeMs, ctimeMs } = stats;
    return ctimeMs > since - 2000 ? '' : `${size}.${ino}.${mtimeMs}.${ctimeMs}`;
  } catch {
    // Of a folder that this account may not enter: it is told when the file is read.
    return '';
  }
}

/** Of a file that a build wrote: its times change when it is linked, but for that of its writing. */
export function outputSignatureOf(path: string): string {
  const { size, ino, mtimeMs } = statSync(path);
  return `${size}.${ino}.${mtimeMs}`;
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

const isPack = (name: string): boolean => name.endsWith('.pack');

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

/** What stands in an output folder and what it was made from, by the page's or file's name. */
export interface OutputRecord {
  name: string;
  input: string;
  files: { path: string; signature: string }[];
}

export interface OutputIndex {
  records: Map<string, OutputRecord>;
  /** When the folder was made, by the clock of its disk; 0 when not all of it is known. */
  made: number;
}

/** The cache's paths for one output folder: its index, and the site before the present one with its own. */
export interface OutputPaths {
  index: string;
  spare: string;
  spareIndex: string;
  last: string;
}

export function outputPaths(folder: string, out: string): OutputPaths {
  const name = (kind: string) => join(folder, `${kind}-${hashOf(out)}`);
  return {
    index: `${name('output')}.jsonl`,
    spare: name('spare'),
    spareIndex: `${name('spare')}.jsonl`,
    last: `${name('last')}.jsonl`,
  };
}

export function readOutputIndex(path: string, key: string): OutputIndex {
  const records = new Map<string, OutputRecord>();
  let head = { made: 0, count: 0 };
  readLines(path, key, line => {
    const record = JSON.parse(line) as OutputRecord | typeof head;
    if ('made' in record) head = record;
    else records.set(record.name, record);
  });
  return { records, made: records.size === head.count ? head.made : 0 };
}

/** Before the spare site is changed: what it then is, nobody knows. */
export function forgetSpare({ spareIndex }: OutputPaths): void {
  rmSync(spareIndex, { force: true });
}

/**
 * Writes an output's index aside.
 * @returns a function that puts it in place, for when the output was replaced: the index before goes with the old output to the spare, if that is there
 */
export function prepareOutputIndex(
  paths: OutputPaths,
  key: string,
  { records, made }: OutputIndex,
): () => void {
  const put = prepareLines(paths.index, key, function* () {
    yield JSON.stringify({ made, count: records.size });
    for (const record of records.values()) yield JSON.stringify(record);
  });
  return () => {
    if (existsSync(paths.spare) && existsSync(paths.index)) renameSync(paths.index, paths.spareIndex);
    put();
  };
}

/** What the last build of an output folder was made from and came to. */
export function readLast<Result>(paths: OutputPaths, key: string): Result | undefined {
  let last: Result | undefined;
  readLines(paths.last, key, line => {
    last = JSON.parse(line) as Result;
  });
  return last;
}

export function writeLast(paths: OutputPaths, key: string, last: unknown): void {
  writeLines(paths.last, key, () => [JSON.stringify(last)]);
}

/** Lines `checksum text`, the first of them the key. A line that does not fit its checksum is passed over. */
export function readLines(path: string, key: string, take: (line: string) => void): void {
  const bytes = readIfPossible(path);
  let first = true;
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(10, start);
    const end = newline < 0 ? bytes.length : newline;
    const text = bytes.subarray(start + 9, end);
    const fits = bytes.toString('latin1', start, start + 8) === checksum(text);
    const isKey = fits && text.toString() === key;
    if (first && !isKey) return;
    if (fits && !isKey) take(text.toString());
    first = false;
    start = end + 1;
  }
}

function readIfPossible(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}

const lineOf = (text: string): string => `${checksum(text)} ${text}\n`;

const checksum = (data: string | Uint8Array): string => crc32(data).toString(16).padStart(8, '0');

export const writeLines = (path: string, key: string, lines: () => Iterable<string>): void =>
  prepareLines(path, key, lines)();

/** @returns a function that puts the written file in place */
function prepareLines(path: string, key: string, lines: () => Iterable<string>): () => void {
  const temporary = `${path}.${process.pid}`;
  const file = openSync(temporary, 'w');
  let chunk: string[] = [];
  let size = 0;
  const flush = () => {
    writeFileSync(file, chunk.join(''));
    chunk = [];
    size = 0;
  };
  const put = (text: string) => {
    chunk.push(lineOf(text));
    size += text.length;
    if (size > 1_000_000) flush();
  };
  try {
    put(key);
    for (const line of lines()) put(line);
    flush();
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  return () => renameSync(temporary, path);
}

const listFolder = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);

/** Documents as they are compiled, in a pack file of their own. */
export interface PackWriter {
  write(document: unknown): DocumentPlace;
  close(): void;
}

export function createPackWriter(folder: string, name: string): PackWriter {
  const pack = `${name}.pack`;
  let file: number | undefined;
  let offset = 0;
  let pending: string[] = [];
  let waiting = 0;
  const flush = () => {
    if (waiting === 0) return;
    file ??= openSync(join(folder, pack), 'w');
    writeFileSync(file, pending.join(''));
    pending = [];
    waiting = 0;
  };
  return {
    write(document) {
      const text = JSON.stringify(document);
      const length = Buffer.byteLength(text);
      const place = { pack, offset, length, crc: crc32(text) };
      pending.push(text);
      offset += length;
      waiting += length;
      if (waiting > 1_000_000) flush();
      return place;
    },
    close() {
      flush();
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}

export interface PackReader {
  /** Nothing when the record is not there or not whole. */
  read(place: DocumentPlace): unknown;
  close(): void;
}

export function createPackReader(folder: string): PackReader {
  const files = new Map<string, number | undefined>();
  const fileOf = (pack: string): number | undefined => {
    if (!files.has(pack))
      files.set(pack, existsSync(join(folder, pack)) ? openSync(join(folder, pack), 'r') : undefined);
    return files.get(pack);
  };
  return {
    read({ pack, offset, length, crc }) {
      const file = fileOf(pack);
      if (file === undefined) return undefined;
      const bytes = Buffer.allocUnsafe(length);
      if (readSync(file, bytes, 0, length, offset) !== length || crc32(bytes) !== crc) return undefined;
      return JSON.parse(bytes.toString());
    },
    close() {
      for (const file of files.values()) if (file !== undefined) closeSync(file);
      files.clear();
    },
  };
}

/** Of the generator's own code and of the Node that runs it: a change of either empties the cache. */
export function codeKey(folder: string): string {
  const hash = createHash('sha256').update(process.version);
  for (const name of readdirSync(folder, { recursive: true }).map(String).sort()) {
    if (/\.(js|ts)$/.test(name) && !name.endsWith('.d.ts'))
      hash.update(name).update(readFileSync(join(folder, name)));
  }
  return hash.digest('base64url').slice(0, 22);
}

export const cacheFolderOf = (root: string): string => join(root, '.cache');

export function makeCacheFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(folder, '.gitignore'))) writeFileSync(join(folder, '.gitignore'), '*\n');
}
