/** What every page is rendered with, whatever it is. */
import type { ContentDocument } from '../article/model.ts';
import { countWords, plainText, readingMinutes } from '../article/text.ts';
import type { Config } from '../config.ts';
import type { AuthorEntry } from '../site/model.ts';
import { createLocale, type Locale } from './locale.ts';
import type { Strings } from './strings.ts';
import type { Templates } from './templates.ts';

export interface RenderContext {
  config: Config;
  authors: ReadonlyMap<string, AuthorEntry>;
  /** Paths of the topics' and authors' lists that there are: one without a story has none. */
  listPaths: ReadonlySet<string>;
  /** Languages other than the site's that have stories, and so a list at `/<lang>/`. */
  languages: readonly string[];
  templates: Templates;
  /** Path of the hashed style sheet from the site's root. */
  stylesPath: string;
  /** The locale of a language, made once. */
  localeOf: (lang: string) => Locale;
  /** A document's plain text and its length, derived once for all that is made of it. */
  wordsOf: (document: ContentDocument<unknown>) => Words;
}

export interface Words {
  text: string;
  count: number;
  readingMinutes: number;
}

/** What a context is made from: plain data, so that a worker can be given it. */
export interface ContextInput {
  config: Config;
  authors: readonly AuthorEntry[];
  listPaths: readonly string[];
  languages: readonly string[];
  strings: Strings;
  stylesPath: string;
}

export function createRenderContext(
  { config, authors, listPaths, languages, strings, stylesPath }: ContextInput,
  templates: Templates,
): RenderContext {
  const locales = new Map<string, Locale>();
  const words = new WeakMap<object, Words>();
  return {
    config,
    authors: new Map(authors.map(author => [author.id, author])),
    listPaths: new Set(listPaths),
    languages,
    templates,
    stylesPath,
    localeOf(lang) {
      const locale = locales.get(lang) ?? createLocale(lang, config.timeZone, strings);
      locales.set(lang, locale);
      return locale;
    },
    wordsOf(document) {
      const known = words.get(document);
      if (known) return known;
      const text = plainText(document.body);
      const count = countWords(text, document.lang);
      const made = { text, count, readingMinutes: readingMinutes(count) };
      words.set(document, made);
      return made;
    },
  };
}
