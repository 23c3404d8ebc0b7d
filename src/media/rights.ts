/** What a picture file says of its rights: XMP before IPTC-IIM before EXIF, as the Metadata Working Group has them agree. */
import type { Rights } from '../site/pictures.ts';

/** As exifreader gives them with `expanded`; the file is the author's or an agency's, and its fields may be anything. */
export interface EmbeddedTags {
  xmp?: Record<string, unknown>;
  iptc?: Record<string, unknown>;
  exif?: Record<string, unknown>;
}

export function rightsOf({ xmp = {}, iptc = {}, exif = {} }: EmbeddedTags): Rights {
  const first = (...values: unknown[]): string | undefined => {
    for (const value of values) {
      const [text] = textsOf(value);
      if (text !== undefined) return text;
    }
    return undefined;
  };
  const creators = [xmp.creator, iptc['By-line'], exif.Artist].map(textsOf).find(({ length }) => length > 0);
  return {
    creators: creators ?? [],
    credit: first(xmp.Credit, iptc.Credit),
    copyright: first(xmp.rights, iptc['Copyright Notice'], exif.Copyright),
    usageTerms: first(xmp.UsageTerms),
    license: webAddress(first(xmp.WebStatement)),
    licensor: webAddress(first(licensorUrl(xmp.Licensor))),
    caption: first(xmp.description, iptc['Caption/Abstract'], exif.ImageDescription),
    alt: first(xmp.AltTextAccessibility),
    digitalSource: webAddress(first(xmp.DigitalSourceType)),
  };
}

/** Longer ones are no credits. */
const longest = 2000;

/** The texts of a tag: one, a list, or one in several languages, of which `x-default` comes first. */
function textsOf(tag: unknown): string[] {
  if (typeof tag === 'string') {
    const text = tag
      .replace(/[\p{Cc}\p{Co}\p{Cn}\s]+/gu, ' ')
      .trim()
      .slice(0, longest);
    return text === '' ? [] : [text];
  }
  if (Array.isArray(tag)) {
    const isDefault = (item: unknown) => read(read(item, 'attributes'), 'lang') === 'x-default';
    return [...tag.filter(isDefault), ...tag.filter(item => !isDefault(item))].flatMap(textsOf);
  }
  // EXIF has an array of numbers beside its text; XMP a text or an array of further tags.
  const value = read(tag, 'value');
  const isNumbers = Array.isArray(value) && value.length > 0 && value.every(item => typeof item === 'number');
  return isNumbers || value === undefined ? textsOf(read(tag, 'description') ?? '') : textsOf(value);
}

function licensorUrl(licensor: unknown): unknown {
  const value = read(licensor, 'value') ?? licensor;
  return read(Array.isArray(value) ? value[0] : value, 'LicensorURL');
}

function read(object: unknown, key: string): unknown {
  return typeof object === 'object' && object !== null && Object.hasOwn(object, key)
    ? (object as Record<string, unknown>)[key]
    : undefined;
}

/** It becomes a link on the page: no other scheme than the web's. */
function webAddress(text: string | undefined): string | undefined {
  return text !== undefined && URL.canParse(text) && /^https?:/i.test(text) ? text : undefined;
}
