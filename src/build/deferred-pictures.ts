/** Encodes pictures that a build has left out: at once when a browser requests them, and the rest while idle. */
import { setTimeout } from 'node:timers/promises';
import { openMediaStore } from '../cache/media.ts';
import type { Config } from '../config/config.ts';
import { cacheFolderOf } from '../disk/cache-folder.ts';
import { encodePicture, pathOf, publishedBytes } from '../media/encode-pictures.ts';
import type { Recipe, RecipeFile } from '../media/recipes.ts';
import { loadSharp, type PictureLibrary } from '../media/sharp.ts';
import type { MediaStore } from '../media/store.ts';

/** A picture whose files are not all encoded. It is not a drawing. */
export interface DeferredPicture {
  recipe: Recipe;
  /** Absolute path of the original. */
  original: string;
  limits: Config['limits'];
}

export interface DeferredPictures {
  /** Adds a picture. */
  add(picture: DeferredPicture): void;
  /**
   * Finds the file of a picture, and encodes it if necessary.
   * @param path path relative to the output folder
   * @returns undefined if no such file has been left out, or if it cannot be encoded, which the next build reports
   */
  fileAt(path: string): Promise<Uint8Array | undefined>;
  close(): void;
}

/** Milliseconds without a request after which the rest is encoded. */
const idleTime = 2000;

/** Creates the service for a site. @param root absolute path of the site's folder */
export function createDeferredPictures(root: string): DeferredPictures {
  const files = new Map<string, { picture: DeferredPicture; file: RecipeFile }>();
  const running = new Map<string, Promise<void>>();
  let store: MediaStore | undefined;
  let loaded: Promise<PictureLibrary> | undefined;
  let isClosed = false;
  let isWorking = false;
  let lastRequest = 0;

  const encode = async ({ recipe, original, limits }: DeferredPicture, file: RecipeFile) => {
    // Its index is never saved: it belongs to the builds, which recognize the files by their names.
    store ??= openMediaStore(cacheFolderOf(root), '');
    const only = { ...recipe, files: [file] };
    await encodePicture(only, {
      files: { absolute: () => original, signature: () => '' },
      store,
      reader: undefined,
      limits,
      running,
      library: () => {
        loaded ??= loadSharp(limits);
        return loaded;
      },
      onEncoded: () => {},
    });
    return publishedBytes(recipe, file, store);
  };

  const encodeRest = async () => {
    if (isWorking) return;
    isWorking = true;
    for (const [path, { picture, file }] of files) {
      while (!isClosed && Date.now() - lastRequest < idleTime)
        await setTimeout(idleTime, undefined, { ref: false });
      if (isClosed) break;
      await encode(picture, file).catch(() => undefined);
      files.delete(path);
    }
    isWorking = false;
  };

  return {
    add(picture) {
      for (const file of picture.recipe.files) files.set(pathOf(picture.recipe, file), { picture, file });
      lastRequest = Date.now();
      void encodeRest();
    },
    async fileAt(path) {
      const known = files.get(path);
      if (!known) return undefined;
      lastRequest = Date.now();
      return encode(known.picture, known.file).catch(() => undefined);
    },
    close() {
      isClosed = true;
    },
  };
}
