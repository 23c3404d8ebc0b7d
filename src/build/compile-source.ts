/** Compiles one source. The result is the same in a worker, on the main thread and on another machine. */
import type { ReadBeside } from '../article/data-file.ts';
import { createMarkdownParser } from '../article/markdown.ts';
import type { ContentDocument, SourceFile } from '../article/model.ts';
import { type Parsed, type ParseSettings, parseArticle, parseAuthor, parsePage } from '../article/parse.ts';
import { outgoingLinks, textBlocks } from '../article/text.ts';
import { createTimeZone } from '../base/dates.ts';
import type { Diagnostic } from '../base/diagnostics.ts';
import { hashOf } from '../base/hash.ts';
import type { CheckedDocument } from '../check/rule.ts';
import { checkDocument } from '../check/rules.ts';
import type { CompileSettings } from '../config/settings.ts';
import { articleEntry, authorEntry, pageEntry } from '../site/collect.ts';
import type { FlawedEntry, SourceEntry } from '../site/model.ts';

export interface Compiled {
  entry: SourceEntry;
  /** Structured document; undefined if an error prevents parsing the body. */
  document: ContentDocument<unknown> | undefined;
  /**
   * Hash of the article's text in the search index; undefined for other sources, or if the site has no search.
   */
  textHash: string | undefined;
  diagnostics: Diagnostic[];
}

/** Compiles a source. @param read reads the data files that the source names */
export type CompileSource = (source: SourceFile, read: ReadBeside) => Compiled;

/** Creates the compiler for a site's settings. */
export function createCompiler(compileSettings: CompileSettings): CompileSource {
  const { lang, timeZone, typography, parser, search } = compileSettings;
  const settings: ParseSettings = {
    lang,
    timeZone: createTimeZone(timeZone),
    typography,
    markdown: createMarkdownParser(parser),
  };
  return (source, read) => {
    if (source.path.startsWith('content/articles/')) {
      const parsed = parseArticle(source, settings, read);
      const { document, keyPlaces, placeOf } = parsed;
      const textHash = search && document ? hashOf(JSON.stringify(textBlocks(document.body))) : undefined;
      const checked = document && { ...document, meta: document.meta ?? parsed.valid };
      const compiled = finish(source, parsed, checked, article =>
        articleEntry(article, keyPlaces, placeOf('picture')),
      );
      return { ...compiled, textHash };
    }
    if (source.path.startsWith('content/pages/')) {
      const parsed = parsePage(source, settings, read);
      return finish(source, parsed, withoutMeta(parsed), page => pageEntry(page, parsed.keyPlaces));
    }
    const parsed = parseAuthor(source, settings, read);
    const { keyPlaces, placeOf } = parsed;
    return finish(source, parsed, withoutMeta(parsed), author =>
      authorEntry(author, keyPlaces, placeOf('picture')),
    );
  };
}

/** Omits the front matter of a page or an author, because editorial rules check only that of articles. */
const withoutMeta = ({ document }: Parsed<unknown>) => document && { ...document, meta: undefined };

/** Finishes the compilation of any kind of source. @param checked the document that the rules check */
function finish<Meta>(
  { path }: SourceFile,
  { document, valid, placeOf, keyPlaces, diagnostics }: Parsed<Meta>,
  checked: CheckedDocument | undefined,
  entryOf: (document: ContentDocument<Meta>) => SourceEntry,
): Compiled {
  const hasMeta = (own: ContentDocument<Meta | undefined>): own is ContentDocument<Meta> =>
    own.meta !== undefined;
  return {
    entry: document && hasMeta(document) ? entryOf(document) : flawedEntry(path, document, valid, keyPlaces),
    document,
    textHash: undefined,
    diagnostics: [...diagnostics, ...(checked ? checkDocument(checked, placeOf) : [])],
  };
}

/**
 * Creates the entry for a file that exists, but from which no page can be built.
 * @param meta valid values of an article's front matter
 */
export const flawedEntry = (
  source: string,
  document?: ContentDocument<unknown>,
  meta: FlawedEntry['meta'] = {},
  keyPlaces = '{}',
): FlawedEntry => ({
  kind: 'flawed',
  source,
  path: '',
  lang: document?.lang ?? '',
  meta,
  keyPlaces,
  links: document ? outgoingLinks(document.body) : [],
});
