/**
 * Reads the rights in a picture file. XMP takes precedence over IPTC-IIM, and IPTC-IIM over EXIF, as the
 * Metadata Working Group recommends.
 */
import type { Rights } from '../site/pictures.ts';

/**
 * Tags as exifreader returns them with the option `expanded`. They are untrusted: fields may have any type.
 */
export interface EmbeddedTags {
  xmp?: Record<string, unknown>;
  iptc?: Record<string, unknown>;
  exif?: Record<string, unknown>;
}

/** Normalizes the tags of a picture file to rights. Ignores invalid values. */
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

/** Maximum length of a value, in UTF-16 units. */
const longest = 2000;

/** Texts of a tag, which may be a single text, a list, or one text per language with `x-default` first. */
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
  // An EXIF tag has an array of numbers and a description; an XMP tag's value is text or an array of tags.
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

/**
 * Returns the text if it is an http or https URL, otherwise undefined. The text becomes a link on the page, so
 * other schemes are unsafe.
 */
function webAddress(text: string | undefined): string | undefined {
  return text !== undefined && URL.canParse(text) && /^https?:/i.test(text) ? text : undefined;
}
