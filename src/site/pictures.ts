/** A picture as pages have it: what is known of the file, and the files that are made of it, by their addresses. */
/** Who made a picture, who owns it, and what it shows: https://iptc.org/standards/photo-metadata/. */
export interface Rights {
  creators: string[];
  /** The line that readers see: agency, photographer. */
  credit: string | undefined;
  copyright: string | undefined;
  usageTerms: string | undefined;
  /** Web address of the licence. */
  license: string | undefined;
  /** Web address where a licence is to be had. */
  licensor: string | undefined;
  caption: string | undefined;
  /** What the picture shows, for those who do not see it. */
  alt: string | undefined;
  /** A term of https://cv.iptc.org/newscodes/digitalsourcetype/: that a machine made the picture, say. */
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

/** For structured data and link previews: https://developers.google.com/search/docs/appearance/structured-data/article asks for these shapes. */
export const cropNames = ['16x9', '4x3', '1x1'] as const;
export type CropName = (typeof cropNames)[number];

/** The files of a picture, and the place that they take. */
export interface PictureShape {
  /** Of the files, below the site's root: `/assets/pictures/<hash>/`. */
  folder: string;
  /** As it is seen, of the original; of a portrait, of the square that is cut out. */
  width: number;
  height: number;
  /** Of the files, the smallest first; none wider than the original. */
  widths: number[];
  /** The smallest first; what every program can show last. */
  formats: PictureFormat[];
  /** `#rrggbb`, its average; nothing for one that can be seen through. */
  color: string | undefined;
}

export interface Picture extends PictureShape {
  crops: { name: CropName; width: number; height: number }[];
  /** Of the crops, which every program can show: of an animation they are stills. */
  cropFormat: PictureFormat;
  /** The author's words before the file's. */
  rights: Rights;
}

/** The pictures of a document by their addresses as the author wrote them. */
export type PictureMap = Record<string, Picture>;

export interface PictureFile {
  path: string;
  type: string;
  width: number;
  height: number;
}

/** A picture's files of one format, the smallest first. */
export function filesOf(
  { folder, width, height, widths }: PictureShape,
  format: PictureFormat,
): [PictureFile, ...PictureFile[]] {
  return widths.map(own => ({
    path: `${folder}${own}.${extensionOf(format)}`,
    type: pictureFormats[format],
    width: own,
    height: Math.max(1, Math.round((height * own) / width)),
  })) as [PictureFile, ...PictureFile[]];
}

/** The one file for programs that choose none: at most `width` pixels wide where there is such a one. */
export function plainFile(picture: PictureShape, width = 1280): PictureFile {
  const files = filesOf(picture, picture.formats.at(-1)!);
  return files.findLast(file => file.width <= width) ?? files[0];
}

export function cropFiles({ folder, crops, cropFormat }: Picture): (PictureFile & { name: CropName })[] {
  return crops.map(({ name, width, height }) => ({
    name,
    path: `${folder}${name}.${extensionOf(cropFormat)}`,
    type: pictureFormats[cropFormat],
    width,
    height,
  }));
}

export const extensionOf = (format: PictureFormat): string => (format === 'jpeg' ? 'jpg' : format);

/** `creator/credit`, unless the one says the other. */
export function creditLine({ creators, credit }: Rights): string | undefined {
  const names = creators.join(', ');
  if (!credit || !names) return credit ?? (names || undefined);
  return creators.some(name => credit.includes(name)) ? credit : `${names}/${credit}`;
}

/**
 * Whether an author's credit names someone whom the file does not know. More than the file says is none: a photographer where the file has only an agency.
 */
export function contradicts(credit: string, { creators, credit: own, copyright }: Rights): boolean {
  const known = [...creators, own, copyright].flatMap(text => (text === undefined ? [] : plainWords(text)));
  if (known.length === 0) return false;
  const parts = credit.split(/[/|;,]| via /).flatMap(plainWords);
  const isKnown = (part: string) => known.some(text => text.includes(part) || part.includes(text));
  return creators.length > 0 ? !parts.every(isKnown) : !parts.some(isKnown);
}

/** Without case, marks and punctuation; nothing of a text that has no letter. */
function plainWords(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return plain === '' ? [] : [plain];
}

const pictureTypes = /\.(jpe?g|png|webp|avif|gif|svg)$/i;

export const isPictureFile = (path: string): boolean => pictureTypes.test(path);

/** A point of the picture that no crop loses, in hundredths of its width and height. */
export interface Focus {
  x: number;
  y: number;
}

/** How much room a picture takes: that of the text, more, or the whole width of the screen. */
export const pictureWidths = ['text', 'wide', 'full'] as const;
export type PictureWidth = (typeof pictureWidths)[number];

/** What an author asks for behind a picture's address: `photo.jpg#focus=40,30&width=wide`. The focus is as CSS has it, from the left and from the top. */
export function pictureOptions(address: string): { focus: Focus | undefined; width: PictureWidth } {
  const options = new URLSearchParams(/#(.*)$/.exec(address)?.[1] ?? '');
  const focus = /^(\d{1,3}),(\d{1,3})$/.exec(options.get('focus') ?? '');
  return {
    focus: focus ? { x: Math.min(100, Number(focus[1])), y: Math.min(100, Number(focus[2])) } : undefined,
    width: pictureWidths.find(width => width === options.get('width')) ?? 'text',
  };
}
