/** Files of lines, each with its checksum: one that does not fit, like one that is absent, is passed over. */
import { closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { createGatherer } from './write-buffer.ts';

/** Lines `checksum text`, the first of them the key. A line that does not fit its checksum is passed over, and so is the key if it comes again. */
export function readLines(path: string, key: string, take: (line: string) => void): void {
  const bytes = readIfPossible(path);
  const keyBytes = Buffer.from(key);
  let isFirst = true;
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(10, start);
    const end = newline < 0 ? bytes.length : newline;
    const text = bytes.subarray(start + 9, end);
    const fits = bytes.toString('latin1', start, start + 8) === checksum(text);
    const isKey = fits && text.equals(keyBytes);
    if (isFirst && !isKey) return;
    if (fits && !isKey) take(text.toString());
    isFirst = false;
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

export const lineOf = (text: string): string => `${checksum(text)} ${text}\n`;

const checksum = (data: string | Uint8Array): string => crc32(data).toString(16).padStart(8, '0');

export const writeLines = (path: string, key: string, lines: () => Iterable<string>): void =>
  prepareLines(path, key, lines)();

/** @returns a function that puts the written file in place */
export function prepareLines(path: string, key: string, lines: () => Iterable<string>): () => void {
  const file = createLineFile(path, key);
  try {
    for (const line of lines()) file.put(line);
    return file.finish();
  } catch (error) {
    file.abandon();
    throw error;
  }
}

/** A file of lines that is written aside. */
export interface LineFile {
  put(line: string): void;
  /** @returns a function that puts the file in place */
  finish(): () => void;
  /** Without an effect once it is in place. */
  abandon(): void;
}

export function createLineFile(path: string, key: string): LineFile {
  const temporary = `${path}.${process.pid}`;
  const file = openSync(temporary, 'w');
  const gathered = createGatherer(bytes => writeFileSync(file, bytes));
  let isOpen = true;
  const close = () => {
    if (isOpen) closeSync(file);
    isOpen = false;
  };
  const put = (text: string) => void gathered.add(lineOf(text));
  put(key);
  return {
    put,
    finish() {
      gathered.flush();
      close();
      return () => renameSync(temporary, path);
    },
    abandon() {
      close();
      rmSync(temporary, { force: true });
    },
  };
}
