/** Plans which files to encode for a picture, with pure functions of its facts. */
import { hashOf } from '../base/hash.ts';
import {
  type CropName,
  creditLine,
  cropFiles,
  type Focus,
  formatFiles,
  type Picture,
  type PictureFormat,
  type Rights,
} from '../site/pictures.ts';
import { xmpPacket } from './xmp.ts';

/**
 * Kind of a picture, which determines its formats:
 * - `photo`: many colours, opaque;
 * - `cutout`: many colours, partly transparent;
 * - `graphic`: few colours and sharp edges, so it is encoded without loss;
 * - `animation`: several frames;
 * - `drawing`: SVG.
 */
export type PictureKind = 'photo' | 'cutout' | 'graphic' | 'animation' | 'drawing';

/** Facts about a picture file. The cache keeps them while the file's bytes are unchanged. */
export interface PictureFacts {
  /** Hash of the file's bytes. */
  hash: string;
  kind: PictureKind;
  /** Width in pixels, after applying the EXIF orientation. */
  width: number;
  height: number;
  /** Average colour as `#rrggbb`; undefined for drawings, animations and transparent pictures. */
  color: string | undefined;
  rights: Rights;
  /** Whether the file is a drawing with unsafe content, which is not published. */
  unsafe: boolean;
}

/** Instructions for encoding the files of one output folder. */
export interface Recipe {
  /** Name of the folder: a hash of everything that its files depend on. */
  key: string;
  /** Path of the original, from the site's root. */
  source: string;
  /** Hash of the original's bytes. */
  hash: string;
  kind: PictureKind;
  /** XMP packet to embed; undefined if there are no rights. */
  packet: string | undefined;
  focus: Focus | undefined;
  /** Whether the picture is first cropped to a square. */
  square: boolean;
  files: RecipeFile[];
}

export interface RecipeFile {
  /** Path below the folder: `640.avif`. */
  name: string;
  format: PictureFormat;
  width: number;
  height: number;
  /** Whether the file is a crop with its own aspect ratio. */
  crop: boolean;
}

/**
 * Encoder version, which is part of every key: a new version gives every file a new address. A test compares
 * it with the installed version.
 */
export const encoder = 'sharp 0.35.5';
const version = 2;

/** Version of the sanitizer of drawings, in the place of `version`. */
const drawingVersion = 3;

/** Output folder of pictures. Their addresses change with their bytes, so browsers may cache them forever. */
export const pictureFolder = 'assets/pictures';

/** Whether a file is an SVG drawing, judging by its name. */
export const isDrawing = (path: string): boolean => /\.svg$/i.test(path);

const formatsOf = {
  photo: ['avif', 'webp', 'jpeg'],
  cutout: ['avif', 'webp', 'png'],
  graphic: ['webp', 'png'],
  animation: ['webp'],
  drawing: ['svg'],
} as const satisfies Record<PictureKind, readonly PictureFormat[]>;

/**
 * Widths of pictures in the text, in pixels. The text is 320 to 640 CSS pixels wide, and screens have up to
 * three device pixels per CSS pixel.
 */
const textWidths = [320, 640, 960, 1280, 1920];

/** Widths of portraits, in pixels. They are shown at 48 to 176 CSS pixels. */
const portraitWidths = [192, 384];

/** Maximum width of crops, in pixels. Google asks for at least 1,200. */
const cropWidth = 1200;

const ratios: Record<CropName, number> = { '16x9': 16 / 9, '4x3': 4 / 3, '1x1': 1 };

/**
 * Plans the files of a picture.
 * @param source path from the site's root
 * @returns the picture for pages, and the recipe for its files
 */
export function planPicture(
  source: string,
  facts: PictureFacts,
  use: {
    rights: Rights;
    focus: Focus | undefined;
    /** Use of the picture: `lead` also gets crops; `portrait` is cropped to a square if possible. */
    as: 'text' | 'lead' | 'portrait';
  },
): { picture: Picture; recipe: Recipe } {
  const { hash, kind, color } = facts;
  // Drawings are not rasterized, because the fonts of their text would differ between machines.
  const canCrop = kind !== 'drawing';
  const square = use.as === 'portrait' && canCrop && kind !== 'animation';
  const side = Math.min(facts.width, facts.height);
  const { width, height } = square ? { width: side, height: side } : facts;
  const focus = canCrop ? use.focus : undefined;
  const packet = kind === 'drawing' ? undefined : xmpPacket(carriedRights(facts, use.rights));
  const key = hashOf(
    JSON.stringify([kind === 'drawing' ? drawingVersion : version, encoder, hash, packet, focus, square]),
    'hex',
  );
  const formats = formatsOf[kind];
  const picture: Picture = {
    folder: `/${pictureFolder}/${key}/`,
    width,
    height,
    widths: kind === 'drawing' ? [width] : widthsOf(width, square ? portraitWidths : textWidths),
    formats: [...formats],
    crops: use.as === 'lead' && canCrop ? cropsOf(facts) : [],
    cropFormat: kind === 'animation' ? 'jpeg' : formats.at(-1)!,
    color,
    rights: use.rights,
  };
  return { picture, recipe: { key, source, hash, kind, packet, focus, square, files: recipeFiles(picture) } };
}

/**
 * Rights to embed in the files. The caption and alt text come from the file, not from a story, because all
 * stories that show the picture share the files.
 */
function carriedRights(facts: PictureFacts, rights: Rights): Rights {
  const { caption, alt } = facts.rights;
  return { ...rights, credit: creditLine(rights), caption, alt };
}

function recipeFiles(picture: Picture): RecipeFile[] {
  const { folder, formats, cropFormat } = picture;
  const nameOf = (path: string) => path.slice(folder.length);
  return [
    ...formats.flatMap(format =>
      formatFiles(picture, format).map(({ path, width, height }) => ({
        name: nameOf(path),
        format,
        width,
        height,
        crop: false,
      })),
    ),
    ...cropFiles(picture).map(({ path, width, height }) => ({
      name: nameOf(path),
      format: cropFormat,
      width,
      height,
      crop: true,
    })),
  ];
}

/** Steps below the original's width, and the original's width if it is below the last step. */
function widthsOf(width: number, steps: readonly number[]): number[] {
  return [...steps.filter(step => step < width), Math.min(width, steps.at(-1)!)].filter(
    (step, index, all) => all.indexOf(step) === index,
  );
}

function cropsOf({ width, height }: PictureFacts): Picture['crops'] {
  return Object.entries(ratios).map(([name, ratio]) => {
    const own = Math.max(1, Math.round(Math.min(cropWidth, width, height * ratio)));
    return { name: name as CropName, width: own, height: Math.max(1, Math.round(own / ratio)) };
  });
}

/**
 * Largest region with an aspect ratio around the focus, in the picture's pixels.
 * @param ratio width divided by height
 */
export function regionAround(
  { width, height }: { width: number; height: number },
  ratio: number,
  { x, y }: Focus,
): { left: number; top: number; width: number; height: number } {
  const cut = {
    width: Math.max(1, Math.min(width, Math.round(height * ratio))),
    height: Math.max(1, Math.min(height, Math.round(width / ratio))),
  };
  const start = (whole: number, part: number, at: number) =>
    Math.round(Math.min(whole - part, Math.max(0, (whole * at) / 100 - part / 2)));
  return { left: start(width, cut.width, x), top: start(height, cut.height, y), ...cut };
}
