/** Chooses the file of a picture, and writes pictures into the HTML of a story. */
import { splitCredit } from '../html/figures.ts';
import { escapeHtml, type Rendition, type WireItem, type WirePicture } from './item.ts';

/** Types of pictures that a site can publish. */
const usableTypes = /^image\/(?:jpe?g|pjpeg|png|webp|avif|gif|svg\+xml)$/i;
const usableNames = /\.(?:jpe?g|png|webp|avif|gif|svg)(?:[?#]|$)/i;
const otherNames = /\.(?:tiff?|eps|psd|pdf|bmp|mp4|mov|webm|mp3|wav|zip|raw|dng|heic)(?:[?#]|$)/i;

/** Files of a picture that a site can publish, the best first: large before small, and without a watermark. */
export function rankRenditions(renditions: readonly Rendition[]): Rendition[] {
  return renditions
    .filter(({ href, type }) =>
      type === undefined
        ? usableNames.test(href) || href.startsWith('data:image/')
        : usableTypes.test(type) && !otherNames.test(href),
    )
    .toSorted(
      (a, b) =>
        rankOf(b) - rankOf(a) ||
        areaOf(b) - areaOf(a) ||
        (b.size ?? 0) - (a.size ?? 0) ||
        Number(isOriginal(b)) - Number(isOriginal(a)),
    );
}

const isOriginal = ({ name = '' }: Rendition): boolean =>
  /high|original|main|full|print|supplied/i.test(name);

function rankOf({ name = '', href }: Rendition): number {
  const words = `${name} ${href.startsWith('data:') ? '' : href.split('/').at(-1)}`;
  if (/watermark/i.test(words)) return 0;
  if (/thumb|icon|square/i.test(words)) return 1;
  return /preview|small|web\b|low/i.test(words) ? 2 : 3;
}

const areaOf = ({ width = 0, height = 0 }: Rendition): number => width * (height || width);

/** Placeholder address of a picture in a story; undefined if the picture has no file. */
export type ChooseFile = (picture: WirePicture) => string | undefined;

/** HTML of a story with its pictures. Those without a place in the text follow it, except the first one. */
export function bodyWithPictures(
  item: WireItem,
  fileOf: ChooseFile,
): { html: string; lead: WirePicture | undefined } {
  const slots = new Set<number>();
  const html = item.body.replace(/<figure data-wire="(\d+)"><\/figure>/g, (_, index: string) => {
    const picture = item.pictures[Number(index)];
    if (!picture || slots.has(Number(index))) return '';
    slots.add(Number(index));
    return figureHtml(picture, fileOf(picture));
  });
  const others = item.pictures.filter(
    (picture, index) => !slots.has(index) && !isShown(picture, item.body) && fileOf(picture) !== undefined,
  );
  const lead = slots.size > 0 ? undefined : others[0];
  const rest = others.filter(picture => picture !== lead);
  return { html: [html, ...rest.map(picture => figureHtml(picture, fileOf(picture)))].join('\n'), lead };
}

/** Whether the text shows one of the files of a picture. */
const isShown = ({ renditions }: WirePicture, body: string): boolean =>
  renditions.some(({ href }) => body.includes(`"${escapeHtml(href)}"`) || body.includes(`"${href}"`));

function figureHtml(picture: WirePicture, src: string | undefined): string {
  if (src === undefined) return '';
  const { alt, caption, credit } = textsOf(picture);
  const texts = [
    ...(caption === undefined ? [] : [escapeHtml(caption)]),
    ...(credit === undefined ? [] : [`<span class="credit">${escapeHtml(credit)}</span>`]),
  ].join(' ');
  return `<figure><img src="${escapeHtml(src)}" alt="${escapeHtml(alt ?? '')}">${texts === '' ? '' : `<figcaption>${texts}</figcaption>`}</figure>`;
}

/** Longest caption, in characters. */
const captionLimit = 5_000;

/**
 * Texts of a picture. Agencies often repeat the credit at the end of the caption, and rarely write an alternative text:
 * the first sentence of the caption then says what the picture shows.
 */
export function textsOf({
  alt,
  caption,
  credit,
}: WirePicture): Record<'alt' | 'caption' | 'credit', string | undefined> {
  const split = caption === undefined ? undefined : splitCredit(caption.slice(0, captionLimit));
  const text = split?.caption;
  const sentence = text === undefined ? undefined : /^.{10,200}?[.!?](?=\s|$)/su.exec(text)?.[0];
  return {
    alt:
      alt ?? sentence ?? text?.slice(0, 200) ?? (credit === undefined ? undefined : `Picture by ${credit}`),
    caption: text,
    credit: credit ?? split?.credit,
  };
}
