/** Plans which files to encode for a picture, with pure functions of its facts. */
import { hashOf } from '../base/hash.ts';
import type { PictureSettings } from '../config/pictures.ts';
import {
  type CropName,
  creditLine,
  cropFiles,
  cropNames,
  type Focus,
  filesOf,
  type ListCrops,
  type ListRatio,
  listFiles,
  listRatios,
  type Picture,
  type PictureFormat,
  type PictureSizes,
  type Rights,
  ratios,
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
  /**
   * Hash of everything that the pixels of the files depend on. The store has the files under this key, without the
   * rights, so that a photo with two credits is encoded once.
   */
  pixels: string;
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
  /** Size of the upright original, or of its square crop, in pixels. */
  width: number;
  height: number;
  /**
   * Widths to which the picture is scaled down in turn, in pixels, largest first. They include the widths of all files.
   * They depend only on the settings, so the bytes of a file do not depend on which other files the picture has.
   */
  steps: readonly number[];
  quality: PictureSettings['quality'];
  effort: number;
  files: RecipeFile[];
}

export interface RecipeFile {
  /** Path below the folder: `640.avif`. */
  name: string;
  format: PictureFormat;
  width: number;
  height: number;
  /** Aspect ratio to which the picture is cropped; undefined if it is not cropped. */
  crop: CropName | ListRatio | undefined;
}

/**
 * Encoder version, which is part of every key: a new version gives every file a new address. A test compares
 * it with the installed version.
 */
export const encoder = 'sharp 0.35.5';
const version = 4;

/** Version of the sanitizer of drawings, in the place of `version`. */
const drawingVersion = 3;

/** Output folder of pictures. Their addresses change with their bytes, so browsers may cache them forever. */
export const pictureFolder = 'assets/pictures';

/** Whether a file is an SVG drawing, judging by its name. */
export const isDrawing = (path: string): boolean => /\.svg$/i.test(path);

/** A list that is known to have an item. */
const filled = <Item>(list: readonly Item[]): [Item, ...Item[]] => list as [Item, ...Item[]];

/** Formats of a picture, by its kind. A photo without transparency has those of site.yaml. */
function formatsOf(kind: PictureKind, { formats }: PictureSettings): [PictureFormat, ...PictureFormat[]] {
  switch (kind) {
    case 'photo':
      return filled([...formats]);
    case 'cutout':
      return filled(formats.map(format => (format === 'jpeg' ? 'png' : format)));
    case 'graphic':
      return ['webp', 'png'];
    case 'animation':
      return ['webp'];
    case 'drawing':
      return ['svg'];
  }
}

/** Widths of portraits, in pixels. They are shown at 48 to 176 CSS pixels. */
const portraitWidths = [96, 192, 384];

/**
 * Widths of the crops for lists, in pixels. Consecutive widths differ by at most half, so that browsers find one that
 * fits. `recent` and `front` list further widths, for recent stories, which the front page may show in large, and for
 * those that lead it.
 */
const listWidths = {
  '3x2': { usual: [320, 480, 720], recent: [1080], front: [1080, 1620], archived: [480] },
  '1x1': { usual: [208, 320], recent: [], front: [], archived: [208] },
} as const satisfies Record<ListRatio, Record<string, readonly number[]>>;

/** Maximum width of crops, in pixels. Google asks for at least 1,200. */
const cropWidth = 1200;

/**
 * Use of a picture on a page, which determines its files:
 * - `front`: leads the story that leads the front page;
 * - `recent`: leads a recent story, which the front page may show;
 * - `lead`: leads a story, so lists, link previews and search engines show it too;
 * - `text`: anywhere else in a text;
 * - `portrait`: of an author, cropped to a square if possible;
 * - `link`: the target of a link, for which one file is enough.
 */
export type PictureRole = 'front' | 'recent' | 'lead' | 'text' | 'portrait' | 'link';

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
    as: PictureRole;
    /** Whether the story is so old that `pictures.archive` applies. */
    isArchived: boolean;
  },
  settings: PictureSettings,
): { picture: Picture; recipe: Recipe } {
  const { hash, kind, color } = facts;
  // Drawings are not rasterized, because the fonts of their text would differ between machines.
  const canCrop = kind !== 'drawing';
  const square = use.as === 'portrait' && canCrop && kind !== 'animation';
  const side = Math.min(facts.width, facts.height);
  const { width, height } = square ? { width: side, height: side } : facts;
  const focus = canCrop ? use.focus : undefined;
  const packet = kind === 'drawing' ? undefined : xmpPacket(carriedRights(facts, use.rights));
  const { quality, effort } = settings;
  const steps = widthsOf(width, square ? portraitWidths : allWidths(settings)).reverse();
  const encoding =
    kind === 'drawing' ? [drawingVersion] : [version, encoder, quality, effort, steps, packet !== undefined];
  const pixels = hashOf(JSON.stringify([...encoding, hash, focus, square]), 'hex');
  const key = packet === undefined ? pixels : hashOf(pixels + packet, 'hex');
  const isLead = use.as === 'lead' || use.as === 'recent' || use.as === 'front';
  const lists = isLead && kind === 'photo' ? listCropsOf(facts, steps[0]!, use) : undefined;
  const sizes = sizesOf(kind, width, square, { ...use, inLists: isLead && !lists }, settings);
  const picture: Picture = {
    folder: `/${pictureFolder}/${key}/`,
    width,
    height,
    sizes,
    crops: isLead && canCrop && !use.isArchived ? cropsOf(facts, steps[0]!) : [],
    cropFormat: kind === 'animation' ? 'jpeg' : sizes.at(-1)!.format,
    lists,
    color,
    rights: use.rights,
  };
  const files = recipeFiles(picture);
  return {
    picture,
    recipe: {
      key,
      pixels,
      source,
      hash,
      kind,
      packet,
      focus,
      square,
      width,
      height,
      steps,
      quality,
      effort,
      files,
    },
  };
}

