/** Reads media files: small pictures in this thread, all others where the work can be stopped. */
import type { MediaFileReader } from '../media/file-reader.ts';
import { isDrawing } from '../media/recipes.ts';
import type { PictureLibrary, PictureLimits } from '../media/sharp.ts';
import { type Guard, heavySource } from './guard.ts';

/**
 * Minimum size of heavy pictures, in bytes. The time for their pixels is limited by the image library itself; this
 * concerns their metadata.
 */
const heavyPicture = 20_000_000;

/** Creates a reader. @param library loads the image library on the first call */
export function createMediaReader(
  guard: Guard,
  limits: PictureLimits,
  library: () => Promise<PictureLibrary>,
): MediaFileReader {
  return {
    async readPicture(path, source, bytes) {
      if (bytes.length >= (isDrawing(source) ? heavySource : heavyPicture)) {
        const found = await guard.readPicture({ path, source, limits });
        return typeof found === 'string' ? { problem: found } : found;
      }
      const { readFacts } = await import('../media/facts.ts');
      return readFacts(bytes, source, await library());
    },
    async sanitizeDrawing(path, bytes) {
      if (bytes.length >= heavySource) return guard.sanitizeDrawing(path);
      const { readDrawing } = await import('../media/svg.ts');
      return { text: readDrawing(bytes)!.text };
    },
    // Even a small recording can keep its library busy for hours.
    readRecordings: guard.readRecordings,
  };
}
