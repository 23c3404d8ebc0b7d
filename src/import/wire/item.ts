/** Items of news agencies in the form that the readers of NITF, NewsML-G2 and ninjs share. */
import type { SourcePlace } from '../model.ts';

/** A file of a picture. */
export interface Rendition {
  /** Path relative to the item's file, web address, or `data:` address. */
  href: string;
  /** Media type, such as `image/jpeg`. */
  type?: string | undefined;
  /** Name or role, such as `thumbnail`. */
  name?: string | undefined;
  width?: number | undefined;
  height?: number | undefined;
  /** Size in bytes. */
  size?: number | undefined;
}

export interface WirePicture {
  /** Identifies a picture that is an item of its own. */
  guid?: string | undefined;
  renditions: readonly Rendition[];
  alt?: string | undefined;
  caption?: string | undefined;
  credit?: string | undefined;
  copyright?: string | undefined;
  usageTerms?: string | undefined;
  /** End of the rights to show it. */
  expires?: string | undefined;
  embargo?: Embargo | undefined;
}

export interface WireSubject {
  /** Names in all languages. */
  names: readonly string[];
  /** Codes in one notation: see `codeOf`. */
  codes: readonly string[];
  /** Codes and names of broader subjects, the nearest first. */
  broader: readonly string[];
  /** Page about the subject. */
  url?: string | undefined;
  /** Whether the provider uses the subject as a section. */
  isSection?: boolean | undefined;
}

/** End of an embargo; `unknown` if the item has one without a date that can be read. */
export type Embargo = { until: string } | 'unknown';

export interface WireItem {
  place: SourcePlace;
  kind: 'text' | 'picture' | 'package' | 'other';
  /** Stays the same in all versions. */
  guid: string;
  /** Ids of items that this one replaces or withdraws. */
  about: readonly string[];
  version?: string | undefined;
  /** Moments when the first version and this one were created. */
  firstCreated?: string | undefined;
  created?: string | undefined;
  status: 'usable' | 'withheld' | 'canceled';
  /** Why nobody may use the item, from its status, a signal or a message to editors. */
  withdrawal?: string | undefined;
  isCorrection: boolean;
  /** Description of the error that the correction fixes. */
  correction?: string | undefined;
  provider: string;
  /** Names and codes of the provider, for `--publish-from`. */
  providerNames: readonly string[];
  title: string;
  slugline?: string | undefined;
  kicker?: string | undefined;
  standfirst?: string | undefined;
  dateline?: string | undefined;
  byline?: string | undefined;
  lang?: string | undefined;
  embargo?: Embargo | undefined;
  expires?: string | undefined;
  /** From 1, the most urgent, to 9. */
  urgency?: number | undefined;
  usageTerms?: string | undefined;
  copyright?: string | undefined;
  /** Message to editors, not for publication. */
  edNote?: string | undefined;
  subjects: readonly WireSubject[];
  people: readonly string[];
  sources: readonly { name: string; url?: string | undefined; firstReport?: boolean }[];
  /** Corrections that the item lists. */
  corrections: readonly { date: string; text: string }[];
  /** Type of work, in the words of `workTypes`. */
  type?: string | undefined;
  /** HTML. `<figure data-wire="0"></figure>` is the place of `pictures[0]`. */
  body: string;
  pictures: readonly WirePicture[];
  /** Guids of pictures that are items of their own. */
  pictureRefs: readonly string[];
  /** Address at which the provider published the story. */
  url?: string | undefined;
  /** Texts and pictures of a package, by groups of guids. */
  groups?: readonly (readonly string[])[] | undefined;
}

/** The item with the latest of its own embargo and those of its pictures. */
export function withStrictestEmbargo(item: WireItem): WireItem {
  const shown = item.pictures.filter(({ renditions }) => renditions.length > 0);
  const all = [item.embargo, ...shown.map(({ embargo }) => embargo)].filter(embargo => embargo !== undefined);
  if (all.length === 0) return item;
  const dated = all.flatMap(embargo => (embargo === 'unknown' ? [] : embargo));
  const latest = dated.toSorted((a, b) => Date.parse(b.until) - Date.parse(a.until))[0];
  return { ...item, embargo: all.includes('unknown') ? 'unknown' : latest };
}

/** Items read from a file. */
export interface WireFile {
  items: WireItem[];
  problems: { line: number | undefined; reason: string }[];
}

/** Writes the place of a picture into HTML. */
export const pictureSlot = (index: number): string => `<figure data-wire="${index}"></figure>`;

/** Escapes text for HTML. */
export const escapeHtml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** Plain text as HTML: paragraphs are separated by blank lines or, in texts without any, by line breaks. */
export function paragraphs(text: string): string {
  const plain = text.replace(/\r\n?/g, '\n').trim();
  const parts = plain.split(/\n[ \t]*\n/).length > 1 ? plain.split(/\n[ \t]*\n+/) : plain.split('\n');
  return parts
    .map(part => part.replace(/\s+/g, ' ').trim())
    .filter(Boolean)
    .map(part => `<p>${escapeHtml(part)}</p>`)
    .join('\n');
}
