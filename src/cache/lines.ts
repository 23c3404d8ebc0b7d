/** Files of lines, each with its checksum: one that does not fit, like one that is absent, is passed over. */
import { closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';

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

export const lineOf = (text: string): string => `${checksum(text)} ${text}\n`;

const checksum = (data: string | Uint8Array): string => crc32(data).toString(16).padStart(8, '0');

export const writeLines = (path: string, key: string, lines: () => Iterable<string>): void =>
  prepareLines(path, key, lines)();

/** @returns a function that puts the written file in place */
export function prepareLines(path: string, key: string, lines: () => Iterable<string>): () => void {
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
