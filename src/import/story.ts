/** Converts one story to the Markdown file of a site, and compares their words. A pure function of its arguments. */
import { posix } from 'node:path';
import type { Root } from 'hast';
import type { Nodes } from 'mdast';
import { stringify } from 'yaml';
import { createMarkdownParser } from '../article/markdown.ts';
import { parseArticle, parsePage } from '../article/parse.ts';
import { walk } from '../article/walk.ts';
import { createTimeZone, type TimeZone } from '../base/dates.ts';
import { addressPath } from './addresses.ts';
import { readBody, wordsIn } from './bodies.ts';
import { readMoment } from './dates.ts';
import type { Finding, FindingKind, FoundMedia, HtmlContext } from './html/context.ts';
import { convertHtml, parseHtml } from './html/convert.ts';
import { attribute, element, findAll, plainOf, textNode } from './html/tree.ts';
import {
  type Beside,
  findMedia,
  inlinePicture,
  type MediaFile,
  type MediaSources,
  originalOf,
} from './media.ts';
import type { ImportedBody, ImportedMedia, ImportedPicture, ImportedStory } from './model.ts';
import { findIn, type Table } from './table.ts';
import type { TagMapping } from './tags/built-in.ts';
import type { TagUse } from './tags/mapping.ts';
import { compareWords, type WordDifference } from './words.ts';

/** Inputs that the conversion of all stories shares. Each worker receives it once. */
export interface StoryContext {
  lang: string;
  timeZone: string;
  media: MediaSources;
  /** The media library: items as JSON by id, and ids by address. */
  library: Table;
  libraryByAddress: Table;
  /** Ids of the pictures that were uploaded to a story, separated by spaces, by the story's id. */
  attached: Table;
  snippets: Readonly<Record<string, ImportedBody>>;
  mapping: TagMapping;
  keepUnknown: boolean;
  /** Addresses of the old site: `https://old.example`. */
  origins: readonly string[];
  /** New places by old address: `content/…/x.md`, or an address such as `/politics/`. */
  places: Table;
  /** Absolute path of the folder that sources are relative to; undefined for a single file. */
  sourceRoot: string | undefined;
}

/** The context with what a thread derives from it once. */
export interface PreparedContext extends StoryContext {
  zone: TimeZone;
  pictures: ReturnType<typeof createLibrary>;
  /** Hosts of the old site, without `www.`. */
  hosts: ReadonlySet<string>;
}

/** Prepares the context of many stories. */
export const prepareContext = (context: StoryContext): PreparedContext => ({
  ...context,
  zone: createTimeZone(context.timeZone),
  pictures: createLibrary(context),
  hosts: new Set(context.origins.map(origin => hostOf(new URL(origin)))),
});

/** One story with everything that the plan decided about it. */
export interface StoryTask {
  story: ImportedStory;
  /** Path of the file to write, relative to the new site's root. */
  path: string;
  desk: string | undefined;
  topics: readonly string[];
  authors: readonly string[];
  aliases: readonly string[];
  /** Value of the key `slug`, if the file's name is not the slug. */
  slug: string | undefined;
  /** Path of the original of a translation. */
  translationOf: string | undefined;
  /** Moment to write if the source gives none: RFC 3339. */
  fallbackDate: string;
  /** Whether the story becomes a draft. */
  isDraft: boolean;
}

/** A converted story. */
export interface StoryResult {
  id: string;
  path: string;
  text: string;
  files: MediaFile[];
  difference: WordDifference;
  findings: Finding[];
  tags: TagUse[];
  /** Addresses of pictures and recordings without a file. */
  missing: string[];
  counts: { pictures: number; picturesKept: number; credits: number; creditsKept: number };
  /** Text of the source, for the report. */
  sourceText: string;
}

