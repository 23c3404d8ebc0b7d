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
