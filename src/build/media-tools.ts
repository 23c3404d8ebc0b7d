/**
 * Libraries and the media store, which pictures, recordings and cards share during a build. Each is loaded on
 * first use.
 */
import { openMediaStore } from '../cache/media.ts';
import { loadDrawing } from '../media/cards.ts';
import { loadSharp, type OpenPicture } from '../media/sharp.ts';
import type { MediaStore } from '../media/store.ts';
import type { DrawCard } from '../media/takumi.ts';

export interface MediaTools {
  store(): MediaStore;
  /** Loads the library that decodes and encodes pictures. */
  open(): Promise<OpenPicture>;
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
 */
export function createMediaTools(cacheFolder: string, codeHash: string): MediaTools {
  let store: MediaStore | undefined;
  let open: Promise<OpenPicture> | undefined;
  let draw: Promise<DrawCard> | undefined;
  return {
    store() {
      store ??= openMediaStore(cacheFolder, codeHash);
      return store;
    },
    open() {
      open ??= loadSharp();
      return open;
    },
    draw() {
      draw ??= loadDrawing();
      return draw;
    },
    close: () => store?.save(),
  };
}