/** Converts a story. @throws RangeError if its body is nested too deeply */
export function convertStory(task: StoryTask, context: PreparedContext): StoryResult {
  const { story } = task;
  const lang = story.lang ?? context.lang;
  const findings: Finding[] = [];
  const tags: TagUse[] = [];
  const files = new Map<string, MediaFile>();
  const notes = { replaced: [] as string[], source: [] as string[], credits: 0 };
  const { pictures: library, zone: timeZone } = context;
  const beside = besideOf(story, context);
  const absolute = (src: string): string =>
    context.origins[0] !== undefined && URL.canParse(src, context.origins[0] + (story.urls[0] ?? '/'))
      ? new URL(src, context.origins[0] + (story.urls[0] ?? '/')).href
      : src;
  const media = (src: string): FoundMedia | undefined => {
    const file = src.startsWith('data:')
      ? inlinePicture(src)
      : (findMedia(src, context.media, beside) ?? findMedia(absolute(src), context.media, beside));
    if (!file) return undefined;
    files.set(file.to, file);
    const own = library.at(src);
    return {
      address: addressFrom(task.path, file.to),
      alt: own?.alt,
      caption: own?.caption,
      credit: own?.credit,
    };
  };
  const tree = readBody(story.body, {
    mapping: context.mapping,
    keepUnknown: context.keepUnknown,
    onTag: use => tags.push(use),
    onWords: words => notes.source.push(words),
    picture: library.withId,
    attached: findIn(context.attached, story.id)?.split(' ') ?? [],
    snippet: id => (Object.hasOwn(context.snippets, id) ? context.snippets[id] : undefined),
  });
  const unshown = addLead(tree, story, library, media, context);
  notes.source.push(...unshown);
  const missing = new Set<string>();
  const html: HtmlContext = {
    lang,
    title: story.title,
    media,
    absolute,
    link: href => linkTo(href, task, context, media, (kind, example) => findings.push({ kind, example })),
    report: (kind, example) => {
      if (kind === 'media-missing') missing.add(absolute(example));
      findings.push({ kind, example: example.slice(0, 300) });
    },
    replaced: words => notes.replaced.push(words),
    credited: () => notes.credits++,
    inherited: words => notes.source.push(words),
  };
  const title = plainOf(parseHtml(story.title)) || story.slug;
  const pictures = findAll(tree, node => node.tagName === 'img');
  const bodyWords = wordsIn(tree);
  const { markdown, corrections } = convertHtml(tree, { ...html, title });
  const dates = [story.published, story.updated, story.expires, ...corrections.map(({ date }) => date)];
  const meta = frontMatter(
    { ...task, title, lang, corrections: readCorrections(task, corrections, timeZone), timeZone },
    context,
  );
  for (const date of dates)
    if (date !== undefined && readMoment(date, timeZone) === undefined)
      findings.push({ kind: 'date', example: date.slice(0, 100) });
  const text = `---\n${note(story.note)}${stringify(meta, { lineWidth: 0 })}---\n\n${markdown}`;
  const sourceText = [...metaWords(story), bodyWords, ...notes.source].join('\n');
  const result = resultOf(text, task, context);
  return {
    id: story.id,
    path: task.path,
    text,
    files: [...files.values()],
    difference: compareWords(sourceText, result.words, notes.replaced.join(' ')),
    findings,
    tags,
    missing: [...missing],
    counts: {
      pictures: pictures.length,
      picturesKept: result.pictures,
      credits: notes.credits,
      creditsKept: result.credits,
    },
    sourceText,
  };
}

