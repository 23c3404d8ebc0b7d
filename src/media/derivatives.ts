/**
 * Encodes the files that a recipe (recipes.ts) lists. The same picture always produces the same bytes. The
 * files contain no metadata except the rights.
 */
import type { Sharp } from 'sharp';
import type { PictureFormat } from '../site/pictures.ts';
import { pngWithXmp } from './png.ts';
import { type Recipe, type RecipeFile, regionAround } from './recipes.ts';
import type { OpenPicture } from './sharp.ts';

/** An encoded file of a recipe. */
export interface Derivative {
  name: string;
  bytes: Uint8Array;
}

/**
 * Encodes files of a recipe, which is not a drawing, one after another, so that only one of them is in memory.
 * @param bytes the original file
 * @param files files of the recipe to encode. The bytes of each do not depend on which others are encoded.
 * @throws the image library's error
 */
export async function* encodeDerivatives(
  bytes: Uint8Array,
  recipe: Recipe,
  files: readonly RecipeFile[],
  open: OpenPicture,
): AsyncGenerator<Derivative> {
  const { kind, packet } = recipe;
  const encode = async (picture: Sharp, format: PictureFormat) => {
    const encoded = encoders[format](picture.toColourspace('srgb'), kind === 'graphic');
    if (packet === undefined) return encoded.toBuffer();
    return format === 'png'
      ? pngWithXmp(await encoded.toBuffer(), packet)
      : encoded.withXmp(packet).toBuffer();
  };
  const sizes = files.filter(file => !file.crop);
  if (kind === 'animation') {
    for (const { name, format, width } of sizes)
      yield { name, bytes: await encode(open(bytes, { animated: true }).resize({ width }), format) };
  } else if (sizes.length > 0) {
    const base = await decode(bytes, recipe, open);
    for (const { name, format, width, height } of sizes)
      yield { name, bytes: await encode(base().resize(width, height, { fit: 'fill' }), format) };
  }
  for (const file of files.filter(file => file.crop)) {
    const picture = recipe.focus
      ? await cropAround(bytes, recipe, file, open)
      : cropByAttention(bytes, file, open);
    // JPEG has no transparency, so give the picture a white background.
    const still = kind === 'animation' ? picture.flatten({ background: '#fff' }) : picture;
    yield { name: file.name, bytes: await encode(still, file.format) };
  }
}

/** Decodes a picture once, at its largest size, to encode all sizes from it. */
async function decode(
  bytes: Uint8Array,
  { kind, square, focus, files }: Recipe,
  open: OpenPicture,
): Promise<() => Sharp> {
  const { width, height } = files.filter(file => !file.crop).reduce((a, b) => (b.width > a.width ? b : a));
  const turned = open(bytes).autoOrient().toColourspace('srgb');
  // An opaque alpha channel would add a fifth to the size of an AVIF file.
  const upright = kind === 'photo' ? turned.removeAlpha() : turned;
  const sized = !square
    ? upright.resize(width, height, { fit: 'fill' })
    : focus
      ? upright.extract(regionAround(await sizeOf(bytes, open), 1, focus)).resize(width, height)
      : upright.resize(width, height, { fit: 'cover', position: 'attention' });
  const { data, info } = await sized.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  const raw = { width: info.width, height: info.height, channels: info.channels };
  return () => open(data, { raw });
}

async function cropAround(
  bytes: Uint8Array,
  { focus }: Recipe,
  { width, height }: RecipeFile,
  open: OpenPicture,
): Promise<Sharp> {
  const region = regionAround(await sizeOf(bytes, open), width / height, focus!);
  return open(bytes).autoOrient().extract(region).resize(width, height, { fit: 'fill' });
}

/**
 * Crops to the part with the most detail, colour and skin tones (libvips' attention strategy). Used if the
 * author has set no focus.
 */
const cropByAttention = (bytes: Uint8Array, { width, height }: RecipeFile, open: OpenPicture): Sharp =>
  open(bytes).autoOrient().resize(width, height, { fit: 'cover', position: 'attention' });

const sizeOf = async (bytes: Uint8Array, open: OpenPicture) => (await open(bytes).metadata()).autoOrient;

/**
 * Encoders by format, at the highest effort that is worth its time. For AVIF, one step more takes four times
 * as long and saves 5% of the bytes.
 */
const encoders: Record<PictureFormat, (picture: Sharp, lossless: boolean) => Sharp> = {
  avif: picture => picture.avif({ quality: 50, effort: 3 }),
  webp: (picture, lossless) =>
    lossless ? picture.webp({ lossless: true, effort: 4 }) : picture.webp({ quality: 76, effort: 4 }),
  jpeg: picture => picture.jpeg({ quality: 78, mozjpeg: true }),
  png: picture => picture.png({ compressionLevel: 9, palette: false }),
  svg: picture => picture,
};
