/** Pictures and galleries, with caption and credit apart. */
import type { Element, ElementContent, Root } from 'hast';
import { compareWords } from '../words.ts';
import type { FoundMedia, HtmlContext } from './context.ts';
import {
  attribute,
  element,
  find,
  findAll,
  hasClass,
  isBlank,
  isBlock,
  isElement,
  plainOf,
  replaceAll,
  textNode,
} from './tree.ts';

/** Classes of a credit within a caption. */
const creditClass = /credit|attribution|copyright|photographer|source-?name|byline/i;

const captionClass =
  /^(?:wp-caption-text|caption|image-caption|figure-caption|gallery-caption|image-description|caption-text)$/i;

/**
 * Turns `figure`, WordPress's captions and single `img` elements into `bs-figure` elements, with the properties `src`,
 * `alt`, `caption`, `credit` and `width`.
 */
export function adoptFigures(tree: Root, context: HtmlContext): Root {
  replaceAll(tree, node => {
    if (node.tagName === 'img') return pictureOf(node, context);
    if (node.tagName === 'a' && isPictureLink(node)) return unlinked(node, context);
    if (node.tagName === 'figure' || isCaptioned(node)) return figureOf(node, context);
    return node;
  });
  adoptCaptionLines(tree, context);
  return tree;
}

/** Paragraphs below a picture that a style marks as its caption, as in Word. */
function adoptCaptionLines(parent: Root | Element, context: HtmlContext): void {
  const kept: ElementContent[] = [];
  for (const child of parent.children as ElementContent[]) {
    const picture =
      child.type === 'element' && child.tagName === 'p' && hasClass(child, captionClass)
        ? pictureBefore(kept)
        : undefined;
    if (picture) {
      const { caption, credit } = splitCaption(child as Element, context);
      if (caption) picture.properties.caption = caption;
      if (credit) picture.properties.credit = credit;
    } else kept.push(child);
    if (child.type === 'element') adoptCaptionLines(child, context);
  }
  parent.children = kept;
}

/** The last picture of a block without text that ends a list of nodes. */
function pictureBefore(nodes: readonly ElementContent[]): Element | undefined {
  const before = nodes.findLast(node => !isBlank(node));
  if (before?.type !== 'element' || plainOf(before) !== '') return undefined;
  return findAll({ type: 'root', children: [before] }, isFigure).at(-1);
}

const isCaptioned = (node: Element): boolean =>
  node.tagName === 'div' &&
  hasClass(node, /^(?:wp-caption|captioned-image-container|image-caption-container|media-with-caption)$/i);

const isFigure = (node: Element): boolean => node.tagName === 'bs-figure';

/** Whether a link contains only pictures. */
const isPictureLink = (node: Element): boolean =>
  node.children.some(child => isElement(child, 'bs-figure')) &&
  node.children.every(child => isElement(child, 'bs-figure') || isBlank(child));

