/**
 * Interface of the store that keeps encoded files, and facts about pictures and recordings, between builds.
 * cache/media.ts implements it on disk.
 */
import type { Recording } from '../site/recordings.ts';
import type { PictureProblem } from './facts.ts';
import type { PictureFacts } from './recipes.ts';

/** Cached facts about a picture file. */
export interface PictureRecord {
  /** Path of the file, from the site's root. */
  source: string;
  /** Signature of the file on this machine. While it is the same, so are the bytes. */
  signature: string;
  /** Hash of the file's bytes. */
  hash: string;
  found: PictureFacts | PictureProblem;
}

/** Cached metadata of a video or audio file. */
export interface RecordingRecord {
  /** Path of the file, from the site's root. */
  recording: string;
  /** Signature of the file on this machine. While it is the same, so are the bytes. */
  signature: string;
  /** Null if the file is not a recording. */
  found: Recording | null;
}

export interface MediaStore {
  /** Known picture files, by source. */
  records: ReadonlyMap<string, PictureRecord>;
  put(record: PictureRecord): void;
  /** Known recordings, by source. */
  recordings: ReadonlyMap<string, RecordingRecord>;
  putRecording(record: RecordingRecord): void;
  /** Reads a file by its absolute path. @throws the file system's error */
  read(absolute: string): Promise<Uint8Array>;
  /**
   * Whether the index lists an artifact: an encoded picture or a drawn card. The file itself may have been
   * lost.
   */
  has(key: string, name: string): boolean;
  /**
   * Finds an artifact.
   * @returns its absolute path; undefined if it is missing or has changed since it was written
   */
  find(key: string, name: string): string | undefined;
  /** Writes an artifact. @returns its absolute path */
  write(key: string, name: string, bytes: Uint8Array): string;
  /** Removes the records of all other sources, and artifacts with other keys. */
  prune(sources: ReadonlySet<string>, keys: ReadonlySet<string>): void;
  /** Writes the index if it has changed. */
  save(): void;
}
