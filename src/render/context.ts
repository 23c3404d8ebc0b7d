/** Input that all pages share. */
import type { ContentDocument } from '../article/model.ts';
import { countWords, plainText, readingMinutes } from '../article/text.ts';
import type { LocalText } from '../base/local-text.ts';
import { langOf, textIn } from '../base/local-text.ts';
import { type LocalSettings, type RenderSettings, settingsIn } from '../config/settings.ts';
import { menuPath } from '../site/menus.ts';
import type { AuthorProfile } from '../site/model.ts';
import type { PictureShape } from '../site/pictures.ts';
import { textPath } from '../site/text-edition.ts';
import { urlOf } from '../site/urls.ts';
import { createLocale, type Locale } from './locale.ts';
import type { Strings } from './strings.ts';
import type { StylePart } from './style-parts.ts';
import type { Templates } from './templates.ts';

/** Input of a page, with the texts of site.yaml and of the authors' files in the page's language. */
export interface RenderContext {
  config: LocalSettings;
  authors: ReadonlyMap<string, LocalAuthor>;
  /** Portraits of authors, by author id. */
  portraits: Record<string, PictureShape>;
  /** Paths of existing topic and author lists. A list exists only if it has a story. */
  listPaths: ReadonlySet<string>;
  /** Languages, except the site's own, that have stories and therefore a list at `/<lang>/`. */
  languages: readonly string[];
  templates: Templates;
  styles: PageStyles;
  /** Paths of scripts from the site's root, by kind of page. Kinds without their own script use `page`. */
  scriptPaths: Readonly<Record<string, string | undefined>>;
  /** Edition that this context renders. */
  edition: 'full' | 'text';
  /** Returns the URL of a page in this edition. */
  pageUrl: (path: string) => string;
  /** Returns the URL for an address in the site's menus, in this edition if it has that page. */
  menuUrl: (address: string) => string;
  /** Returns the locale of a language, which is created only once. */
  localeOf: (lang: string) => Locale;
  /** Returns the context for pages in another language, which is created only once. */
  inLanguage: (lang: string) => RenderContext;
  /** Caches values that many pages of this edition and language share. The same key must always compute the same value. */
  memo: Memo<string>;
  /**
   * Returns a document's plain text and its length. Keeps the last result, for consecutive calls with the
   * same document.
   */
  wordsOf: (document: ContentDocument<unknown>) => Words;
}

/** An author with name and role for readers of a language. `roleLang` is the language of the role. */
export interface LocalAuthor extends Omit<AuthorProfile, 'meta'> {
  meta: Omit<AuthorProfile['meta'], 'name' | 'role'>;
  role: string | undefined;
  roleLang: string;
}

/** Chooses an author's name and role for readers of a language. */
export function authorIn(
  { meta: { name, role, ...meta }, ...author }: AuthorProfile,
  lang: string,
): LocalAuthor {
  return {
    ...author,
    meta,
    title: textIn(name, lang, author.lang),
    role: role === undefined ? undefined : textIn(role, lang, author.lang),
    roleLang: langOf(role ?? '', lang, author.lang),
  };
}

/** Computes a value on the first call with a key, and returns the same value on later calls. */
type Memo<Key> = <Value>(key: Key, compute: () => Value) => Value;

/** References to the style sheet, for pages. */
export interface PageStyles {
  /** Path of the hashed style sheet, from the site's root. */
  path: string;
  /** Style sheets to inline; undefined if pages link to the file. */
  inline: InlineStyles | undefined;
  /** URLs of the web fonts that every page needs, by script (ISO 15924). */
  faces: Record<string, string[]>;
}

/** Inline style sheets for stories, for lists, and for all other pages. */
export interface InlineStyles {
  story: string;
  lists: string;
  other: string;
  /** Parts that only some stories need, by name. */
  parts: Partial<Record<StylePart, string>>;
}

/** A document's plain text, with its length in words and its reading time in minutes. */
export interface Words {
  text: string;
  count: number;
  readingMinutes: number;
}

/** Input of `createRenderContext`, as plain data that can be sent to a worker. */
export interface ContextInput {
  config: RenderSettings<LocalText>;
  authors: readonly AuthorProfile[];
  portraits: Record<string, PictureShape>;
  listPaths: readonly string[];
  languages: readonly string[];
  strings: Strings;
  styles: PageStyles;
  scriptPaths: Readonly<Record<string, string>>;
}

/**
 * Input of `createTextContext`: the path of the text edition's style sheet, and the paths in menus whose pages
 * have a text edition.
 */
export interface TextEditionInput {
  stylesPath: string;
  menu: readonly string[];
}

/** Creates the context of the full edition, for pages in the site's language. */
export function createRenderContext(
  { config, authors, portraits, listPaths, languages, strings, styles, scriptPaths }: ContextInput,
  templates: Templates,
): RenderContext {
  const locales = new Map<string, Locale>();
  let last: { document: object; words: Words } | undefined;
  const shared: Omit<RenderContext, 'config' | 'authors' | 'memo' | 'inLanguage'> = {
    portraits,
    listPaths: new Set(listPaths),
    languages,
    templates,
    styles,
    scriptPaths,
    edition: 'full',
    pageUrl: path => urlOf(path, config),
    menuUrl: address => menuAddress(address, path => urlOf(path, config)),
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
  const inLanguage = once(lang => ({
    ...shared,
    config: settingsIn(config, lang),
    authors: new Map(authors.map(author => [author.id, authorIn(author, lang)])),
    memo: createMemo(),
    inLanguage,
  }));
  return inLanguage(config.lang);
}

/** Creates each language's context on first use. */
function once(create: (lang: string) => RenderContext): (lang: string) => RenderContext {
  const contexts = new Map<string, RenderContext>();
  return lang => {
    const context = contexts.get(lang) ?? create(lang);
    contexts.set(lang, context);
    return context;
  };
}

/**
 * Returns the URL to print for an address in a menu. The address is a web address, or a path of this site
 * that may have a query or a fragment.
 */
function menuAddress(address: string, urlOfPath: (path: string) => string): string {
  if (!address.startsWith('/')) return address;
  const path = menuPath(address);
  return urlOfPath(path) + encodeURI(address.slice(path.length));
}

/** Creates the context of the text edition, which shares locales and word counts with the full edition. */
export function createTextContext(
  full: RenderContext,
  { stylesPath, menu }: TextEditionInput,
): RenderContext {
  const { config, menuUrl } = full;
  const pageUrl = (path: string) => urlOf(textPath(path), config);
  const inLanguage = once(lang => ({
    ...full.inLanguage(lang),
    edition: 'text',
    styles: { path: stylesPath, inline: undefined, faces: {} },
    pageUrl,
    memo: createMemo(),
    menuUrl: address => (menu.includes(menuPath(address)) ? menuAddress(address, pageUrl) : menuUrl(address)),
    inLanguage,
  }));
  return inLanguage(config.lang);
}

/**
 * Maximum number of values in a `Memo`. Values are mostly shared by neighbouring pages, and keeping those of
 * all pages of a large site would use too much memory.
 */
const memoLimit = 5_000;

/** Creates a `Memo` that is cleared when it reaches `memoLimit` values. */
export function createMemo<Key>(): Memo<Key> {
  const known = new Map<Key, unknown>();
  return <Value>(key: Key, compute: () => Value) => {
    if (known.has(key)) return known.get(key) as Value;
    const value = compute();
    if (known.size >= memoLimit) known.clear();
    known.set(key, value);
    return value;
  };
}
