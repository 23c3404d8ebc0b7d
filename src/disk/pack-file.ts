/** Pack files: many entries in one file, which is written once and then only read. */
import { closeSync, existsSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { createWriteBuffer } from './write-buffer.ts';

/** Position of an entry: the pack's file name, its offset and length in bytes, and the CRC-32 of the bytes. */
export interface PackPlace {
  pack: string;
  offset: number;
  length: number;
  crc: number;
}

/** Whether a file name belongs to a pack. */
export const isPack = (name: string): boolean => name.endsWith('.pack');

/** Writes one pack. Each thread writes its own. */
export interface PackWriter {
  write(data: string | Uint8Array): PackPlace;
  close(): void;
  /** Discards data that is not written yet, and removes the file. */
  abandon(): void;
}

/**
 * Creates a writer for one pack.
 * @param pack name of the file, which the first write creates
 */
export function createPackWriter(folder: string, pack: string): PackWriter {
  let file: number | undefined;
  let offset = 0;
  const buffer = createWriteBuffer(bytes => {
    file ??= openSync(join(folder, pack), 'w');
    writeFileSync(file, bytes);
  });
  const end = () => {
    if (file !== undefined) closeSync(file);
    file = undefined;
  };
  return {
    write(data) {
      const bytes = buffer.add(data);
      const place = { pack, offset, length: bytes.length, crc: crc32(bytes) };
      offset += bytes.length;
      return place;
    },
    close() {
      buffer.flush();
      end();
    },
    abandon() {
      end();
      rmSync(join(folder, pack), { force: true });
    },
  };
}

export interface PackReader {
  /**
   * Reads an entry.
   * @returns its bytes, valid until the next call; undefined if they are missing or damaged
   */
  read(place: PackPlace): Buffer | undefined;
  close(): void;
}

/** Creates a reader for the packs of a folder, which opens each pack on first use. */
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
