/** The image library, which is loaded only if a site has pictures. */
import type { Sharp, SharpOptions } from 'sharp';

/** Opens a picture. Decoding it fails if the picture is damaged or exceeds `pixelLimit`. */
export type OpenPicture = (bytes: Uint8Array, options?: SharpOptions) => Sharp;

/**
 * Maximum number of pixels in a picture, as many as medium-format cameras produce. Files that declare more are not
 * opened.
 */
export const pixelLimit = 150_000_000;

/** Maximum size of a picture file, in bytes. */
export const sizeLimit = 200_000_000;

/** Loads the image library. @throws Error if it has no binary for this machine */
export async function loadSharp(): Promise<OpenPicture> {
  const { default: sharp } = await import('sharp');
  // Pictures are processed concurrently with one thread each, which produces the same bytes on every machine.
  sharp.cache(false);
  sharp.concurrency(1);
  return (bytes, options) =>
    sharp(bytes, { limitInputPixels: pixelLimit, failOn: 'error', sequentialRead: true, ...options });
}
