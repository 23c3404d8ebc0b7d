/** Index of an output folder: its files, and the fingerprints of the tasks that wrote them. */
import { join } from 'node:path';
import { hashOf } from '../base/hash.ts';
import { exists, move, remove } from '../disk/files.ts';
import { prepareLines, readLines, writeLines } from '../disk/line-file.ts';
import type { StagedFile } from '../disk/staged-writer.ts';

/** Files that one task wrote. */
export interface OutputRecord {
  /** Name of the task. */
  name: string;
  /** Hash of everything that the task reads. */
  fingerprint: string;
  files: StagedFile[];
  /** Source of the story that the task renders, if it renders one. */
  story?: string | undefined;
}

export interface OutputIndex {
  /** Records by task name. */
  records: ReadonlyMap<string, OutputRecord>;
  /**
   * When the folder was written, in milliseconds since the epoch by the clock of its disk; 0 if the index is
   * incomplete.
   */
  writtenAt: number;
}

/** Absolute paths of the cached files for one output folder. */
export interface OutputPaths {
  index: string;
  /** Folder of the site before the current one; `previousIndex` is its index. */
  previous: string;
  previousIndex: string;
  plan: string;
  /** Result of the last build. */
  last: string;
}

/** Names the cached files for an output folder. @param out absolute path of the output folder */
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

/**
 * Reads the index of an output folder.
 * @param key hash of the generator's code
 * @returns the intact records; none if the index is missing or has another key
 */
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

/**
 * Removes the index of the previous site, before that site is changed. Otherwise, a crash during the change
 * could leave an index that does not match it.
 */
export function forgetPrevious({ previousIndex }: OutputPaths): void {
  remove(previousIndex);
}

/**
 * Writes an output's index under a temporary name.
 * @returns a function to call after the output is replaced: it keeps the old index for the previous site, and
 * puts the new one in place
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

/**
 * Reads the result of an output folder's last build, with the fingerprint of its inputs.
 * @returns undefined if it is missing or has another key
 */
export function readLast<Last>(paths: OutputPaths, key: string): Last | undefined {
  let last: Last | undefined;
  readLines(paths.last, key, line => {
    last = JSON.parse(line) as Last;
  });
  return last;
}

/** Saves the result of a build, and the fingerprint of its inputs. @throws the file system's error */
export function writeLast(paths: OutputPaths, key: string, last: unknown): void {
  writeLines(paths.last, key, () => [JSON.stringify(last)]);
}
