/** What stands in an output folder, and what it was made from. */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf } from '../base/hash.ts';
import { prepareLines, readLines, writeLines } from '../disk/line-file.ts';

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

/** The cache's paths for one output folder: its index, the site before the present one with its own, the plan, and what the last build came to. */
export interface OutputPaths {
  index: string;
  spare: string;
  spareIndex: string;
  plan: string;
  last: string;
}

export function outputPaths(folder: string, out: string): OutputPaths {
  const name = (kind: string) => join(folder, `${kind}-${hashOf(out)}`);
  return {
    index: `${name('output')}.jsonl`,
    spare: name('spare'),
    spareIndex: `${name('spare')}.jsonl`,
    plan: `${name('plan')}.jsonl`,
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
