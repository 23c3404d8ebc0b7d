/**
 * Stores facts about pictures and recordings, and artifacts derived from them: encoded pictures and cards.
 */
import { join } from 'node:path';
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

/**
 * Opens the store, with everything that earlier builds saved.
 * @param cacheFolder absolute path of the cache folder
 * @param key hash of the generator's code; records with another key are ignored
 */
export function openMediaStore(cacheFolder: string, key: string): MediaStore {
  const index = join(cacheFolder, 'pictures.jsonl');
  const folder = join(cacheFolder, 'pictures');
  const records = new Map<string, PictureRecord>();
  const recordings = new Map<string, RecordingRecord>();
  const artifacts = new Map<string, ArtifactRecord>();
  let changed = false;
  readLines(index, key, line => {
    const record = JSON.parse(line) as PictureRecord | RecordingRecord | ArtifactRecord;
    if ('key' in record) artifacts.set(record.key, record);
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
    read: readBytesLater,
    has: (key, name) => Object.hasOwn(artifacts.get(key)?.files ?? {}, name),
    find(key, name) {
      const files = artifacts.get(key)?.files ?? {};
      const record = Object.hasOwn(files, name) ? files[name] : undefined;
      const path = join(folder, key, name);
      if (!record || !exists(path)) return undefined;
      const signature = outputSignatureOf(path);
      if (signature === record.signature) return path;
      // In a restored cache, the files have other times, but their bytes may be the same. Compare checksums.
      if (crc32(readBytes(path)) !== record.crc) return undefined;
      record.signature = signature;
      changed = true;
      return path;
    },
    write(key, name, bytes) {
      const path = writeWhole(join(folder, key), name, bytes);
      const record = artifacts.get(key) ?? { key, files: {} };
      record.files[name] = { signature: outputSignatureOf(path), crc: crc32(bytes) };
      artifacts.set(key, record);
      changed = true;
      return path;
    },
    prune(sources, keys) {
      for (const source of records.keys()) if (!sources.has(source)) changed = records.delete(source);
      for (const source of recordings.keys()) if (!sources.has(source)) changed = recordings.delete(source);
      for (const key of artifacts.keys()) if (!keys.has(key)) changed = artifacts.delete(key);
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
