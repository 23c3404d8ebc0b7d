/** Reads the content of NewsML-G2 items: text in NITF or XHTML, and the files of pictures. */
import { paragraphs, type Rendition, type WirePicture } from './item.ts';
import { describedAs, embargoOf, expiryOf, rightsOf } from './newsml-meta.ts';
import { nitfBody } from './nitf-html.ts';
import { numberOf } from './nitf-media.ts';
import { allBelow, at, attributeOf, childrenOf, rawText, textIn, type XmlElement } from './xml.ts';

export interface NewsmlContent {
  html: string;
  pictures: WirePicture[];
  /** The NITF document that has the text. */
  nitf: XmlElement | undefined;
}

/** Text of an item: NITF, XHTML, HTML in a text node, or plain text. */
export function contentOf(element: XmlElement): NewsmlContent {
  const set = at(element, 'contentSet');
  for (const inline of childrenOf(set, 'inlineXML')) {
    const nitf = childrenOf(inline, 'nitf')[0];
    if (nitf) return { ...nitfBody(at(nitf, 'body', 'body.content')), nitf };
    const [document] = childrenOf(inline);
    if (document) {
      const body = allBelow(inline, 'body')[0] ?? inline;
      return { ...nitfBody(body), nitf: undefined };
    }
  }
  for (const inline of childrenOf(set, 'inlineData')) {
    const text = rawText(inline);
    if (attributeOf(inline, 'encoding') !== undefined || text.trim() === '') continue;
    const isHtml =
      /html/i.test(attributeOf(inline, 'contenttype') ?? '') || /^\s*<(?:p|div|html|!doctype)\b/i.test(text);
    return { html: isHtml ? bodyIn(text) : paragraphs(text), pictures: [], nitf: undefined };
  }
  return { html: '', pictures: [], nitf: undefined };
}

/** Content of the body of an HTML document; other text unchanged. */
export function bodyIn(html: string): string {
  const lower = html.toLowerCase();
  const start = /<body\b[^>]{0,2000}>/.exec(lower);
  const head = start ? undefined : lower.indexOf('</head>');
  if (head !== undefined) return head < 0 ? html : html.slice(head + '</head>'.length);
  const end = lower.lastIndexOf('</body');
  return html.slice(start!.index + start![0].length, end < 0 ? undefined : end);
}

/** Reads an item that is a picture. */
export function pictureOf(element: XmlElement, guid: string): WirePicture {
  const contentMeta = at(element, 'contentMeta');
  const set = at(element, 'contentSet');
  const remote = childrenOf(set, 'remoteContent').flatMap((content): Rendition[] => {
    const href = attributeOf(content, 'href') ?? attributeOf(content, 'residref');
    if (href === undefined) return [];
    return [
      {
        href,
        type: attributeOf(content, 'contenttype') ?? attributeOf(content, 'format'),
        name: attributeOf(content, 'rendition'),
        width: numberOf(attributeOf(content, 'width')),
        height: numberOf(attributeOf(content, 'height')),
        size: numberOf(attributeOf(content, 'size')),
      },
    ];
  });
  const inline = childrenOf(set, 'inlineData')
    .filter(data => /base64/i.test(attributeOf(data, 'encoding') ?? ''))
    .map((data): Rendition => {
      const type = attributeOf(data, 'contenttype') ?? 'image/jpeg';
      return { href: `data:${type};base64,${rawText(data).replace(/\s+/g, '')}`, type };
    });
  const creators = childrenOf(contentMeta, 'creator').flatMap(creator => textIn(at(creator, 'name')) ?? []);
  const line = textIn(at(contentMeta, 'creditline'));
  const author = textIn(at(contentMeta, 'by')) ?? (creators.join(', ') || undefined);
  return {
    guid,
    renditions: [...remote, ...inline],
    alt: textIn(describedAs(contentMeta, /alt/i)) ?? textIn(at(contentMeta, 'headline')),
    caption: textIn(describedAs(contentMeta, /caption/i)) ?? textIn(at(contentMeta, 'description')),
    credit: creditOf(author, line),
    ...rightsOf(element),
    expires: expiryOf(element),
    embargo: embargoOf(at(element, 'itemMeta')),
  };
}

/** Photographer and agency, each named once. */
export function creditOf(author: string | undefined, line: string | undefined): string | undefined {
  if (author === undefined || line === undefined) return line ?? author;
  return line.toLowerCase().includes(author.toLowerCase()) ? line : `${author}/${line}`;
}
