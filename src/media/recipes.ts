/** Plans which files to encode of a picture: pure functions of its facts. */
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

/** Facts of a picture file. They are cached while its bytes are unchanged. */
export interface PictureFacts {
  /** Hash of the bytes. */
  hash: string;
  kind: PictureKind;
  /** Pixels, after rotation by the EXIF orientation. */
  width: number;
  height: number;
  color: string | undefined;
  rights: Rights;
  /** Whether the file is a drawing with unsafe content, which is not published. */
  unsafe: boolean;
}

/** How to make the files of one folder of the output. */
export interface Recipe {
  /** Name of the folder: a hash of everything that its files depend on. */
  key: string;
  /** Path from the site's root. */
  source: string;
  hash: string;
  kind: PictureKind;
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

/** The encoder, which is part of every key: a new version gives every file a new address. A test compares it with the installed version. */
export const encoder = 'sharp 0.35.5';
const version = 2;

/** Folder of pictures in the output. Their addresses change with their bytes, so browsers may cache them forever. */
export const pictureFolder = 'assets/pictures';

const formatsOf = {
  photo: ['avif', 'webp', 'jpeg'],
  cutout: ['avif', 'webp', 'png'],
  graphic: ['webp', 'png'],
  animation: ['webp'],
  drawing: ['svg'],
} as const satisfies Record<PictureKind, readonly PictureFormat[]>;

/** Widths of pictures in the text, in pixels. The text is 320 to 640 CSS pixels wide, on screens with up to three device pixels per CSS pixel. */
const textWidths = [320, 640, 960, 1280, 1920];

/** Widths of portraits, in pixels. They are shown at 48 to 176 CSS pixels. */
const portraitWidths = [192, 384];

/** Width of crops, in pixels. Google asks for 1,200 or more if the original is large enough. */
const cropWidth = 1200;

const ratios: Record<CropName, number> = { '16x9': 16 / 9, '4x3': 4 / 3, '1x1': 1 };

/**
 * Plans the files of a picture.
 * @param source path from the site's root
 * @returns the picture for pages, and the recipe of its files
 */
export function planPicture(
  source: string,
  facts: PictureFacts,
  use: {
    rights: Rights;
    focus: Focus | undefined;
    /** `lead` gets crops as well; `portrait` is a square. */
    as: 'text' | 'lead' | 'portrait';
  },
): { picture: Picture; recipe: Recipe } {
  const { hash, kind, color } = facts;
  // Drawings are not rasterized: each machine would use other fonts for their text.
  const canCrop = kind !== 'drawing';
  const square = use.as === 'portrait' && canCrop && kind !== 'animation';
  const side = Math.min(facts.width, facts.height);
  const { width, height } = square ? { width: side, height: side } : facts;
  const focus = canCrop ? use.focus : undefined;
  const packet = kind === 'drawing' ? undefined : xmpPacket(carriedRights(facts, use.rights));
  const key = hashOf(JSON.stringify([version, encoder, hash, packet, focus, square]), 'hex');
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

/** Rights in the files. A caption and alt text from one story are left out, because all stories that show the picture share the files. */
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

/** The steps below the original's width, and the original's width if it is below the last step. */
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

/** Returns the largest region with an aspect ratio around the focus, in the picture's pixels. @param ratio width divided by height */
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
