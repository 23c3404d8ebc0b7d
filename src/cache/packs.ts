/** Documents, in pack files that are written once. */
import { closeSync, existsSync, openSync, readSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

/** Where a document stands: a pack file's name, and bytes in it. */
export interface DocumentPlace {
  pack: string;
  offset: number;
  length: number;
  crc: number;
}

export const isPack = (name: string): boolean => name.endsWith('.pack');

/** Documents as they are compiled, in a pack file of their own. */
export interface PackWriter {
  write(document: unknown): DocumentPlace;
  close(): void;
}

/** Bytes that are gathered before they are written. */
const chunkSize = 1 << 20;

export function createPackWriter(folder: string, name: string): PackWriter {
  const pack = `${name}.pack`;
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
  return {
    write(document) {
      const text = JSON.stringify(document);
      // UTF-8 takes at most three bytes for a unit of UTF-16.
      const most = text.length * 3;
      if (filled + most > buffer.length) {
        flush();
        if (most > buffer.length) buffer = Buffer.allocUnsafe(Math.max(most, chunkSize));
      }
      const length = buffer.write(text, filled);
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
  let buffer = Buffer.alloc(0);
  return {
    read({ pack, offset, length, crc }) {
      const file = fileOf(pack);
      if (file === undefined) return undefined;
      if (length > buffer.length) buffer = Buffer.allocUnsafe(2 * length);
      if (readSync(file, buffer, 0, length, offset) !== length) return undefined;
      const bytes = buffer.subarray(0, length);
      return crc32(bytes) === crc ? JSON.parse(bytes.toString()) : undefined;
    },
    close() {
      for (const file of files.values()) if (file !== undefined) closeSync(file);
      files.clear();
    },
  };
}