const note = (text: string | undefined): string =>
  text === undefined
    ? ''
    : `${text
        .split('\n')
        .map(line => `# ${line}`)
        .join('\n')}\n`;

/** Texts outside the body that readers saw. */
const metaWords = ({
  title,
  standfirst,
  kicker,
  dateline,
  seoTitle,
  seoDescription,
  corrections = [],
}: ImportedStory): string[] =>
  [
    title,
    standfirst,
    kicker,
    dateline,
    seoTitle,
    seoDescription,
    ...corrections.map(({ text }) => text),
  ].flatMap(text => (text === undefined ? [] : [wordsIn(parseHtml(text))]));

/** The library of pictures, by id and by address. */
function createLibrary({ library, libraryByAddress }: StoryContext) {
  const withId = (id: string): ImportedMedia | undefined => {
    const json = findIn(library, id);
    return json === undefined ? undefined : (JSON.parse(json) as ImportedMedia);
  };
  return {
    withId,
    at(src: string) {
      const id = findIn(libraryByAddress, libraryKey(originalOf(src)));
      return id === undefined ? undefined : withId(id);
    },
  };
}

/** Address of a file without scheme, query and fragment. */
export const libraryKey = (src: string): string => src.replace(/[?#].*$/s, '').replace(/^https?:/i, '');

function besideOf({ place }: ImportedStory, { sourceRoot }: StoryContext): Beside | undefined {
  if (sourceRoot === undefined) return undefined;
  const file = posix.join(sourceRoot, place.file);
  // Hexo keeps the files of a story in a folder with its name.
  return { folders: [posix.dirname(file), file.replace(/\.\w+$/, '')], root: sourceRoot };
}

/** Address of a file, relative to the file at `path`. */
function addressFrom(path: string, to: string): string {
  const relative = posix.relative(posix.dirname(path), to);
  return encodeURI(relative).replace(/[()#?]/g, character => `%${character.charCodeAt(0).toString(16)}`);
}

/**
 * Puts the picture above a story at the beginning of its text, unless the text shows it too.
 * @returns words of the picture that are not shown
 */
function addLead(
  tree: Root,
  { lead }: ImportedStory,
  library: ReturnType<typeof createLibrary>,
  media: (src: string) => FoundMedia | undefined,
  { origins }: StoryContext,
): string[] {
  const picture: ImportedPicture | undefined =
    lead && 'id' in lead ? library.withId(lead.id) : (lead as ImportedPicture | undefined);
  if (!picture || picture.src === '') return [];
  const keyOf = (src: string) => media(src)?.address ?? src;
  const own = keyOf(picture.src);
  const shown = findAll(tree, node => node.tagName === 'img').some(
    node => keyOf(attribute(node, 'src') ?? '') === own,
  );
  const { caption, credit } = picture;
  // The library knows the caption and the credit of a picture wherever it is shown.
  if (shown) return 'id' in picture ? [] : [caption ?? '', credit ?? ''];
  const texts = [
    ...(caption ? [textNode(`${caption} `)] : []),
    ...(credit ? [element('span', { className: ['credit'] }, [textNode(credit)])] : []),
  ];
  const absolute =
    !/^(?:[a-z]+:|\/\/)/i.test(picture.src) && picture.src.startsWith('/') && origins[0]
      ? origins[0] + picture.src
      : picture.src;
  const src = media(picture.src) ? picture.src : absolute;
  tree.children.unshift(
    element('figure', {}, [
      element('img', { src, ...(picture.alt && { alt: picture.alt }) }),
      ...(texts.length > 0 ? [element('figcaption', {}, texts)] : []),
    ]),
  );
  return [];
}

/** Translates a link: to a file of the new site, to a file beside the story, or to where it led. */
function linkTo(
  href: string,
  { story, path }: StoryTask,
  { origins, hosts, places }: PreparedContext,
  media: (src: string) => FoundMedia | undefined,
  report: (kind: FindingKind, example: string) => void,
): string | undefined {
  if (/^(?:mailto|tel):/i.test(href)) return href;
  const isAbsolute = /^[a-z][a-z\d+.-]*:|^\/\//i.test(href);
  const linked = isAbsolute ? undefined : linkedFile(href, story, places);
  if (linked !== undefined) return linked === path ? undefined : addressFrom(path, linked);
  const base = (origins[0] ?? 'https://unknown.invalid') + (story.urls[0] ?? '/');
  const absolute = URL.canParse(href, base) ? new URL(href, base) : undefined;
  if (!absolute) {
    report('link-relative', href.slice(0, 120));
    return undefined;
  }
  if (isAbsolute && !hosts.has(hostOf(absolute))) return safeHref(absolute);
  const { pathname, search } = absolute;
  const target = placeOf(addressPath(pathname + search) ?? '', places);
  if (target !== undefined) {
    if (!target.startsWith('content/')) return target;
    return target === path ? undefined : addressFrom(path, target);
  }
  const file = /\.\w{2,5}$/.test(pathname)
    ? (media(isAbsolute ? pathname : href) ?? media(pathname))
    : undefined;
  if (file) {
    // Drawings can contain scripts, so Broadsheet publishes no copy to which a link could lead.
    if (!/\.svg$/i.test(file.address)) return file.address;
    report('picture-link', href);
    return undefined;
  }
  if (origins.length === 0 && !isAbsolute) {
    report('link-relative', href.slice(0, 120));
    return undefined;
  }
  return safeHref(absolute);
}

const hostOf = ({ host }: URL): string => host.replace(/^www\./, '');

/** Broadsheet reports backslashes in addresses, because browsers read them in different ways. */
const safeHref = ({ href, protocol }: URL): string | undefined =>
  /^https?:$/.test(protocol) ? href.replaceAll('\\', '%5C') : undefined;

/** New file of a source file to which a link leads, such as `../other.md`, `@/blog/x.md` or `{filename}x.md`. */
function linkedFile(
  href: string,
  { place }: ImportedStory,
  places: StoryContext['places'],
): string | undefined {
  if (/^[a-z][a-z\d+.-]*:|^\/\//i.test(href)) return undefined;
  const plain = href
    .replace(/[#?].*$/s, '')
    .replace(/^(?:@\/|(?:\{|%7B)(?:filename|static|attach)(?:\}|%7D)\/?)/i, '');
  if (!/\.(?:md|mdx|markdown|rst|x?html?)$/i.test(plain) && !/^[\w-]+(?:\/[\w-]+)*$/.test(plain))
    return undefined;
  const names = [
    posix.join(posix.dirname(place.file), plain),
    plain.replace(/^\//, ''),
    ...['content', 'source', 'src/content'].map(folder => posix.join(folder, plain)),
  ];
  const keys = names.flatMap(name => [name, `${name}.md`, `${name}/index.md`]);
  const last = posix.basename(plain);
  for (const key of [...keys, last, `${last}.md`]) {
    const place = findIn(places, `source:${key}`);
    if (place !== undefined) return place;
  }
  return undefined;
}

/** Whether an address is on a host, with or without `www.` */
export const sameHost = (origin: string, url: URL): boolean =>
  URL.canParse(origin) && new URL(origin).host.replace(/^www\./, '') === url.host.replace(/^www\./, '');

/** New place of an old address, with or without a slash at its end. */
export function placeOf(address: string, places: Table): string | undefined {
  const plain = address.replace(/#.*$/s, '');
  for (const key of new Set([plain, `${plain}/`, plain.replace(/\/$/, ''), plain.replace(/\?.*$/s, '')])) {
    const place = key === '' ? undefined : findIn(places, key);
    if (place !== undefined) return place;
  }
  return undefined;
}

function readCorrections(
  { story, fallbackDate }: StoryTask,
  found: readonly { date: string | undefined; text: string }[],
  timeZone: TimeZone,
): { date: string; text: string }[] {
  return [...(story.corrections ?? []), ...found].map(({ date, text }) => ({
    date:
      readMoment(date, timeZone) ?? readMoment(story.updated ?? story.published, timeZone) ?? fallbackDate,
    text: plainOf(parseHtml(text)),
  }));
}

interface MetaInput extends StoryTask {
  title: string;
  lang: string;
  corrections: { date: string; text: string }[];
  timeZone: TimeZone;
}

function frontMatter(input: MetaInput, { lang: siteLang }: StoryContext): Record<string, unknown> {
  const {
    story,
    title,
    lang,
    timeZone,
    desk,
    topics,
    authors,
    aliases,
    slug,
    path,
    translationOf,
    isDraft,
    corrections,
  } = input;
  const plain = (html: string | undefined) =>
    html === undefined ? undefined : plainOf(parseHtml(html)) || undefined;
  const dated = (date: string | undefined) => readMoment(date, timeZone);
  const common = {
    ...(lang !== siteLang && { lang }),
    ...(slug !== undefined && { slug }),
    ...(aliases.length > 0 && { aliases: [...aliases] }),
  };
  if (story.kind === 'page') {
    const description = plain(story.seoDescription ?? story.standfirst);
    return { title, ...(description && { description }), ...common };
  }
  const published = dated(story.published) ?? dated(story.updated) ?? input.fallbackDate;
  const updated = dated(story.updated);
  const isUpdated = updated !== undefined && Date.parse(updated) - Date.parse(published) > 60_000;
  const optional = {
    standfirst: plain(story.standfirst),
    kicker: plain(story.kicker),
    dateline: plain(story.dateline),
    seoTitle: plain(story.seoTitle),
    seoDescription: plain(story.seoDescription),
  };
  const { type, prominence, people = [], sources = [] } = story;
  return {
    ...(type !== undefined && type !== 'news' && { type }),
    title,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
    published,
    ...(isUpdated && { updated }),
    ...(story.expires !== undefined &&
      dated(story.expires) !== undefined && { expires: dated(story.expires) }),
    desk,
    ...(topics.length > 0 && { topics: [...topics] }),
    ...(authors.length > 0 && { authors: [...authors] }),
    ...(people.length > 0 && { people: [...people] }),
    ...(sources.length > 0 && {
      sources: sources.map(({ name, url, note, firstReport }) => ({
        name,
        ...(url !== undefined && { url }),
        ...(note !== undefined && { note }),
        ...(firstReport && { firstReport }),
      })),
    }),
    ...(corrections.length > 0 && { corrections }),
    ...(prominence !== undefined && { prominence }),
    ...(translationOf !== undefined && { translationOf: posix.relative(posix.dirname(path), translationOf) }),
    ...(isDraft && { draft: true }),
    ...common,
  };
}

/** Reads the written file as a build does, and extracts its words, pictures and credits. */
function resultOf(text: string, { path, story }: StoryTask, { lang, zone }: PreparedContext) {
  const settings = { lang, timeZone: zone, typography: false, markdown };
  const source = { path, bytes: new TextEncoder().encode(text) };
  const parse = story.kind === 'page' ? parsePage : parseArticle;
  const { document } = parse(source, settings, () => ({ problem: 'absent' }));
  const words: string[] = [];
  let [pictures, credits] = [0, 0];
  const meta: unknown = document?.meta;
  collectTexts(meta, words);
  if (document)
    walk(document.body, node => {
      words.push(...textsOf(node));
      if (node.type === 'figure') {
        if (node.kind === 'image') pictures++;
        if (node.credit !== undefined) credits++;
      } else if (node.type === 'image') pictures++;
    });
  return { words: words.join(''), pictures, credits };
}

const markdown = createMarkdownParser('satteri');
const textKeys = /^(?:title|standfirst|kicker|dateline|seoTitle|seoDescription|description|text|name)$/;

function collectTexts(value: unknown, words: string[], key = ''): void {
  if (typeof value === 'string') {
    if (textKeys.test(key)) words.push(` ${value} `);
  } else if (typeof value === 'object' && value !== null)
    for (const [name, inner] of Object.entries(value))
      collectTexts(inner, words, /^\d+$/.test(name) ? key : name);
}

/** Texts of one node, with spaces where words end. */
function textsOf(node: Nodes): string[] {
  switch (node.type) {
    case 'text':
    case 'inlineCode':
      return [node.value];
    case 'code':
      return [` ${node.value} `];
    case 'image':
      return [` ${node.alt ?? ''} `];
    case 'figure':
      return [node.caption, node.credit, node.kind === 'image' ? node.alt : undefined].map(
        part => ` ${part ?? ''} `,
      );
    case 'quote':
      return [` ${node.speaker} ${node.role ?? ''} ${node.sourceTitle ?? ''} `];
    case 'callout':
      return [` ${node.title ?? ''} `];
    case 'emphasis':
    case 'strong':
    case 'delete':
    case 'link':
    case 'htmlElement':
      return node.type === 'htmlElement' &&
        !/^(?:abbr|b|del|dfn|em|i|ins|kbd|mark|s|samp|small|span|strong|sub|sup|time|u|var|a)$/.test(
          node.tagName,
        )
        ? [' ']
        : [];
    default:
      return [' '];
  }
}
