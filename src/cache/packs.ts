/** Texts and bytes, documents for the most part, in pack files that are written once. */
import { closeSync, existsSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

/** Where something stands: a pack file's name, and bytes in it. */
export interface PackPlace {
  pack: string;
  offset: number;
  length: number;
  crc: number;
}

export const isPack = (name: string): boolean => name.endsWith('.pack');

/** What one thread writes, in a pack file of its own. */
export interface PackWriter {
  write(data: string | Uint8Array): PackPlace;
  close(): void;
  /** Ends without what is still to be written, and removes the file. */
  abandon(): void;
}

/** Bytes that are gathered before they are written. */
const chunkSize = 1 << 20;

/** @param pack the file's name */
export function createPackWriter(folder: string, pack: string): PackWriter {
  let file: number | undefined;
  let buffer = Buffer.alloc(0);
  let filled = 0;
  let written = 0;
  const flush = () => {
    if (filled === 0) return;
    file ??= openSync(join(folder, pack), 'w');
    writeFileSync(file, buffer.subarray(0, filled));
    written += filled;
    filled = 0;
  };
  const end = () => {
    if (file !== undefined) closeSync(file);
    file = undefined;
  };
  return {
    write(data) {
      // UTF-8 takes at most three bytes for a unit of UTF-16.
      const most = typeof data === 'string' ? data.length * 3 : data.length;
      if (filled + most > buffer.length) {
        flush();
        if (most > buffer.length) buffer = Buffer.allocUnsafe(Math.max(most, chunkSize));
      }
      const length = typeof data === 'string' ? buffer.write(data, filled) : data.length;
      if (typeof data !== 'string') buffer.set(data, filled);
      const place = {
        pack,
        offset: written + filled,
        length,
        crc: crc32(buffer.subarray(filled, filled + length)),
      };
      filled += length;
      return place;
    },
    close() {
      flush();
      end();
    },
    abandon() {
      end();
      rmSync(join(folder, pack), { force: true });
    },
  };
}

export interface PackReader {
  /** Bytes that stay as they are until the next call; nothing when they are not there or not whole. */
  read(place: PackPlace): Buffer | undefined;
  close(): void;
}

export function createPackReader(folder: string): PackReader {
  const files = new Map<string, number | undefined>();
  const fileOf = (pack: string): number | undefined => {
    if (!files.has(pack))
      files.set(pack, existsSync(join(folder, pack)) ? openSync(join(folder, pack), 'r') : undefined);
    return files.get(pack);
  };
  let buffer = Buffer.alloc(0);
  return {
    read({ pack, offset, length, crc }) {
      const file = fileOf(pack);
      if (file === undefined) return undefined;
      if (length > buffer.length) buffer = Buffer.allocUnsafe(2 * length);
      if (readSync(file, buffer, 0, length, offset) !== length) return undefined;
      const bytes = buffer.subarray(0, length);
      return crc32(bytes) === crc ? bytes : undefined;
    },
    close() {
      for (const file of files.values()) if (file !== undefined) closeSync(file);
      files.clear();
    },
  };
}
