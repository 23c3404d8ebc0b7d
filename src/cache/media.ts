/**
 * Stores facts about pictures and recordings, and artifacts derived from them: encoded pictures and cards. The name of
 * an artifact's file contains a checksum, so any build can use a file that another has written.
 */
import { join, parse } from 'node:path';
import { crc32 } from 'node:zlib';
import { writeWhole } from '../disk/cache-folder.ts';
import { exists, listFolder, readBytes, readBytesLater, remove } from '../disk/files.ts';
import { readLines, writeLines } from '../disk/line-file.ts';
import { outputSignatureOf } from '../disk/signature.ts';
import type { MediaStore, PictureRecord, RecordingRecord } from '../media/store.ts';

/** Files of the artifact with one key, by name: their signatures, and the CRC-32 of their bytes. */
interface ArtifactRecord {
  key: string;
  files: Record<string, { signature: string; crc: number }>;
}

/** Adds a checksum to an artifact's name: `640.1a2b3c4d.avif`. */
function fileNameOf(name: string, crc: number): string {
  const { name: stem, ext } = parse(name);
  return `${stem}.${crc.toString(16).padStart(8, '0')}${ext}`;
}

/** The checksum in the name of a file, if it is the file of an artifact; otherwise undefined. */
function crcIn(file: string, name: string): number | undefined {
  const { name: stem, ext } = parse(name);
  const middle =
    file.startsWith(`${stem}.`) && file.endsWith(ext) ? file.slice(stem.length + 1, -ext.length) : '';
  return /^[\da-f]{8}$/.test(middle) ? Number.parseInt(middle, 16) : undefined;
}

export interface StoreOptions {
  /**
   * Absolute path of a folder for artifacts that other builds use too, so nothing is removed from it; undefined for a
   * folder in the cache.
   */
  shared?: string | undefined;
  /** Name of the shard, such as `2-of-8`, which has an index of its own beside those of the other shards. */
  shard?: string | undefined;
}

const isIndex = (name: string): boolean => /^pictures.*\.jsonl$/.test(name);

/**
 * Opens the store, with everything that earlier builds and shards saved.
 * @param cacheFolder absolute path of the cache folder
 * @param key hash of the generator's code; records with another key are ignored
 */
export function openMediaStore(
  cacheFolder: string,
  key: string,
  { shared, shard }: StoreOptions = {},
): MediaStore {
  const index = join(cacheFolder, shard === undefined ? 'pictures.jsonl' : `pictures-${shard}.jsonl`);
  const folder = shared ?? join(cacheFolder, 'pictures');
  const records = new Map<string, PictureRecord>();
  const recordings = new Map<string, RecordingRecord>();
  const artifacts = new Map<string, ArtifactRecord>();
  let changed = false;
  for (const name of listFolder(cacheFolder).filter(isIndex))
    readLines(join(cacheFolder, name), key, line => {
      const record = JSON.parse(line) as PictureRecord | RecordingRecord | ArtifactRecord;
      if ('recording' in record) recordings.set(record.recording, record);
      else if ('source' in record) records.set(record.source, record);
      else {
        const known = artifacts.get(record.key);
        artifacts.set(record.key, { ...record, files: { ...known?.files, ...record.files } });
      }
    });
  const note = (key: string, name: string, path: string, crc: number) => {
    const record = artifacts.get(key) ?? { key, files: {} };
    record.files[name] = { signature: outputSignatureOf(path), crc };
    artifacts.set(key, record);
    changed = true;
  };
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
    read: readBytesLater,
    has: (key, name) =>
      Object.hasOwn(artifacts.get(key)?.files ?? {}, name) ||
      listFolder(join(folder, key)).some(file => crcIn(file, name) !== undefined),
    find(key, name) {
      const files = artifacts.get(key)?.files ?? {};
      const record = Object.hasOwn(files, name) ? files[name] : undefined;
      const known = record && join(folder, key, fileNameOf(name, record.crc));
      if (known !== undefined && exists(known) && outputSignatureOf(known) === record?.signature)
        return known;
      // Another build has written the file, or it comes from a restored cache, where files have other times.
      for (const file of listFolder(join(folder, key))) {
        const crc = crcIn(file, name);
        const path = join(folder, key, file);
        if (crc === undefined || crc32(readBytes(path)) !== crc) continue;
        note(key, name, path, crc);
        return path;
      }
      return undefined;
    },
    write(key, name, bytes) {
      const crc = crc32(bytes);
      const path = writeWhole(join(folder, key), fileNameOf(name, crc), bytes);
      note(key, name, path, crc);
      return path;
    },
    prune(sources, keys) {
      for (const source of records.keys()) if (!sources.has(source)) changed = records.delete(source);
      for (const source of recordings.keys()) if (!sources.has(source)) changed = recordings.delete(source);
      for (const key of artifacts.keys()) if (!keys.has(key)) changed = artifacts.delete(key);
      if (shared === undefined)
        for (const name of listFolder(folder)) if (!keys.has(name)) remove(join(folder, name));
    },
    save() {
      if (!changed) return;
      changed = false;
      try {
        writeLines(index, key, function* () {
          for (const record of records.values()) yield JSON.stringify(record);
          for (const record of recordings.values()) yield JSON.stringify(record);
          for (const record of artifacts.values()) yield JSON.stringify(record);
        });
      } catch {
        // Best effort: if saving fails, for example on a full disk, the next build computes the records
        // again.
      }
    },
  };
}
