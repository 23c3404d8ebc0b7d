/** The image library, which is loaded only if a site has pictures. */
import type { Metadata, Sharp, SharpOptions } from 'sharp';
import { type Budget, createBudget } from '../base/concurrency.ts';

/** Opens a picture. Decoding it fails if the picture is damaged or exceeds `pixelLimit`. */
export type OpenPicture = (bytes: Uint8Array, options?: SharpOptions) => Sharp;

/** The image library, within the limits of site.yaml. */
export interface PictureLibrary {
  open: OpenPicture;
  /**
   * Runs work that decodes a picture when enough memory is free for its pixels.
   * @throws PictureStopped if the pixels need more memory than one file may use
   */
  decode<Result>(metadata: Metadata, work: () => Promise<Result>): Promise<Result>;
}

/** Time in seconds that one step of the work on a picture may take, and memory in megabytes for its pixels. */
export interface PictureLimits {
  seconds: number;
  megabytes: number;
}

/** The work on a picture was stopped, because it needs more time or memory than the limits allow. */
export class PictureStopped extends Error {
  readonly stop: 'time' | 'memory';

  constructor(stop: 'time' | 'memory') {
    super(`The work on a picture needs too much ${stop}`);
    this.stop = stop;
  }
}

/** Converts the image library's error about exceeded time to `PictureStopped`. Returns any other error itself. */
export const toStop = (error: unknown): unknown =>
  error instanceof Error && error.message.startsWith('timeout: ') ? new PictureStopped('time') : error;

/**
 * Maximum number of pixels in a picture, as many as medium-format cameras produce. Files that declare more are not
 * opened.
 */
export const pixelLimit = 150_000_000;

/** Maximum size of a picture file, in bytes. */
export const sizeLimit = 200_000_000;

/** Loads the image library. @throws Error if it has no binary for this machine */
export async function loadSharp({ seconds, megabytes }: PictureLimits): Promise<PictureLibrary> {
  const { default: sharp } = await import('sharp');
  // Pictures are processed concurrently with one thread each, which produces the same bytes on every machine.
  sharp.cache(false);
  sharp.concurrency(1);
  const memory: Budget = createBudget(megabytes);
  return {
    open: (bytes, options) =>
      sharp(bytes, {
        limitInputPixels: pixelLimit,
        failOn: 'error',
        sequentialRead: true,
        ...options,
      }).timeout({ seconds: Math.ceil(seconds) }),
    async decode(metadata, work) {
      const share = megabytesOf(metadata);
      if (share > megabytes) throw new PictureStopped('memory');
      return memory.use(share, work);
    },
  };
}

const bytesOfDepth: Partial<Record<NonNullable<Metadata['depth']>, number>> = {
  uchar: 1,
  char: 1,
  ushort: 2,
  short: 2,
};

/**
 * Memory for all pixels of a picture, in megabytes. Many pictures are decoded in parts and need less, but
 * interlaced, rotated and most compressed ones are not.
 */
const megabytesOf = ({ width, height, channels, depth }: Metadata): number =>
  (width * height * channels * (bytesOfDepth[depth] ?? 8)) / 1_000_000;
