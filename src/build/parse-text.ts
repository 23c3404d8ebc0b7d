/** Parses the text of one article, for programs that have no site. */
import { createMarkdownParser } from '../article/markdown.ts';
import type { Article } from '../article/model.ts';
import { parseArticle } from '../article/parse.ts';
import { createTimeZone } from '../base/dates.ts';
import { type Message, settleDiagnostics } from '../base/diagnostics.ts';
import { checkDocument } from '../check/rules.ts';
import { withoutPositions } from './document-reader.ts';
import { describeAll } from './messages.ts';

/**
 * Parses and checks an article.
 * @param text content of the whole file
 * @returns the messages, and the article, which is undefined if its text or front matter is invalid
 */
export function parseText(
  text: string,
  {
    path = 'content/articles/article.md',
    lang = 'en',
    timeZone = 'UTC',
    typography = true,
  }: { path?: string; lang?: string; timeZone?: string; typography?: boolean },
): { article: Article | undefined; diagnostics: Message[] } {
  const { document, valid, placeOf, diagnostics } = parseArticle(
    { path, bytes: new TextEncoder().encode(text) },
    {
      lang,
      timeZone: createTimeZone(timeZone),
      typography,
      markdown: createMarkdownParser('satteri'),
    },
    () => ({ problem: 'absent' }),
  );
  const found = document ? checkDocument({ ...document, meta: document.meta ?? valid }, placeOf) : [];
  return {
    article: document?.meta ? (withoutPositions(document) as Article) : undefined,
    diagnostics: describeAll(settleDiagnostics([...diagnostics, ...found], {}, false)),
  };
}
