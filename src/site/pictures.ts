/** Pictures as pages use them: their rights and their published files. */
import { type ElementWidth, elementWidths } from '../article/model.ts';

/** Creator, owner and content of a picture: https://iptc.org/standards/photo-metadata/. */
export interface Rights {
  creators: string[];
  /** Credit line for readers, such as the agency or photographer. */
  credit: string | undefined;
  copyright: string | undefined;
  usageTerms: string | undefined;
  /** URL of the licence. */
  license: string | undefined;
  /** URL where a licence can be obtained. */
  licensor: string | undefined;
  caption: string | undefined;
  /** Alternative text. */
  alt: string | undefined;
  /**
   * Term of https://cv.iptc.org/newscodes/digitalsourcetype/, for example to state that AI generated the
   * picture.
   */
  digitalSource: string | undefined;
}

export const noRights: Rights = {
  creators: [],
  credit: undefined,
  copyright: undefined,
  usageTerms: undefined,
  license: undefined,
  licensor: undefined,
  caption: undefined,
  alt: undefined,
  digitalSource: undefined,
};

export const pictureFormats = {
  avif: 'image/avif',
  webp: 'image/webp',
  jpeg: 'image/jpeg',
  png: 'image/png',
  svg: 'image/svg+xml',
} as const;
export type PictureFormat = keyof typeof pictureFormats;

/**
 * Aspect ratios for structured data and link previews, according to
 * https://developers.google.com/search/docs/appearance/structured-data/article.
 */
export const cropNames = ['16x9', '1x1'] as const;
export type CropName = (typeof cropNames)[number];

/** Aspect ratios of pictures in lists: cards, and thumbnails on small screens. */
export const listRatios = ['3x2', '1x1'] as const;
export type ListRatio = (typeof listRatios)[number];

/** Aspect ratio by its name: width divided by height. */
export const ratios: Readonly<Record<CropName | ListRatio, number>> = {
  '16x9': 16 / 9,
  '3x2': 3 / 2,
  '1x1': 1,
};

/** Sizes and formats of a picture's files. */
export interface PictureShape {
  /** Path of the folder with the files, from the site's root: `/assets/pictures/<hash>/`. */
  folder: string;
  /** Width in pixels of the upright original, or of a portrait's square crop. */
  width: number;
  height: number;
  /**
   * Widths of the files of each format in pixels, smallest first. The format with the smallest files comes first;
   * every program can show the last one. No file is wider than the original.
   */
  sizes: [PictureSizes, ...PictureSizes[]];
  /** Average colour as `#rrggbb`; undefined for drawings, animations and transparent pictures. */
  color: string | undefined;
}

/** Widths of a picture's files in one format. */
export interface PictureSizes {
  format: PictureFormat;
  widths: [number, ...number[]];
}

export interface Picture extends PictureShape {
  crops: { name: CropName; width: number; height: number }[];
  /** Format of the crops, which every program can show. Crops of animations are still pictures. */
  cropFormat: PictureFormat;
  lists: ListCrops;
  /** Rights, in which the author's texts take precedence over the file's. */
  rights: Rights;
}

/**
 * Widths of a picture's crops for lists in pixels, smallest first. Their format is the first of `sizes`. Undefined if
 * lists show the whole picture, because it is a drawing, a graphic or an animation.
 */
export type ListCrops = Readonly<Record<ListRatio, readonly number[]>> | undefined;

/** Pictures of a document, by address as the author wrote it. */
export type PictureMap = Record<string, Picture>;

/** A published file of a picture. `path` is relative to the site's root, and `type` is a media type. */
export interface PictureFile {
  path: string;
  type: string;
  width: number;
  height: number;
}

/** Lists a picture's files in one of its formats, smallest first. */
export function filesOf(
  { folder, width, height }: PictureShape,
  { format, widths }: PictureSizes,
): [PictureFile, ...PictureFile[]] {
  return widths.map(own => ({
    path: `${folder}${own}.${extensionOf(format)}`,
    type: pictureFormats[format],
    width: own,
    height: Math.max(1, Math.round((height * own) / width)),
  })) as [PictureFile, ...PictureFile[]];
}

