/** The libraries and the store that pictures, recordings and cards share during a build. Each is loaded when it is first needed. */
import { openMediaStore } from '../cache/media.ts';
import { loadDrawing } from '../media/cards.ts';
import { loadSharp, type OpenPicture } from '../media/sharp.ts';
import type { MediaStore } from '../media/store.ts';
import type { DrawCard } from '../media/takumi.ts';

export interface MediaTools {
  store(): MediaStore;
  open(): Promise<OpenPicture>;
  /** @throws if the library that draws cards has no binary for this machine */
  draw(): Promise<DrawCard>;
  /** Writes the store's index. */
  close(): void;
}

/**
 * Prepares the tools. Nothing is loaded yet.
 * @param cacheFolder absolute path
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
