/** The index of an output folder: its files, and the fingerprints of the tasks that wrote them. */
import { join } from 'node:path';
import { hashOf } from '../base/hash.ts';
import { exists, move, remove } from '../disk/files.ts';
import { prepareLines, readLines, writeLines } from '../disk/line-file.ts';
import type { StagedFile } from '../disk/staged-writer.ts';

/** What one task wrote. */
export interface OutputRecord {
  /** Of the task. */
  name: string;
  /** Of everything that the task reads. */
  fingerprint: string;
  files: StagedFile[];
}

export interface OutputIndex {
  /** By task name. */
  records: ReadonlyMap<string, OutputRecord>;
  /** When the folder was written, by the clock of its disk, in milliseconds since the epoch; 0 if the index is incomplete. */
  writtenAt: number;
}

/** Absolute paths of what the cache keeps for one output folder. */
export interface OutputPaths {
  index: string;
  /** The site before the present one, and its index. */
  previous: string;
  previousIndex: string;
  plan: string;
  /** The result of the last build. */
  last: string;
}

/** Names what the cache keeps for an output folder. @param out absolute path of the output folder */
export function outputPaths(cacheFolder: string, out: string): OutputPaths {
  const name = (kind: string) => join(cacheFolder, `${kind}-${hashOf(out)}`);
  return {
    index: `${name('output')}.jsonl`,
    previous: name('previous'),
    previousIndex: `${name('previous')}.jsonl`,
    plan: `${name('plan')}.jsonl`,
    last: `${name('last')}.jsonl`,
  };
}

/** Reads the index of an output folder. A missing or damaged index is empty. */
export function readOutputIndex(path: string, key: string): OutputIndex {
  const records = new Map<string, OutputRecord>();
  let head = { writtenAt: 0, count: 0 };
  readLines(path, key, line => {
    const record = JSON.parse(line) as OutputRecord | typeof head;
    if ('writtenAt' in record) head = record;
    else records.set(record.name, record);
  });
  return { records, writtenAt: records.size === head.count ? head.writtenAt : 0 };
}

/** Removes the index of the previous site before that site is changed: a crash in between must not leave an index that describes it. */
export function forgetPrevious({ previousIndex }: OutputPaths): void {
  remove(previousIndex);
}

/**
 * Writes an output's index under a temporary name.
 * @returns a function that puts it in place once the output is replaced; the old index then belongs to the previous site
 */
export function prepareOutputIndex(
  paths: OutputPaths,
  key: string,
  { records, writtenAt }: OutputIndex,
): () => void {
  const put = prepareLines(paths.index, key, function* () {
    yield JSON.stringify({ writtenAt, count: records.size });
    for (const record of records.values()) yield JSON.stringify(record);
  });
  return () => {
    if (exists(paths.previous) && exists(paths.index)) move(paths.index, paths.previousIndex);
    put();
  };
}

/** The result of the last build of an output folder, and the fingerprint of its inputs. */
export function readLast<Last>(paths: OutputPaths, key: string): Last | undefined {
  let last: Last | undefined;
  readLines(paths.last, key, line => {
    last = JSON.parse(line) as Last;
  });
  return last;
}

/** Keeps the result of a build. @throws the file system's error */
export function writeLast(paths: OutputPaths, key: string, last: unknown): void {
  writeLines(paths.last, key, () => [JSON.stringify(last)]);
}
