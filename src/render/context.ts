/** What every page is rendered with, whatever it is. */
import type { ContentDocument } from '../article/model.ts';
import { countWords, plainText, readingMinutes } from '../article/text.ts';
import type { RenderSettings } from '../config/settings.ts';
import type { AuthorProfile } from '../site/model.ts';
import type { PictureShape } from '../site/pictures.ts';
import { textPath } from '../site/text-edition.ts';
import { urlOf } from '../site/urls.ts';
import { createLocale, type Locale } from './locale.ts';
import type { Strings } from './strings.ts';
import type { Templates } from './templates.ts';

export interface RenderContext {
  config: RenderSettings;
  authors: ReadonlyMap<string, AuthorProfile>;
  /** Of authors, by their id. */
  portraits: Record<string, PictureShape>;
  /** Paths of the topics' and authors' lists that there are: one without a story has none. */
  listPaths: ReadonlySet<string>;
  /** Languages other than the site's that have stories, and so a list at `/<lang>/`. */
  languages: readonly string[];
  templates: Templates;
  styles: PageStyles;
  /** Paths of scripts from the site's root, by the kind of page that each is for; `page` is for all others. */
  scriptPaths: Readonly<Record<string, string | undefined>>;
  /** Which of each page's two forms is made. */
  edition: 'full' | 'text';
  /** URL of a page in this edition. */
  pageUrl: (path: string) => string;
  /** URL of what an address of the site's menus leads to, in this edition where that has it. */
  menuUrl: (address: string) => string;
  /** The locale of a language, made once. */
  localeOf: (lang: string) => Locale;
  /** Remembers what many pages of this edition share. The same key must always be made in the same way. */
  memo: Memo<string>;
  /** A document's plain text and its length, derived once for all that is made of it in turn. */
  wordsOf: (document: ContentDocument<unknown>) => Words;
}

/** Makes a value at the first request for its key, and returns the same one later. */
type Memo<Key> = <Made>(key: Key, make: () => Made) => Made;

/** What the pages need of the style sheet. */
export interface PageStyles {
  /** Path of the hashed style sheet from the site's root. */
  path: string;
  /** What is in it, where pages bring it along. */
  inline: InlineStyles | undefined;
  /** By the script of a page, ISO 15924: the URL of the typeface of its text. */
  faces: Record<string, string>;
}

/** For a story's page, and for the others. */
export interface InlineStyles {
  story: string;
  other: string;
}

export interface Words {
  text: string;
  count: number;
  readingMinutes: number;
}

/** What a context is made from: plain data, so that a worker can be given it. */
export interface ContextInput {
  config: RenderSettings;
  authors: readonly AuthorProfile[];
  portraits: Record<string, PictureShape>;
  listPaths: readonly string[];
  languages: readonly string[];
  strings: Strings;
  styles: PageStyles;
  scriptPaths: Readonly<Record<string, string>>;
}

/** What the text edition is made with besides: its style sheet, and what of the menus has a page in it. */
export interface TextEditionInput {
  stylesPath: string;
  menu: readonly string[];
}

export function createRenderContext(
  { config, authors, portraits, listPaths, languages, strings, styles, scriptPaths }: ContextInput,
  templates: Templates,
): RenderContext {
  const locales = new Map<string, Locale>();
  let last: { document: object; words: Words } | undefined;
  return {
    config,
    authors: new Map(authors.map(author => [author.id, author])),
    portraits,
    listPaths: new Set(listPaths),
    languages,
    templates,
    styles,
    scriptPaths,
    edition: 'full',
    pageUrl: path => urlOf(path, config),
    menuUrl: address => (address.startsWith('/') ? urlOf(address, config) : address),
    memo: createMemo(),
    localeOf(lang) {
      const locale = locales.get(lang) ?? createLocale(lang, config.timeZone, strings);
      locales.set(lang, locale);
      return locale;
    },
    wordsOf(document) {
      if (last?.document !== document) {
        const text = plainText(document.body);
        const count = countWords(text, document.lang);
        last = { document, words: { text, count, readingMinutes: readingMinutes(count) } };
      }
      return last.words;
    },
  };
}

/** The same for the text edition; the two share what they find out. */
export function createTextContext(
  full: RenderContext,
  { stylesPath, menu }: TextEditionInput,
): RenderContext {
  const { config, menuUrl } = full;
  const pageUrl = (path: string) => urlOf(textPath(path), config);
  return {
    ...full,
    edition: 'text',
    styles: { path: stylesPath, inline: undefined, faces: {} },
    pageUrl,
    memo: createMemo(),
    menuUrl: address => (menu.includes(address) ? pageUrl(address) : menuUrl(address)),
  };
}

/** How many values a `Memo` holds. Neighbouring pages share them, and the values of all pages of a large site would take too much memory. */
const thingsKept = 5_000;

/** Makes a `Memo` that forgets everything when it holds `thingsKept` values. */
export function createMemo<Key>(): Memo<Key> {
  const known = new Map<Key, unknown>();
  return <Made>(key: Key, make: () => Made) => {
    if (known.has(key)) return known.get(key) as Made;
    const made = make();
    if (known.size >= thingsKept) known.clear();
    known.set(key, made);
    return made;
  };
}
