/** Encodes the files of pictures, and finds them in the store. */
import type { Diagnostic } from '../base/diagnostics.ts';
import { hashOf } from '../base/hash.ts';
import type { OutputFile } from '../base/output-file.ts';
import { readBytes } from '../disk/files.ts';
import { OutputError } from '../disk/output-error.ts';
import type { MediaFileReader } from './file-reader.ts';
import { diagnosticOf, type PictureFiles } from './pictures.ts';
import { pictureFolder, type Recipe, type RecipeFile } from './recipes.ts';
import { type PictureLibrary, type PictureLimits, PictureStopped, toStop } from './sharp.ts';
import type { MediaStore } from './store.ts';
import { withPacket } from './xmp-embed.ts';

/** Tools for encoding a recipe's files. */
export interface Encoding {
  files: PictureFiles;
  store: MediaStore;
  /** Sanitizes drawings; undefined if the site has no drawings. */
  reader: Pick<MediaFileReader, 'sanitizeDrawing'> | undefined;
  limits: PictureLimits;
  /** Loads the image library on the first call. */
  library: () => Promise<PictureLibrary>;
  /** Work that has begun, by the key of its pixels. */
  running: Map<string, Promise<void>>;
  /** Called after each picture that was not yet in the store. */
  onEncoded: () => void;
}

/**
 * Finds the files of a recipe, and encodes those that the store does not have.
 * @throws PictureFailure if the picture cannot be encoded; OutputError if its file has changed
 */
export async function publishPicture(recipe: Recipe, encoding: Encoding): Promise<OutputFile[]> {
  await encodePicture(recipe, encoding);
  return recipe.files.map(file => publishedFile(recipe, file, encoding.store));
}

/** Whether the store has all files of a recipe. */
export const isEncoded = ({ pixels, files }: Recipe, store: MediaStore): boolean =>
  files.every(({ name }) => store.find(pixels, name) !== undefined);

/** Path of a file in the output folder. */
export const pathOf = ({ key }: Recipe, { name }: RecipeFile): string => `${pictureFolder}/${key}/${name}`;

/** Encodes the files of a recipe that the store does not have. @throws the same errors as `publishPicture` */
export function encodePicture(recipe: Recipe, encoding: Encoding): Promise<void> {
  const { running } = encoding;
  // Two recipes with the same pixels take turns, so that no file is encoded twice.
  const before = running.get(recipe.pixels) ?? Promise.resolve();
  const work = before.then(() => encodeMissing(recipe, encoding));
  running.set(
    recipe.pixels,
    work.catch(() => {}),
  );
  return work;
}

/** A picture cannot be encoded. The other pictures can be. */
export class PictureFailure extends Error {
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic) {
    super(`${diagnostic.file} cannot be encoded`);
    this.diagnostic = diagnostic;
  }
}

async function encodeMissing(recipe: Recipe, encoding: Encoding): Promise<void> {
  const missing = recipe.files.filter(({ name }) => encoding.store.find(recipe.pixels, name) === undefined);
  if (missing.length === 0) return;
  await encode(recipe, missing, encoding);
  encoding.onEncoded();
}

/** An encoded file, with its rights. A file without rights is copied unchanged. */
function publishedFile(recipe: Recipe, file: RecipeFile, store: MediaStore): OutputFile {
  const path = pathOf(recipe, file);
  return recipe.packet === undefined
    ? { path, copyFrom: store.find(recipe.pixels, file.name)! }
    : { path, bytes: publishedBytes(recipe, file, store) };
}

/** Bytes of an encoded file, with its rights. */
export function publishedBytes(
  { pixels, packet }: Recipe,
  { name, format }: RecipeFile,
  store: MediaStore,
): Uint8Array {
  const bytes = readBytes(store.find(pixels, name)!);
  return packet === undefined ? bytes : withPacket(bytes, format, packet);
}

async function encode(
  recipe: Recipe,
  missing: readonly RecipeFile[],
  { files, store, reader, limits, library }: Encoding,
): Promise<void> {
  const path = files.absolute(recipe.source);
  const bytes = await store.read(path);
  if (hashOf(bytes) !== recipe.hash)
    throw new OutputError(`${recipe.source} changed during the build. Build again.`);
  try {
    if (recipe.kind === 'drawing') {
      const drawing = await reader!.sanitizeDrawing(path, bytes);
      if (typeof drawing === 'string') throw new PictureStopped(drawing);
      for (const { name } of missing) store.write(recipe.pixels, name, Buffer.from(drawing.text));
      return;
    }
    const { encodeDerivatives } = await import('./derivatives.ts');
    const { open, decode } = await library();
    await decode(await open(bytes).metadata(), async () => {
      for await (const file of encodeDerivatives(bytes, recipe, missing, open))
        store.write(recipe.pixels, file.name, file.bytes);
    });
  } catch (thrown) {
    const error = toStop(thrown);
    if ((error as NodeJS.ErrnoException).code !== undefined) throw error;
    const problem = error instanceof PictureStopped ? error.stop : 'damaged';
    const { source } = recipe;
    throw new PictureFailure(diagnosticOf({ problem }, source, source, undefined, limits));
  }
}
