/** Reads the beginning of a file, by which readers recognize it. */
import { readStart } from '../disk/files.ts';

/** Number of bytes that readers see. */
const headSize = 20_000;

/** Text at the beginning of a file: UTF-8, or UTF-16 with a byte order mark. Empty if the file cannot be read. */
export function startOfFile(path: string): string {
  const bytes = readStart(path, headSize);
  const mark = bytes.subarray(0, 2).toString('latin1');
  if (mark === '\xff\xfe') return new TextDecoder('utf-16le').decode(bytes);
  if (mark === '\xfe\xff') return new TextDecoder('utf-16be').decode(bytes);
  return bytes.toString('utf8');
}
