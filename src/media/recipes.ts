/** Which files are made of a picture: pure functions of what is known of it. */
import { hashOf } from '../base/hash.ts';
import {
  type CropName,
  creditLine,
  cropFiles,
  type Focus,
  filesOf,
  type Picture,
  type PictureFormat,
  type Rights,
} from '../site/pictures.ts';
import { xmpPacket } from './xmp.ts';

/**
 * - `photo`: many colours, opaque;
 * - `cutout`: many colours, and parts to see through;
 * - `graphic`: few colours, which must stay sharp: nothing is lost of it;
 * - `animation`: several frames;
 * - `drawing`: SVG.
 */
export type PictureKind = 'photo' | 'cutout' | 'graphic' | 'animation' | 'drawing';

/** What is read from a picture file once, and kept while its bytes are the same. */
export interface PictureFacts {
  /** Of the bytes. */
  hash: string;
  kind: PictureKind;
  /** As it is seen: after the turn that its EXIF orientation asks for. */
  width: number;
  height: number;
  color: string | undefined;
  rights: Rights;
  /** A drawing had something in it that could have done harm, and that is not published. */
  unsafe: boolean;
}

/** How to make the files of one folder of the output. */
export interface Recipe {
  /** Of the folder, and all that its files are made from. */
  key: string;
  /** Path from the site's root. */
  source: string;
  hash: string;
  kind: PictureKind;
  packet: string | undefined;
  focus: Focus | undefined;
  /** Whether a square is cut out before all else. */
  square: boolean;
  files: RecipeFile[];
}

export interface RecipeFile {
  /** Below the folder: `640.avif`. */
  name: string;
  format: PictureFormat;
  width: number;
  height: number;
  /** Whether it is a part of the picture, of a shape of its own. */
  crop: boolean;
}

/** A change of what is encoded, or of the encoder, gives every file a new address. Its version is checked in the tests. */
export const encoder = 'sharp 0.35.5';
const version = 2;

/** Among the files whose addresses change with their bytes, and which browsers may keep for ever. */
export const pictureFolder = 'assets/pictures';

const formatsOf = {
  photo: ['avif', 'webp', 'jpeg'],
  cutout: ['avif', 'webp', 'png'],
  graphic: ['webp', 'png'],
  animation: ['webp'],
  drawing: ['svg'],
} as const satisfies Record<PictureKind, readonly PictureFormat[]>;

/** Pixels. The text is 320 to 640 CSS pixels wide, and screens have up to three pixels for one. */
const textWidths = [320, 640, 960, 1280, 1920];

/** A portrait is shown at 48 to 176 CSS pixels. */
const portraitWidths = [192, 384];

/** Google wants 1,200 pixels or more where there are as many. */
const cropWidth = 1200;

const ratios: Record<CropName, number> = { '16x9': 16 / 9, '4x3': 4 / 3, '1x1': 1 };

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
  // The letters of a drawing would be others on each machine.
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

/** What is said of a picture in one story, in its language, stays there: the files are for all stories that show it. */
function carriedRights(facts: PictureFacts, rights: Rights): Rights {
  const { caption, alt } = facts.rights;
  return { ...rights, credit: creditLine(rights), caption, alt };
}

function recipeFiles(picture: Picture): RecipeFile[] {
  const { folder, formats, cropFormat } = picture;
  const nameOf = (path: string) => path.slice(folder.length);
  return [
    ...formats.flatMap(format =>
      filesOf(picture, format).map(({ path, width, height }) => ({
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

/** The steps below the original's width, and that itself where it is below the last step. */
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

/** The largest part of a shape that lies about the focus, in the picture's pixels. */
export function regionAbout(
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
