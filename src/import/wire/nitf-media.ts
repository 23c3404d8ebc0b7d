/** Reads the pictures of NITF. */
import type { Rendition, WirePicture } from './item.ts';
import { wireMoment } from './moments.ts';
import { at, attributeOf, childrenOf, rawText, textIn, type XmlElement } from './xml.ts';

/**
 * Reads a `media` element.
 * @returns undefined if it is not a picture, or has no file
 */
export function nitfPicture(element: XmlElement): WirePicture | undefined {
  const references = childrenOf(element, 'media-reference');
  const type = attributeOf(element, 'media-type') ?? '';
  const isImage =
    /^(?:image|photo|picture|graphic)/i.test(type) ||
    references.some(reference => /^image\//i.test(attributeOf(reference, 'mime-type') ?? ''));
  const renditions = isImage ? renditionsOf(element) : [];
  if (renditions.length === 0) return undefined;
  const [first] = references;
  const metadata = new Map(
    childrenOf(element, 'media-metadata').map(entry => [
      attributeOf(entry, 'name')?.toLowerCase() ?? '',
      attributeOf(entry, 'value'),
    ]),
  );
  const caption = childrenOf(element, 'media-caption')
    .map(textIn)
    .filter(text => text !== undefined)
    .join(' ');
  return {
    renditions,
    alt: attributeOf(first, 'alternate-text'),
    caption: caption || undefined,
    credit:
      textIn(at(element, 'media-producer')) ??
      attributeOf(first, 'source-credit') ??
      metadata.get('credit') ??
      metadata.get('byline'),
    copyright: attributeOf(first, 'copyright') ?? metadata.get('copyright'),
    usageTerms:
      metadata.get('usage-terms') ?? metadata.get('usageterms') ?? metadata.get('special-instructions'),
    expires: wireMoment(
      metadata.get('expires') ??
        metadata.get('expiry') ??
        metadata.get('expiration-date') ??
        metadata.get('rights-enddate'),
    ),
  };
}

/** Files of a `media` element: references, and objects in the file itself. */
function renditionsOf(element: XmlElement): Rendition[] {
  const renditions: Rendition[] = [];
  let type: string | undefined;
  for (const child of childrenOf(element, 'media-reference', 'media-object')) {
    if (child.name === 'media-object') {
      const data = rawText(child).replace(/\s+/g, '');
      if (/^base64$/i.test(attributeOf(child, 'encoding') ?? '') && data !== '')
        renditions.push({ href: `data:${type ?? 'image/jpeg'};base64,${data}`, type: type ?? 'image/jpeg' });
      continue;
    }
    type = attributeOf(child, 'mime-type');
    const href = attributeOf(child, 'source');
    if (href !== undefined)
      renditions.push({
        href,
        type,
        name: attributeOf(child, 'name'),
        width: numberOf(attributeOf(child, 'width')),
        height: numberOf(attributeOf(child, 'height')),
      });
  }
  return renditions;
}

/** A whole number above 0; undefined for other texts. */
export const numberOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,9}$/.test(text) && Number(text) > 0 ? Number(text) : undefined;
