/** The image library, as all of this folder opens pictures. It is loaded when a site has a picture, not before. */
import type { Sharp, SharpOptions } from 'sharp';

export type OpenPicture = (bytes: Uint8Array, options?: SharpOptions) => Sharp;

/** As many as large cameras make. A file that says it has more is not opened. */
export const pixelLimit = 150_000_000;

/** The largest picture file, in bytes. */
export const sizeLimit = 200_000_000;

export async function loadSharp(): Promise<OpenPicture> {
  const { default: sharp } = await import('sharp');
  // Several pictures at once, each on one thread, keep nothing behind and make the same bytes on every machine.
  sharp.cache(false);
  sharp.concurrency(1);
  return (bytes, options) =>
    sharp(bytes, { limitInputPixels: pixelLimit, failOn: 'error', sequentialRead: true, ...options });
}
