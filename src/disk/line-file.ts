/** Text files in which every line has a checksum. Readers skip a damaged line, as if it were missing. */
import { closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { newOwnerName } from './process.ts';
import { createWriteBuffer } from './write-buffer.ts';

/**
 * Reads lines of the form `checksum text`. The first line must be the key; otherwise the file is stale and no
 * line is read. A file that cannot be read counts as empty.
 * @param take receives each intact line except the key
 */
export function readLines(path: string, key: string, take: (line: string) => void): void {
  const bytes = readIfPossible(path);
  const keyBytes = Buffer.from(key);
  let isFirst = true;
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(10, start);
    const end = newline < 0 ? bytes.length : newline;
    const text = bytes.subarray(start + 9, end);
    const isWhole = bytes.toString('latin1', start, start + 8) === checksum(text);
    const isKey = isWhole && text.equals(keyBytes);
    if (isFirst && !isKey) return;
    if (isWhole && !isKey) take(text.toString());
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

/** Formats one line, with its checksum and line break. */
export const lineOf = (text: string): string => `${checksum(text)} ${text}\n`;

const checksum = (data: string | Uint8Array): string => crc32(data).toString(16).padStart(8, '0');

/**
 * Writes a complete file of lines and puts it in place.
 * @throws the file system's error
 */
export const writeLines = (path: string, key: string, lines: () => Iterable<string>): void =>
  prepareLines(path, key, lines)();

/**
 * Writes a complete file of lines under a temporary name.
 * @returns a function that puts the file in place
 * @throws the file system's error
 */
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

/** A file of lines that is being written under a temporary name. */
export interface LineFile {
  put(line: string): void;
  /**
   * Writes the remaining lines and closes the file.
   * @returns a function that puts the file in place
   */
  finish(): () => void;
  /** Removes the temporary file. Does nothing once the file is in place. */
  abandon(): void;
}

/**
 * Creates a file of lines under a temporary name. Its first line is the key.
 * @throws the file system's error
 */
export function createLineFile(path: string, key: string): LineFile {
  const temporary = `${path}.${newOwnerName()}`;
  const file = openSync(temporary, 'w');
  const buffer = createWriteBuffer(bytes => writeFileSync(file, bytes));
  let isOpen = true;
  const close = () => {
    if (isOpen) closeSync(file);
    isOpen = false;
  };
  const put = (text: string) => void buffer.add(lineOf(text));
  put(key);
  return {
    put,
    finish() {
      buffer.flush();
      close();
      return () => renameSync(temporary, path);
    },
    abandon() {
      close();
      rmSync(temporary, { force: true });
    },
  };
}
