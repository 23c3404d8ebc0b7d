/** One source file to all that the site and its pages need of it: a pure function, the same in a worker, inline and on another machine. */
import type { ReadBeside } from '../article/data-file.ts';
import { createMarkdownParser } from '../article/markdown.ts';
import type { ArticleMeta, AuthorMeta, ContentDocument, PageMeta, SourceFile } from '../article/model.ts';
import { type ParseSettings, parseArticle, parseAuthor, parsePage } from '../article/parse.ts';
import { outgoingLinks, textBlocks } from '../article/text.ts';
import { createTimeZone } from '../base/dates.ts';
import type { Diagnostic } from '../base/diagnostics.ts';
import { hashOf } from '../base/hash.ts';
import { checkDocument } from '../check/rules.ts';
import type { Config } from '../config/config.ts';
import { articleEntry, authorEntry, pageEntry } from '../site/collect.ts';
import type { Entry, FlawedEntry } from '../site/model.ts';

export interface Compiled {
  entry: Entry | FlawedEntry;
  /** The structured document; absent when the file cannot be read. */
  document: ContentDocument<unknown> | undefined;
  /** Hash of what the search index has of an article's text, where there is one. */
  textHash: string | undefined;
  diagnostics: Diagnostic[];
}

/** `read` gives the files that the source names as its data. */
export type CompileSource = (source: SourceFile, read: ReadBeside) => Compiled;

export function createCompiler(config: Config): CompileSource {
  const settings: ParseSettings = {
    lang: config.lang,
    timeZone: createTimeZone(config.timeZone),
    typography: config.typography,
    markdown: createMarkdownParser(config.parser),
  };
  return (source, read) => {
    if (source.path.startsWith('content/articles/')) {
      const { document, placeOf, diagnostics } = parseArticle(source, settings, read);
      const found = document ? checkDocument(document, placeOf) : [];
      const entry = entryOf<ArticleMeta>(source.path, document, own => articleEntry(own, config));
      const textHash =
        config.outputs.search && document ? hashOf(JSON.stringify(textBlocks(document.body))) : undefined;
      return { entry, document, textHash, diagnostics: [...diagnostics, ...found] };
    }
    if (source.path.startsWith('content/pages/')) {
      const { document, placeOf, diagnostics } = parsePage(source, settings, read);
      const found = document ? checkDocument({ ...document, meta: undefined }, placeOf) : [];
      const entry = entryOf<PageMeta>(source.path, document, pageEntry);
      return { entry, document, textHash: undefined, diagnostics: [...diagnostics, ...found] };
    }
    const { document, placeOf, diagnostics } = parseAuthor(source, settings, read);
    const found = document ? checkDocument({ ...document, meta: undefined }, placeOf) : [];
    const entry = entryOf<AuthorMeta>(source.path, document, own => authorEntry(own, placeOf));
    return { entry, document, textHash: undefined, diagnostics: [...diagnostics, ...found] };
  };
}

function entryOf<Meta>(
  source: string,
  document: ContentDocument<Meta | undefined> | undefined,
  make: (document: ContentDocument<Meta>) => Entry,
): Entry | FlawedEntry {
  if (!document) return flawedEntry(source);
  return hasMeta(document) ? make(document) : flawedEntry(source, document);
}

/** Of a file that is there, though no page can be made of it. */
export const flawedEntry = (source: string, document?: ContentDocument<unknown>): FlawedEntry => ({
  kind: 'flawed',
  source,
  path: '',
  links: document ? outgoingLinks(document.body) : [],
});

function hasMeta<Meta>(document: ContentDocument<Meta | undefined>): document is ContentDocument<Meta> {
  return document.meta !== undefined;
}