/** All widths that files can have according to the settings, smallest first. */
const allWidths = ({ widths, plainWidth, archive }: PictureSettings): number[] =>
  [...new Set([...widths, plainWidth, ...(archive?.widths ?? [])])].sort((a, b) => a - b);

/** Widths of a picture's files, by format. */
function sizesOf(
  kind: PictureKind,
  width: number,
  square: boolean,
  { as, isArchived, inLists }: { as: PictureRole; isArchived: boolean; inLists: boolean },
  settings: PictureSettings,
): [PictureSizes, ...PictureSizes[]] {
  const { widths, plainWidth, archive } = settings;
  const formats = formatsOf(kind, settings);
  const plain = formats.at(-1)!;
  if (kind === 'drawing') return [{ format: plain, widths: [width] }];
  if (as === 'link') return [{ format: plain, widths: [Math.min(width, widths.at(-1)!)] }];
  if (square) {
    const steps = widthsOf(width, portraitWidths);
    return filled(
      formats.map(format => ({ format, widths: format === plain ? filled(steps.slice(-1)) : steps })),
    );
  }
  const old = isArchived ? archive?.widths : undefined;
  // The first width is for lists, which show pictures that cannot be cropped in their own shape.
  const own = old ?? (inLists || widths.length === 1 ? widths : widths.slice(1));
  const steps = widthsOf(width, own);
  const single = widthsOf(width, [old ? old.at(-1)! : plainWidth]).at(-1)!;
  return filled(
    formats.map((format, index) => ({ format, widths: format === plain && index > 0 ? [single] : steps })),
  );
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
  const { folder, sizes, cropFormat } = picture;
  const nameOf = (path: string) => path.slice(folder.length);
  return [
    ...sizes.flatMap(own =>
      filesOf(picture, own).map(({ path, width, height }) => ({
        name: nameOf(path),
        format: own.format,
        width,
        height,
        crop: undefined,
      })),
    ),
    ...cropFiles(picture).map(({ path, width, height, name }) => ({
      name: nameOf(path),
      format: cropFormat,
      width,
      height,
      crop: name,
    })),
    ...listRatios.flatMap(ratio =>
      listFiles(picture, ratio).map(({ path, width, height }) => ({
        name: nameOf(path),
        format: sizes[0].format,
        width,
        height,
        crop: ratio,
      })),
    ),
  ];
}

/** Steps below the original's width, and the original's width if it is below the last step. */
function widthsOf(width: number, steps: readonly number[]): [number, ...number[]] {
  return filled([...new Set([...steps.filter(step => step < width), Math.min(width, steps.at(-1)!)])]);
}

/** Crops of a picture, which are made from its largest file. */
function cropsOf({ width, height, kind }: PictureFacts, largest: number): Picture['crops'] {
  const scale = kind === 'animation' ? 1 : largest / width;
  return cropNames.map(name => {
    const ratio = ratios[name];
    const own = Math.max(1, Math.round(Math.min(cropWidth, width * scale, height * scale * ratio)));
    return { name, width: own, height: Math.max(1, Math.round(own / ratio)) };
  });
}

/** Widths of a picture's crops for lists. They are no wider than the largest crop of the file. */
function listCropsOf(
  { width, height }: PictureFacts,
  largest: number,
  { as, isArchived }: { as: PictureRole; isArchived: boolean },
): ListCrops {
  const scale = largest / width;
  const widthsFor = (ratio: ListRatio) => {
    const widths = listWidths[ratio];
    const cut = Math.max(1, Math.floor(Math.min(width * scale, height * scale * ratios[ratio])));
    const further = !isArchived && (as === 'front' || as === 'recent') ? widths[as] : [];
    return widthsOf(cut, [...(isArchived ? widths.archived : widths.usual), ...further]);
  };
  return { '3x2': widthsFor('3x2'), '1x1': widthsFor('1x1') };
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
