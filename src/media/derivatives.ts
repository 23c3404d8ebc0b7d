/**
 * Encodes the files that a recipe (recipes.ts) lists. The same picture always produces the same bytes. The files
 * contain no metadata; xmp-embed.ts adds the rights.
 */
import type { Sharp } from 'sharp';
import { type PictureFormat, ratios } from '../site/pictures.ts';
import { type Recipe, type RecipeFile, regionAround } from './recipes.ts';
import type { OpenPicture } from './sharp.ts';
import { needsPlaceholder, placeholder } from './xmp-embed.ts';

/** An encoded file of a recipe. */
export interface Derivative {
  name: string;
  bytes: Uint8Array;
}

/**
 * Encodes files of a recipe, which is not a drawing, one after another, so that only one of them is in memory.
 * @param bytes the original file
 * @param files files of the recipe to encode
 * @throws the image library's error
 */
export async function* encodeDerivatives(
  bytes: Uint8Array,
  recipe: Recipe,
  files: readonly RecipeFile[],
  open: OpenPicture,
): AsyncGenerator<Derivative> {
  const encode = (picture: Sharp, file: RecipeFile): Promise<Uint8Array> => {
    const encoded = encodeAs(picture.toColourspace('srgb'), file, recipe);
    const hasPlace = recipe.packet !== undefined && needsPlaceholder(file.format);
    return (hasPlace ? encoded.withXmp(placeholder) : encoded).toBuffer();
  };
  const sizes = files.filter(file => !file.crop);
  if (recipe.kind === 'animation') {
    for (const file of sizes) {
      const picture = open(bytes, { animated: true }).resize({ width: file.width });
      yield { name: file.name, bytes: await encode(picture, file) };
    }
  }
  // An animation's crops are still pictures of its first frame.
  const rest = recipe.kind === 'animation' ? files.filter(file => file.crop) : files;
  if (rest.length === 0) return;
  let pixels = await decode(bytes, recipe, open);
  for (const [ratio, own] of groupBy(rest, file => file.crop)) {
    if (ratio === undefined) continue;
    const cut = await crop(pixels, ratios[ratio], recipe, open);
    for (const file of own) {
      const picture = cut.open().resize(file.width, file.height, { fit: 'fill' });
      yield { name: file.name, bytes: await encode(picture, file) };
    }
  }
  for (const step of recipe.steps) {
    const due = rest.filter(file => !file.crop && file.width <= step);
    if (due.length === 0) return;
    if (step !== pixels.width) pixels = await scale(pixels, step, recipe, open);
    for (const file of due.filter(file => file.width === step))
      yield { name: file.name, bytes: await encode(pixels.open(), file) };
  }
}

/** Decoded pixels. */
interface Pixels {
  width: number;
  height: number;
  open(): Sharp;
}

async function toPixels(picture: Sharp, open: OpenPicture): Promise<Pixels> {
  const { data, info } = await picture.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return { width, height, open: () => open(data, { raw: { width, height, channels } }) };
}

const heightAt = (width: number, recipe: Recipe): number =>
  Math.max(1, Math.round((recipe.height * width) / recipe.width));

const scale = (pixels: Pixels, width: number, recipe: Recipe, open: OpenPicture): Promise<Pixels> =>
  toPixels(pixels.open().resize(width, heightAt(width, recipe), { fit: 'fill' }), open);

/** Decodes a picture once, upright and at its first step. */
async function decode(bytes: Uint8Array, recipe: Recipe, open: OpenPicture): Promise<Pixels> {
  const { kind, square, focus, steps } = recipe;
  const turned = open(bytes).autoOrient().toColourspace('srgb');
  // Crops of animations are JPEG, which has no transparency.
  if (kind === 'animation') return toPixels(turned.flatten({ background: '#fff' }), open);
  // An opaque alpha channel would add a fifth to the size of an AVIF file.
  const upright = kind === 'photo' ? turned.removeAlpha() : turned;
  const size = [steps[0]!, heightAt(steps[0]!, recipe)] as const;
  if (!square) return toPixels(upright.resize(...size, { fit: 'fill' }), open);
  if (!focus) return toPixels(upright.resize(...size, { fit: 'cover', position: 'attention' }), open);
  const { autoOrient } = await open(bytes).metadata();
  return toPixels(upright.extract(regionAround(autoOrient, 1, focus)).resize(...size), open);
}

/**
 * Crops to the largest region with an aspect ratio around the focus. Without a focus, crops to the part with the most
 * detail, colour and skin tones (libvips' attention strategy).
 */
function crop(pixels: Pixels, ratio: number, { focus }: Recipe, open: OpenPicture): Promise<Pixels> {
  const region = regionAround(pixels, ratio, focus ?? { x: 50, y: 50 });
  const { width, height } = region;
  const picture = focus
    ? pixels.open().extract(region)
    : pixels.open().resize(width, height, { fit: 'cover', position: 'attention' });
  return toPixels(picture, open);
}

/** Groups items by a key, in the order of each key's first item. */
function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** Width in pixels up to which AVIF is encoded with more effort, because it takes little time. */
const smallWidth = 640;

/** Encodes a picture. Graphics are lossless. */
function encodeAs(picture: Sharp, { format, width }: RecipeFile, { kind, quality, effort }: Recipe): Sharp {
  const lossless = kind === 'graphic';
  const encoders: Record<PictureFormat, () => Sharp> = {
    avif: () =>
      picture.avif({ quality: quality.avif, effort: width <= smallWidth ? Math.min(9, effort + 1) : effort }),
    webp: () =>
      lossless
        ? picture.webp({ lossless: true, effort: 4 })
        : picture.webp({ quality: quality.webp, effort: 4 }),
    jpeg: () => picture.jpeg({ quality: quality.jpeg, progressive: true, optimiseCoding: true }),
    png: () => picture.png({ compressionLevel: 9, palette: false }),
    svg: () => picture,
  };
  return encoders[format]();
}
