/** Turns an item of an agency into a story. */
import { isLanguageTag } from '../../base/languages.ts';
import type { ImportedStory } from '../model.ts';
import { slugFrom } from '../plan-site.ts';
import type { WireItem, WirePicture } from './item.ts';
import { bodyWithPictures, type ChooseFile, textsOf } from './renditions.ts';

export interface WireStoryOptions {
  /** Chooses the file of each picture. */
  fileOf: ChooseFile;
  /** Language of the site. */
  lang: string;
  /** Lines for the comment at the top, before those about the item. */
  notes?: readonly string[];
  /** Whether the item is the newsroom's own, so that its type of work is kept and its provider is not a source. */
  isOwn: boolean;
  /** Keys of terms and authors, if the plan of an import needs them. */
  terms?: readonly string[];
  authors?: readonly string[];
}

/** Makes the story of an item. Its state is `published` only for the newsroom's own items. */
export function storyOf(item: WireItem, options: WireStoryOptions): ImportedStory {
  const { lang, isOwn, fileOf } = options;
  const { html, lead } = bodyWithPictures(item, fileOf);
  const texts = lead && textsOf(lead);
  const published =
    item.embargo !== undefined && item.embargo !== 'unknown'
      ? later(item.embargo.until, item.created)
      : undefined;
  return {
    id: item.guid,
    kind: 'story',
    place: item.place,
    title: item.title || item.slugline || 'Without a headline',
    slug: slugOf(item, isOwn),
    standfirst: item.standfirst,
    kicker: item.kicker,
    dateline: item.dateline,
    published:
      published ?? (isOwn ? (item.firstCreated ?? item.created) : (item.created ?? item.firstCreated)),
    updated: isOwn ? item.created : undefined,
    expires: item.expires,
    state: isOwn && item.embargo !== 'unknown' ? 'published' : 'pending',
    type: isOwn ? item.type : 'agency',
    authors: options.authors ?? [],
    terms: options.terms ?? [],
    people: item.people,
    sources: isOwn
      ? item.sources
      : [
          {
            name: item.provider,
            ...(creditOf(item, options) !== undefined && { note: creditOf(item, options) }),
          },
          ...item.sources.filter(({ name }) => name !== item.provider),
        ],
    corrections: item.corrections,
    lang: languageFor(item.lang, lang),
    lead:
      lead === undefined
        ? undefined
        : { src: fileOf(lead)!, alt: texts?.alt, caption: texts?.caption, credit: texts?.credit },
    urls: isOwn && item.url !== undefined && URL.canParse(item.url) ? [new URL(item.url).pathname] : [],
    body: { format: 'html', text: html },
    note: isOwn ? undefined : [...(options.notes ?? []), ...notesOf(item)].map(oneLine).join('\n'),
  };
}

/** Slug of a story: the last part of its address, or its headline. */
function slugOf({ title, slugline, url }: WireItem, isOwn: boolean): string {
  const parts = isOwn && url !== undefined && URL.canParse(url) ? new URL(url).pathname.split('/') : [];
  return slugFrom(parts.findLast(Boolean) ?? '') || slugFrom(title || (slugline ?? '')) || 'story';
}

/** The later of two moments. */
const later = (until: string, created: string | undefined): string =>
  created !== undefined && hasOffset.test(until) && Date.parse(created) > Date.parse(until) ? created : until;

/** Without an offset, a moment is one of the site's time zone, and cannot be compared here. */
const hasOffset = /(?:Z|[+-]\d\d:\d\d)$/;

/** Byline of an agency's reporter, unless it only names the agency or an author of this site. */
function creditOf(
  { byline, provider, providerNames }: WireItem,
  { authors = [] }: WireStoryOptions,
): string | undefined {
  if (byline === undefined || authors.length > 0) return undefined;
  const plain = byline.replace(/^(?:by|von|par|por)\s+/i, '').toLowerCase();
  return [provider, ...providerNames].some(name => name.toLowerCase() === plain) ? undefined : byline;
}

/**
 * Language of a story, if it is another than that of the site. A story in `en-US` on a site in `en` is in the language of
 * the site.
 */
function languageFor(written: string | undefined, siteLang: string): string | undefined {
  const tag = written?.trim().replace(/_/g, '-');
  if (tag === undefined || !isLanguageTag(tag)) return undefined;
  const main = (text: string) => text.split('-', 1)[0]!.toLowerCase();
  return main(tag) === main(siteLang) ? undefined : tag;
}

/** Longest line of a comment, in characters. */
const lineLimit = 600;

/** A text on one line, so that it cannot end the comment. */
const oneLine = (text: string): string =>
  text
    .replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, lineLimit);

/** The line by which the newsroom's files are found again, also after they were renamed. */
export const guidLine = (guid: string): string => `Guid: ${oneLine(guid)}`;

/** Notes for editors about an item. */
function notesOf(item: WireItem): string[] {
  const { embargo } = item;
  const lines: [string, string | undefined][] = [
    ['Version', [item.version, item.created].filter(Boolean).join(', ') || undefined],
    ['Urgency', item.urgency === undefined ? undefined : `${item.urgency} (1 is the most urgent)`],
    [
      'Embargo',
      embargo &&
        (embargo === 'unknown'
          ? 'until further notice. Ask the agency before you publish'
          : `until ${embargo.until}`),
    ],
    ['Usage terms', item.usageTerms],
    ['Copyright', item.copyright],
    ['Expires', item.expires],
    ['Note to editors', item.edNote],
    ['Slugline', item.slugline],
    [
      'Subjects',
      item.subjects.map(({ names, codes }) => [codes[0], names[0]].filter(Boolean).join(' ')).join('; ') ||
        undefined,
    ],
  ];
  return [
    `From ${item.provider}`,
    guidLine(item.guid),
    ...lines.flatMap(([name, text]) => (text === undefined || text === '' ? [] : [`${name}: ${text}`])),
    ...item.pictures.flatMap(pictureNote),
  ];
}

function pictureNote(picture: WirePicture, index: number): string[] {
  const { copyright, usageTerms, expires } = picture;
  const parts = [
    copyright,
    usageTerms,
    expires === undefined ? undefined : `may be shown only until ${expires}; remove it from the story before`,
  ].filter(part => part !== undefined);
  return parts.length === 0 ? [] : [`Picture ${index + 1}: ${parts.join('; ')}`];
}
