/** Turns the content of NITF and XHTML elements into HTML. */
import { escapeHtml, pictureSlot, type WirePicture } from './item.ts';
import { nitfPicture } from './nitf-media.ts';
import { at, attributeOf, childrenOf, textIn, type XmlChild, type XmlElement } from './xml.ts';

/** Elements that NITF and HTML share, and the attributes that are kept. */
const shared: Readonly<Record<string, readonly string[]>> = {
  p: [],
  a: ['href'],
  b: [],
  blockquote: [],
  br: [],
  caption: [],
  cite: [],
  code: [],
  dd: [],
  del: [],
  div: [],
  dl: [],
  dt: [],
  em: [],
  figcaption: ['class'],
  figure: [],
  h1: [],
  h2: [],
  h3: [],
  h4: [],
  h5: [],
  h6: [],
  hr: [],
  i: [],
  img: ['src', 'alt', 'width', 'height'],
  li: [],
  ol: ['start'],
  pre: [],
  q: [],
  s: [],
  span: ['class'],
  strong: [],
  sub: [],
  sup: [],
  table: [],
  tbody: [],
  td: ['colspan', 'rowspan'],
  tfoot: [],
  th: ['colspan', 'rowspan'],
  thead: [],
  tr: [],
  u: [],
  ul: [],
};

/** Elements of NITF with another name in HTML. */
const renamed: Readonly<Record<string, string>> = { hl1: 'h2', hl2: 'h3', bq: 'blockquote', note: 'aside' };

const empty = new Set(['br', 'hr', 'img']);

/** Elements whose content is not for readers, or is taken from elsewhere. */
const hidden = new Set(
  'alt-code body.head copyrite head key-list media-metadata media-object nitf-table-metadata rights script style table-reference title tobject'.split(
    ' ',
  ),
);

export interface NitfBody {
  html: string;
  pictures: WirePicture[];
}

/** HTML of an element's content. Pictures become slots. */
export function nitfBody(element: XmlElement | undefined): NitfBody {
  const pictures: WirePicture[] = [];
  const html = (element?.children ?? []).map(child => htmlOf(child, pictures)).join('');
  return { html: html.trim(), pictures };
}

function htmlOf(child: XmlChild, pictures: WirePicture[]): string {
  if (typeof child === 'string') return escapeHtml(child);
  const { name } = child;
  if (hidden.has(name)) return '';
  if (name === 'media') return mediaHtml(child, pictures);
  const inner = () => child.children.map(node => htmlOf(node, pictures)).join('');
  if (name === 'bq') return quoteHtml(child, pictures);
  if (name === 'fn') return ` (${textIn(child) ?? ''})`;
  if (name === 'note' && attributeOf(child, 'type') === 'npa') return '';
  // Notes contain a body of their own.
  if (name === 'datasource') return `<p>${inner()}</p>`;
  const own = renamed[name] ?? (Object.hasOwn(shared, name) ? name : undefined);
  if (own === undefined) return inner();
  const attributes = (shared[own] ?? [])
    .flatMap(key => {
      const value = attributeOf(child, key);
      return value === undefined ? [] : [` ${key}="${escapeHtml(value)}"`];
    })
    .join('');
  return empty.has(own) ? `<${own}${attributes}>` : `<${own}${attributes}>${inner()}</${own}>`;
}

/** A block quotation. Its `credit` is the speaker. */
function quoteHtml(element: XmlElement, pictures: WirePicture[]): string {
  const credit = textIn(at(element, 'credit')) ?? textIn(at(element, 'block', 'credit'));
  const content = childrenOf(element)
    .filter(({ name }) => name !== 'credit')
    .map(child => htmlOf(child, pictures))
    .join('');
  return `<blockquote>${content}${credit === undefined ? '' : `<footer>${escapeHtml(credit)}</footer>`}</blockquote>`;
}

function mediaHtml(element: XmlElement, pictures: WirePicture[]): string {
  const picture = nitfPicture(element);
  if (picture) {
    pictures.push(picture);
    return pictureSlot(pictures.length - 1);
  }
  const source = attributeOf(at(element, 'media-reference'), 'source');
  const caption = textIn(at(element, 'media-caption'));
  if (source === undefined || !/^https?:/i.test(source)) return '';
  return `<p><a href="${escapeHtml(source)}">${escapeHtml(caption ?? source)}</a></p>`;
}
