/**
 * Libraries and the media store, which pictures, recordings and cards share during a build. Each is loaded on
 * first use.
 */
import { openMediaStore, type StoreOptions } from '../cache/media.ts';
import { loadDrawing } from '../media/cards.ts';
import type { MediaFileReader } from '../media/file-reader.ts';
import { loadSharp, type PictureLibrary, type PictureLimits } from '../media/sharp.ts';
import type { MediaStore } from '../media/store.ts';
import type { DrawCard } from '../media/takumi.ts';
import type { Guard } from './guard.ts';
import { createMediaReader } from './media-reader.ts';

export interface MediaTools {
  store(): MediaStore;
  reader: MediaFileReader;
  limits: PictureLimits;
  /** Encoding that has begun, by the key of its pixels. */
  running: Map<string, Promise<void>>;
  /** Loads the library that decodes and encodes pictures. */
  library(): Promise<PictureLibrary>;
  /**
   * Loads the library that draws cards.
   * @throws Error if the library has no binary for this machine
   */
  draw(): Promise<DrawCard>;
  /** Writes the store's index. */
  close(): void;
}

/**
 * Creates the tools, which load nothing until they are used.
 * @param cacheFolder absolute path of the cache folder
 * @param codeHash hash of the generator's code
 * @param guard runs work that may have to be stopped
 */
export function createMediaTools(
  cacheFolder: string,
  codeHash: string,
  guard: Guard,
  limits: PictureLimits,
  stored: StoreOptions,
): MediaTools {
  let store: MediaStore | undefined;
  let loaded: Promise<PictureLibrary> | undefined;
  let draw: Promise<DrawCard> | undefined;
  const library = () => {
    loaded ??= loadSharp(limits);
    return loaded;
  };
  return {
    store() {
      store ??= openMediaStore(cacheFolder, codeHash, stored);
      return store;
    },
    reader: createMediaReader(guard, limits, library),
    limits,
    running: new Map(),
    library,
    draw() {
      draw ??= loadDrawing();
      return draw;
    },
    close: () => store?.save(),
  };
}
