/**
 * Reads the facts of a picture file. Decodes the whole file once, so that damage is found before anything is
 * encoded.
 */
import type { Metadata, Sharp } from 'sharp';
import { hashOf } from '../base/hash.ts';
import { noRights, type Rights } from '../site/pictures.ts';
import { hasManyTexts, pngMetadata, pngWithXmp } from './png.ts';
import { isDrawing, type PictureFacts, type PictureKind } from './recipes.ts';
import { type EmbeddedTags, rightsOf } from './rights.ts';
import {
  type OpenPicture,
  type PictureLibrary,
  PictureStopped,
  pixelLimit,
  sizeLimit,
  toStop,
} from './sharp.ts';
import { readDrawing } from './svg.ts';

/**
 * Reason why a file cannot be shown: it has too many bytes or pixels, is too high for its width, is not an SVG
 * drawing with a size or one that is nested too deeply, is an iPhone's HEIC picture, is not in a supported format, is damaged, or needs more time or
 * memory than site.yaml allows. Sizes are in pixels.
 */
export type PictureProblem =
  | { problem: 'bytes' | 'pixels' | 'drawing' | 'heic' | 'deep' | 'format' | 'damaged' | 'time' | 'memory' }
  | { problem: 'height'; width: number; height: number; limit: number };

/** Maximum side of WebP and AVIF pictures, in pixels. */
const longestSide = 16_383;

/**
 * Reads a picture file.
 * @param path if it ends in .svg, the file is a drawing
 * @returns the facts, or the reason why the file cannot be shown
 */
export async function readFacts(
  bytes: Uint8Array,
  path: string,
  library: PictureLibrary,
): Promise<PictureFacts | PictureProblem> {
  if (bytes.length > sizeLimit) return { problem: 'bytes' };
  if (isHeic(bytes)) return { problem: 'heic' };
  const hash = hashOf(bytes);
  if (isDrawing(path)) return readDrawingFacts(bytes, hash);
  if (hasManyTexts(bytes)) return { problem: 'damaged' };
  try {
    const metadata = await library.open(bytes).metadata();
    if (!['jpeg', 'png', 'webp', 'heif', 'gif'].includes(metadata.format)) return { problem: 'format' };
    const { width, height } = metadata.autoOrient;
    // sharp reports the total height of an animation's frames, so the limits apply to all frames together.
    if (width * height > pixelLimit) return { problem: 'pixels' };
    // Every derivative keeps the aspect ratio, and the widest one is up to 1,920 pixels wide.
    const limit = Math.floor((longestSide * width) / Math.min(width, 1920));
    if (height > limit) return { problem: 'height', width, height, limit };
    const { kind, color } = await library.decode(metadata, () => inspect(bytes, metadata, library.open));
    const frame = kind === 'animation' ? { width, height: metadata.pageHeight ?? height } : { width, height };
    return { hash, kind, ...frame, color, rights: await readRights(bytes, metadata), unsafe: false };
  } catch (thrown) {
    const error = toStop(thrown);
    if (error instanceof PictureStopped) return { problem: error.stop };
    // These are sharp's messages. Those of libvips are unreliable, because pictures that are read
    // concurrently share one message buffer.
    const { message } = error as Error;
    if (message === 'Input image exceeds pixel limit') return { problem: 'pixels' };
    return { problem: message === 'Input buffer contains unsupported image format' ? 'format' : 'damaged' };
  }
}

function readDrawingFacts(bytes: Uint8Array, hash: string): PictureFacts | PictureProblem {
  try {
    const drawing = readDrawing(bytes);
    if (!drawing) return { problem: 'drawing' };
    const { width, height, unsafe } = drawing;
    return { hash, kind: 'drawing', width, height, color: undefined, rights: noRights, unsafe };
  } catch (error) {
    // The stack overflows.
    if (error instanceof RangeError) return { problem: 'deep' };
    throw error;
  }
}

/**
 * Whether a file is HEIC, whatever its name: its `ftyp` box names a brand of HEVC-coded pictures (ISO/IEC 23008-12,
 * annex B). AVIF files have the brand `avif`, also as one of the compatible brands of `mif1`.
 */
function isHeic(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 256));
  if (head.toString('latin1', 4, 8) !== 'ftyp') return false;
  const brands =
    head.toString('latin1', 8, Math.min(head.readUInt32BE(0), head.length)).match(/.{4}/gs) ?? [];
  return (
    !brands.some(brand => /^avi[fs]$/.test(brand)) &&
    brands.some(brand => /^(?:hei[cxms]|hev[cxms]|mif1|msf1)$/.test(brand))
  );
}

/**
 * Maximum number of colours in a graphic. A picture that has more in a sample of at most 512 × 512 pixels is
 * a photograph.
 */
const fewColors = 4096;

async function inspect(
  bytes: Uint8Array,
  { format, pages = 1, hasAlpha }: Metadata,
  open: OpenPicture,
): Promise<{ kind: PictureKind; color: string | undefined }> {
  if (pages > 1 && (format === 'gif' || format === 'webp')) {
    await open(bytes, { animated: true }).stats();
    return { kind: 'animation', color: undefined };
  }
  const transparent = hasAlpha && !(await open(bytes).stats()).isOpaque;
  const kind =
    format === 'jpeg' || (await countColors(open(bytes))) > fewColors
      ? transparent
        ? 'cutout'
        : 'photo'
      : 'graphic';
  return { kind, color: transparent ? undefined : await averageColor(open(bytes)) };
}

async function averageColor(picture: Sharp): Promise<string> {
  const pixel = await picture
    .removeAlpha()
    .toColourspace('srgb')
    .resize(1, 1, { fit: 'fill' })
    .raw({ depth: 'uchar' })
    .toBuffer();
  const [red = 0, green = red, blue = red] = pixel;
  return `#${Buffer.from([red, green, blue]).toString('hex')}`;
}

/** Counts colours without interpolation, which would add colours that the picture does not have. */
async function countColors(picture: Sharp): Promise<number> {
  const { data, info } = await picture
    .toColourspace('srgb')
    .resize(512, 512, { fit: 'inside', kernel: 'nearest', withoutEnlargement: true, fastShrinkOnLoad: false })
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const colors = new Set<number>();
  for (let at = 0; at < data.length && colors.size <= fewColors; at += info.channels) {
    let color = 0;
    for (let channel = 0; channel < info.channels; channel++) color = color * 256 + data[at + channel]!;
    colors.add(color);
  }
  return colors.size;
}

/** Maximum size of the metadata of a picture, in bytes. Larger metadata contains pictures or editing histories. */
const metadataLimit = 4_000_000;

async function readRights(bytes: Uint8Array, metadata: Metadata): Promise<Rights> {
  const { exif, iptc, xmp, xmpAsString } = metadata;
  if ([exif, iptc, xmp].some(part => part !== undefined && part.length > metadataLimit)) return noRights;
  try {
    const { default: ExifReader } = await import('exifreader');
    const png = metadata.format === 'png' ? pngMetadata(bytes, metadataLimit) : undefined;
    const whole = png ?? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const read = png && xmpAsString !== undefined ? pngWithXmp(png, xmpAsString) : whole;
    const tags = await ExifReader.load(read, { expanded: true, async: true });
    return rightsOf(tags as unknown as EmbeddedTags);
  } catch {
    // Unreadable metadata is not an error: the picture then has no rights data.
    return noRights;
  }
}
