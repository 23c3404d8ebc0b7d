/** Work on single files, by whoever does it: this thread, or one that can be stopped. */
import type { Recording } from '../site/recordings.ts';
import type { PictureProblem } from './facts.ts';
import type { PictureFacts } from './recipes.ts';

/** Why the work on a file was stopped. */
export type Stop = 'time' | 'memory';

/** Reads media files by their absolute paths. Methods that may return `Stop` stay within the limits of site.yaml. */
export interface MediaFileReader {
  /** @param source path from the site's root */
  readPicture(path: string, source: string, bytes: Uint8Array): Promise<PictureFacts | PictureProblem>;
  /** Sanitizes a drawing. @returns its text */
  sanitizeDrawing(path: string, bytes: Uint8Array): Promise<{ text: string } | Stop>;
  /**
   * Reads the metadata of recordings.
   * @returns one result per path; null for a file that is not a recording
   * @throws the file system's error
   */
  readRecordings(paths: readonly string[]): Promise<(Recording | Stop | null)[]>;
}