/**
 * Selects the file for programs that cannot choose: the largest that is at most `width` pixels wide, or the
 * smallest if all are wider.
 */
export function plainFile(picture: PictureShape, width = Infinity): PictureFile {
  const files = filesOf(picture, picture.sizes.at(-1)!);
  return files.findLast(file => file.width <= width) ?? files[0];
}

/** Lists the crops of a picture. */
export function cropFiles({ folder, crops, cropFormat }: Picture): (PictureFile & { name: CropName })[] {
  return crops.map(({ name, width, height }) => ({
    name,
    path: `${folder}${name}.${extensionOf(cropFormat)}`,
    type: pictureFormats[cropFormat],
    width,
    height,
  }));
}

/** Lists the crops of a picture for lists, smallest first. */
export function listFiles(
  { folder, sizes, lists }: Pick<Picture, 'folder' | 'sizes' | 'lists'>,
  ratio: ListRatio,
): PictureFile[] {
  const { format } = sizes[0];
  return (lists?.[ratio] ?? []).map(width => ({
    path: `${folder}${ratio}-${width}.${extensionOf(format)}`,
    type: pictureFormats[format],
    width,
    height: Math.max(1, Math.round(width / ratios[ratio])),
  }));
}

/** File extension of a format, without a dot. */
export const extensionOf = (format: PictureFormat): string => (format === 'jpeg' ? 'jpg' : format);

/**
 * Composes the credit line `creator/credit`, or only the credit if it names a creator.
 * @returns undefined if the file names neither
 */
export function creditLine({ creators, credit }: Rights): string | undefined {
  const names = creators.join(', ');
  if (!credit || !names) return credit ?? (names || undefined);
  return creators.some(name => credit.includes(name)) ? credit : `${names}/${credit}`;
}

/**
 * Whether an author's credit contradicts the file's rights. Extra detail is not a conflict, such as a
 * photographer's name if the file names only an agency.
 */
export function contradicts(credit: string, rights: Rights): boolean {
  const { creators, credit: own, copyright } = rights;
  const known = [...creators, own, copyright].flatMap(text => (text === undefined ? [] : plainWords(text)));
  if (known.length === 0) return false;
  const [line] = plainWords(creditLine(rights) ?? copyright ?? '');
  const [written = ''] = plainWords(credit);
  if (line !== undefined && (hasWords(written, line) || hasWords(line, written))) return false;
  const parts = credit.split(/[/|;,]| via /).flatMap(plainWords);
  const isKnown = (part: string) => known.some(text => text.includes(part) || part.includes(text));
  return creators.length > 0 ? !parts.every(isKnown) : !parts.some(isKnown);
}

const hasWords = (text: string, words: string): boolean => ` ${text} `.includes(` ${words} `);

/** Normalizes case, diacritics and punctuation. Returns an empty list for text without letters and digits. */
function plainWords(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return plain === '' ? [] : [plain];
}

/** Advice about HEIC, the format of a phone's camera. */
export const heicAdvice =
  'Export it as JPEG: on a Mac, open it in Preview and choose File > Export; on an iPhone, set Settings > Camera > Formats to Most Compatible.';

const pictureTypes = /\.(jpe?g|png|webp|avif|gif|svg)$/i;

/** Whether a file is a picture, judging by its name. */
export const isPictureFile = (path: string): boolean => pictureTypes.test(path);

/** A point in the picture that crops keep, in per cent of its width and height. */
export interface Focus {
  x: number;
  y: number;
}

/**
 * Reads the options after # in a picture's address: `photo.jpg#focus=40,30&width=wide`. The focus is in per
 * cent from the left and the top. Values are undefined if missing or invalid.
 */
export function pictureOptions(address: string): {
  focus: Focus | undefined;
  width: ElementWidth | undefined;
} {
  const options = new URLSearchParams(/#(.*)$/.exec(address)?.[1] ?? '');
  const focus = /^(\d{1,3}),(\d{1,3})$/.exec(options.get('focus') ?? '');
  return {
    focus: focus ? { x: Math.min(100, Number(focus[1])), y: Math.min(100, Number(focus[2])) } : undefined,
    width: elementWidths.find(width => width === options.get('width')),
  };
}