/** Pictures of a link. Links to the picture's own file are common and mean nothing here. */
function unlinked(node: Element, context: HtmlContext): ElementContent[] {
  const href = attribute(node, 'href') ?? '';
  const isFile =
    /\.(?:jpe?g|png|gif|webp|avif|svg)(?:[?#]|$)/i.test(href) || /attachment_id=|\/attachment\//.test(href);
  if (!isFile && /^https?:/i.test(href)) context.report('picture-link', href);
  return node.children;
}

/** Address of a picture: the largest that the page offers. */
export function sourceOf(node: Element): string | undefined {
  const lazy = ['dataOrigFile', 'dataOriginal', 'dataFullUrl', 'dataLargeFile', 'dataSrc', 'dataLazySrc'];
  const own = attribute(node, 'src');
  const candidates = [...lazy.map(name => attribute(node, name)), own];
  const usable = candidates.find(src => src !== undefined && !/^data:image\/(?:gif|svg)/i.test(src));
  return usable ?? largestOf(attribute(node, 'srcSet') ?? attribute(node, 'dataSrcSet')) ?? own;
}

/** The widest candidate of a `srcset`. */
function largestOf(srcSet: string | undefined): string | undefined {
  const candidates = (srcSet ?? '').split(/,\s+/).map(part => part.trim().split(/\s+/));
  const widths = candidates.map(([src, size]) => ({ src, width: Number.parseFloat(size ?? '1') || 1 }));
  return widths.toSorted((a, b) => b.width - a.width)[0]?.src || undefined;
}

function pictureOf(node: Element, context: HtmlContext): Element | undefined {
  const src = sourceOf(node)?.trim();
  if (src === undefined || src === '') return undefined;
  const alt = attribute(node, 'alt')?.trim();
  const found = context.media(src);
  const title = attribute(node, 'title');
  return figureElement(src, found, {
    alt: alt || found?.alt,
    caption: title !== undefined && title !== alt && /\s/.test(title) && !found?.caption ? title : undefined,
    credit: undefined,
    width: widthOf(node),
  });
}

interface FigureParts {
  alt: string | undefined;
  caption: string | undefined;
  credit: string | undefined;
  width: string | undefined;
}

function figureElement(src: string, found: FoundMedia | undefined, parts: FigureParts): Element {
  const { alt, caption, credit, width } = parts;
  return element('bs-figure', {
    src,
    ...(found && { address: found.address }),
    ...(alt && { alt: oneLine(alt) }),
    ...(caption && { caption: oneLine(caption) }),
    ...(credit && { credit: oneLine(credit) }),
    ...(found?.credit && { ownCredit: oneLine(found.credit) }),
    ...(found?.caption && { ownCaption: oneLine(found.caption) }),
    ...(width && { width }),
  });
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const widthOf = (node: Element): string | undefined =>
  hasClass(node, /^align(?:full)$|kg-width-full|^full-bleed$/)
    ? 'full'
    : hasClass(node, /^alignwide$|kg-width-wide/)
      ? 'wide'
      : undefined;

/** A figure's pictures. The caption belongs to the only picture, or to the last of several. */
function figureOf(node: Element, context: HtmlContext): ElementContent | ElementContent[] {
  const pictures = findAll(node, isFigure);
  if (pictures.length === 0) return node;
  const other = find(node, ({ tagName }) =>
    /^(?:iframe|video|audio|table|blockquote|pre|object|embed|bs-quote|bs-box)$/.test(tagName),
  );
  if (other) return node;
  const captions = node.children.flatMap(child => captionsIn(child));
  let rest = node.children.filter(child => !isCaption(child) && !hasPicture(child) && !isBlank(child));
  // In the caption shortcode of WordPress, the caption follows the picture without an element of its own.
  if (captions.length === 0 && rest.length > 0 && !rest.some(isBlock)) {
    captions.push(element('figcaption', {}, rest));
    rest = [];
  }
  const last = pictures.at(-1)!;
  const text = captions.map(caption => splitCaption(caption, context));
  const caption = text
    .map(part => part.caption)
    .filter(Boolean)
    .join(' ');
  const credit = text
    .map(part => part.credit)
    .filter(Boolean)
    .join(' / ');
  if (caption) last.properties.caption = joined(last.properties.caption, caption);
  if (credit) last.properties.credit = credit;
  const width = widthOf(node);
  if (width) for (const picture of pictures) picture.properties.width ??= width;
  return [...pictures, ...rest];
}

const joined = (before: unknown, text: string): string =>
  typeof before === 'string' && before !== '' && !text.includes(before) ? `${before} ${text}` : text;

const isCaption = (node: ElementContent): boolean =>
  isElement(node, 'figcaption') || (isElement(node, 'p', 'div', 'span') && hasClass(node, captionClass));

const hasPicture = (node: ElementContent): boolean =>
  node.type === 'element' && (isFigure(node) || find(node, isFigure) !== undefined);

function captionsIn(node: ElementContent): Element[] {
  if (isCaption(node)) return [node as Element];
  return node.type === 'element' && !isFigure(node) ? node.children.flatMap(captionsIn) : [];
}

/** Caption and credit of a caption element. */
export function splitCaption(
  node: Element,
  context: HtmlContext,
): { caption: string | undefined; credit: string | undefined } {
  for (const link of findAll(node, ({ tagName }) => tagName === 'a'))
    if (/^https?:/i.test(attribute(link, 'href') ?? ''))
      context.report('caption-link', attribute(link, 'href')!);
  const whole = linesOf(node);
  const part = find(node, child => hasClass(child, creditClass));
  const credit = part && withoutCreditWord(plainOf(part));
  if (part) part.children = [textNode(' ')];
  const parts = part
    ? { caption: plainOf(node) || undefined, credit: credit || undefined }
    : splitCredit(whole);
  context.replaced(missingWords(whole, [parts.caption, parts.credit]));
  return parts;
}

/** Words of a text that its parts do not contain. */
const missingWords = (whole: string, parts: readonly (string | undefined)[]): string =>
  compareWords(whole, parts.join(' '), '').lost.join(' ');

/** Text of an element, with its line breaks and without those of its source. */
function linesOf(node: Element): string {
  const parts = node.children.map((child): string => {
    if (child.type !== 'element') return plainText(child);
    return child.tagName === 'br' ? '\n' : linesOf(child);
  });
  return parts
    .join('')
    .replace(/ *\n */g, '\n')
    .trim();
}

const plainText = (node: ElementContent): string =>
  node.type === 'text' ? node.value.replace(/\s+/g, ' ') : '';

const creditWords =
  'photos?|videos?|pictures?|images?|photograph(?:er|y|s)?|credits?|illustrations?|graphics?|fotos?|bild|grafik|fotografía|imagen|ilustración|gráfico|photographie|crédit(?: photo)?|infographie|תצלום|צילום|איור|صورة|تصوير';

/** Matches a credit at the end of a caption: `(Photo by X)`, `Photo: X`, `[Photo/Agency]`, `(AP Photo/X)`, `© X`. */
const creditPatterns: readonly RegExp[] = [
  new RegExp(
    `\\s*[([](?:${creditWords})\\s*(?:courtesy(?: of)?|by|von|de|par|por|:|/|–|—)\\s*:?\\s*([^()[\\]]+)[)\\]]\\.?\\s*$`,
    'iu',
  ),
  /\s*[([]((?:[^()[\]/]{2,60}\/\s?)?(?:AP|AFP|Reuters|Getty|EPA|dpa|EFE)\b[^()[\]]{0,80})[)\]]\.?\s*$/u,
  new RegExp(
    `(?:^|\\n|[.!?…”"»)]\\s+|\\s[|–—•]\\s*|\\s{2,})(?:${creditWords})\\s*(?::|\\bby\\b|\\bcourtesy of\\b)\\s*:?\\s*([^:]{2,120})$`,
    'iu',
  ),
  /(?:^|\s)[©Ⓒ]\s*([^©]{2,100})$/u,
];

/** Number of characters at the end of a caption in which a credit is looked for. */
const creditLimit = 300;

/** Separates a caption from the credit at its end. */
export function splitCredit(text: string): { caption: string | undefined; credit: string | undefined } {
  const end = text.slice(-creditLimit);
  const start = text.slice(0, -creditLimit);
  for (const pattern of creditPatterns) {
    const match = pattern.exec(end);
    if (!match) continue;
    const lead = /^[.!?…”"»)]/.exec(match[0])?.[0] ?? '';
    const caption = oneLine(start + end.slice(0, match.index) + lead).replace(/[\s|–—•]+$/u, '');
    return { caption: caption || undefined, credit: withoutCreditWord(match[1]!) || undefined };
  }
  return { caption: oneLine(text) || undefined, credit: undefined };
}

const creditLead = new RegExp(`^(?:${creditWords})\\s*(?:courtesy of|by|von|par|por|:)\\s*:?\\s*`, 'iu');

const withoutCreditWord = (text: string): string =>
  text
    .replace(creditLead, '')
    .replace(/^[\s([|–—-]+|[\s)\].|]+$/gu, '')
    .trim();
