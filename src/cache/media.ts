/** The end that reads pictures from the disk, and keeps in .cache/ what was made of them. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { outputSignatureOf } from '../base/hash.ts';
import { readLines, writeLines } from '../disk/line-file.ts';
import type { PictureProblem } from '../media/facts.ts';
import type { PictureFacts } from '../media/recipes.ts';
import type { Recording } from '../site/recordings.ts';

/** A picture file as it was when it was read. */
export interface PictureRecord {
  /** Path from the site's root. */
  source: string;
  /** Of the file on this machine's disk: while it stays the same the bytes are the same. */
  signature: string;
  /** Of the bytes. */
  hash: string;
  found: PictureFacts | PictureProblem;
}

/** A video or sound as it was when it was read. */
interface RecordingRecord {
  /** Path from the site's root. */
  recording: string;
  /** Of the file on this machine's disk. */
  signature: string;
  /** Null for a file that is none. */
  found: Recording | null;
}

/** The files that were made by one recipe, as they were written, by their names. */
interface MadeRecord {
  /** Of the recipe. */
  key: string;
  files: Record<string, { signature: string; crc: number }>;
}

export interface PictureStore {
  /** What is known of picture files, by source. */
  records: ReadonlyMap<string, PictureRecord>;
  put(record: PictureRecord): void;
  /** What is known of videos and sound, by their paths from the site's root. */
  recordings: ReadonlyMap<string, RecordingRecord>;
  putRecording(record: RecordingRecord): void;
  read(absolute: string): Promise<Uint8Array>;
  /** Whether a file was made, by what is written down; it may have been lost. */
  has(key: string, name: string): boolean;
  /** Absolute path of a made file, if it is there as it was written. */
  find(key: string, name: string): string | undefined;
  /** @returns its absolute path */
  write(key: string, name: string, bytes: Uint8Array): string;
  /** Forgets other files than these, and removes what was made by other recipes. */
  prune(sources: ReadonlySet<string>, keys: ReadonlySet<string>): void;
  /** Writes down what is known, if that has changed. */
  save(): void;
}

/** @param key what the records depend on besides the pictures: the generator's code */
export function openPictureStore(cacheFolder: string, key: string): PictureStore {
  const index = join(cacheFolder, 'pictures.jsonl');
  const folder = join(cacheFolder, 'pictures');
  const records = new Map<string, PictureRecord>();
  const recordings = new Map<string, RecordingRecord>();
  const made = new Map<string, MadeRecord>();
  let changed = false;
  readLines(index, key, line => {
    const record = JSON.parse(line) as PictureRecord | RecordingRecord | MadeRecord;
    if ('key' in record) made.set(record.key, record);
    else if ('recording' in record) recordings.set(record.recording, record);
    else records.set(record.source, record);
  });
  return {
    records,
    put(record) {
      records.set(record.source, record);
      changed = true;
    },
    recordings,
    putRecording(record) {
      recordings.set(record.recording, record);
      changed = true;
    },
    read: path => readFile(path),
    has: (key, name) => Object.hasOwn(made.get(key)?.files ?? {}, name),
    find(key, name) {
      const files = made.get(key)?.files ?? {};
      const record = Object.hasOwn(files, name) ? files[name] : undefined;
      const path = join(folder, key, name);
      if (!record || !existsSync(path)) return undefined;
      const signature = outputSignatureOf(path);
      if (signature === record.signature) return path;
      // Copied from elsewhere: the times are others, the bytes may be the same.
      if (crc32(readFileSync(path)) !== record.crc) return undefined;
      record.signature = signature;
      changed = true;
      return path;
    },
    write(key, name, bytes) {
      const path = join(folder, key, name);
      mkdirSync(join(folder, key), { recursive: true });
      const temporary = `${path}.${process.pid}`;
      writeFileSync(temporary, bytes);
      renameSync(temporary, path);
      const record = made.get(key) ?? { key, files: {} };
      record.files[name] = { signature: outputSignatureOf(path), crc: crc32(bytes) };
      made.set(key, record);
      changed = true;
      return path;
    },
    prune(sources, keys) {
      for (const source of records.keys()) if (!sources.has(source)) changed = records.delete(source);
      for (const source of recordings.keys()) if (!sources.has(source)) changed = recordings.delete(source);
      for (const key of made.keys()) if (!keys.has(key)) changed = made.delete(key);
      for (const name of existsSync(folder) ? readdirSync(folder) : [])
        if (!keys.has(name)) rmSync(join(folder, name), { recursive: true, force: true });
    },
    save() {
      if (!changed) return;
      changed = false;
      try {
        writeLines(index, key, function* () {
          for (const record of records.values()) yield JSON.stringify(record);
          for (const record of recordings.values()) yield JSON.stringify(record);
          for (const record of made.values()) yield JSON.stringify(record);
        });
      } catch {
        // A full disk: the next build finds out again what could not be written down.
      }
    },
  };
}
