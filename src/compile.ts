/** One source file to all that the site and its pages need of it: a pure function, the same in a worker, inline and on another machine. */
import type { ReadBeside } from './article/beside.ts';
import { createMarkdownParser } from './article/markdown.ts';
import type { ArticleMeta, AuthorMeta, ContentDocument, PageMeta, SourceFile } from './article/model.ts';
import { type ParseSettings, parseArticle, parseAuthor, parsePage } from './article/parse.ts';
import { checkDocument } from './check/rules.ts';
import type { Config } from './config.ts';
import type { Diagnostic } from './diagnostics.ts';
import { articleEntry, authorEntry, pageEntry } from './site/collect.ts';
import type { Entry } from './site/model.ts';

export interface Compiled {
  /** Absent when the front matter is wrong. */
  entry: Entry | undefined;
  /** The structured document; absent when the file cannot be read. */
  document: ContentDocument<unknown> | undefined;
  diagnostics: Diagnostic[];
}

/** `read` gives the files that the source names as its data. */
export type CompileSource = (source: SourceFile, read: ReadBeside) => Compiled;

export function createCompiler(config: Config): CompileSource {
  const settings: ParseSettings = {
    lang: config.lang,
    timeZone: config.timeZone,
    typography: config.typography,
    markdown: createMarkdownParser(config.parser),
  };
  return (source, read) => {
    if (source.path.startsWith('content/articles/')) {
      const { document, placeOf, diagnostics } = parseArticle(source, settings, read);
      const found = document ? checkDocument(document, placeOf) : [];
      const entry = document && hasMeta<ArticleMeta>(document) ? articleEntry(document, config) : undefined;
      return { entry, document, diagnostics: [...diagnostics, ...found] };
    }
    if (source.path.startsWith('content/pages/')) {
      const { document, placeOf, diagnostics } = parsePage(source, settings, read);
      const found = document ? checkDocument({ ...document, meta: undefined }, placeOf) : [];
      const entry = document && hasMeta<PageMeta>(document) ? pageEntry(document) : undefined;
      return { entry, document, diagnostics: [...diagnostics, ...found] };
    }
    const { document, placeOf, diagnostics } = parseAuthor(source, settings, read);
    const found = document ? checkDocument({ ...document, meta: undefined }, placeOf) : [];
    const entry = document && hasMeta<AuthorMeta>(document) ? authorEntry(document, placeOf) : undefined;
    return { entry, document, diagnostics: [...diagnostics, ...found] };
  };
}

function hasMeta<Meta>(document: ContentDocument<Meta | undefined>): document is ContentDocument<Meta> {
  return document.meta !== undefined;
}
