/** Reads Word documents, and documents of other word processors in Word's format (.docx). */
import { posix } from 'node:path';
import { readZip } from '../../disk/zip.ts';
import type { ImportedItem, ImportedStory, ImportSource, Reader } from '../model.ts';

/** HTML elements for Word's styles, in mammoth's syntax. */
const styles = [
  "p[style-name='Title'] => h1.title:fresh",
  "p[style-name='Subtitle'] => p.subtitle:fresh",
  "p[style-name='Quote'] => blockquote > p:fresh",
  "p[style-name='Intense Quote'] => blockquote > p:fresh",
  "p[style-name='Caption'] => p.caption:fresh",
  "p[style-name='caption'] => p.caption:fresh",
  "r[style-name='Strong'] => strong",
  'u => u',
];

/** Largest document, unpacked, in bytes. */
const limits = { entries: 10_000, bytes: 300_000_000 };

const isDocument = (name: string): boolean => /\.docx$/i.test(name) && !/(?:^|\/)~\$/.test(name);

const documentsOf = ({ path, isFolder, files }: ImportSource): string[] =>
  isFolder ? files.filter(isDocument).map(file => posix.join(path, file)) : isDocument(path) ? [path] : [];

export const word: Reader = {
  name: 'word',
  label: 'Word documents',
  detect: source => documentsOf(source).length > 0,
  async *read(source) {
    for (const path of documentsOf(source)) {
      const file = source.isFolder ? posix.relative(source.path, path) : posix.basename(path);
      try {
        yield* readDocument(path, file);
      } catch (error) {
        yield {
          kind: 'problem',
          place: { file },
          reason: `The document cannot be read: ${(error as Error).message.replace(/\.$/, '')}. Open it in a word processor, and save it as .docx again.`,
        };
      }
    }
  },
};

async function* readDocument(path: string, file: string): AsyncIterable<ImportedItem> {
  const { default: mammoth } = await import('mammoth');
  // Reads all entries within limits first, because mammoth has none.
  const parts = await readZip(path, () => true, limits);
  const xmlOf = (name: string) => parts.get(name)?.toString('utf8') ?? '';
  const { value: html } = await mammoth.convertToHtml(
    { path },
    { styleMap: styles, convertImage: mammoth.images.dataUri, ignoreEmptyParagraphs: true },
  );
  const place = { file };
  yield* remarks(xmlOf('word/document.xml'), xmlOf('word/comments.xml'), place);
  const properties = xmlOf('docProps/core.xml');
  const property = (name: string) =>
    new RegExp(`<(?:\\w+:)?${name}\\b[^>]*>([^<]+)<`).exec(properties)?.[1]?.trim();
  const { title, subtitle, rest } = splitTitle(html);
  const name = posix.basename(file).replace(/\.docx$/i, '');
  const story: ImportedStory = {
    id: file,
    kind: 'story',
    place,
    title: title ?? property('title') ?? name,
    slug: name,
    standfirst: subtitle,
    published: property('modified') ?? property('created'),
    state: 'draft',
    authors: [],
    terms: [],
    urls: [],
    body: { format: 'html', text: rest },
    note: 'From a Word document. Add authors, and remove "draft: true" to publish it.',
  };
  yield { kind: 'story', story };
}

/** Comments and tracked changes, which mammoth drops or accepts silently. */
function* remarks(document: string, comments: string, place: { file: string }): Iterable<ImportedItem> {
  const count = (text: string, pattern: RegExp) => (text.match(pattern) ?? []).length;
  const found = [
    [count(comments, /<w:comment\b/g), 'comments', 'They are not imported.'],
    [count(document, /<w:ins\b/g), 'tracked insertions', 'They are accepted.'],
    [
      count(document, /<w:del\b/g),
      'tracked deletions',
      'They are accepted, so their words are not imported.',
    ],
  ] as const;
  for (const [number, what, consequence] of found)
    if (number > 0)
      yield {
        kind: 'problem',
        isRemark: true,
        place,
        reason: `The document has ${number} ${what}. ${consequence} Resolve them in the word processor if this is wrong.`,
      };
}

/** Takes the title and the subtitle from the beginning of a document. Without such styles, a first heading is the title. */
function splitTitle(html: string): { title: string | undefined; subtitle: string | undefined; rest: string } {
  let rest = html;
  const take = (pattern: RegExp): string | undefined => {
    const match = pattern.exec(rest);
    if (!match) return undefined;
    rest = rest.slice(0, match.index) + rest.slice(match.index + match[0].length);
    return match[1]!.replace(/<[^>]*>/g, '').trim() || undefined;
  };
  const title = take(/<h1 class="title">([\s\S]*?)<\/h1>/) ?? take(/^\s*<h1>([\s\S]*?)<\/h1>/);
  const subtitle = take(/^\s*<p class="subtitle">([\s\S]*?)<\/p>/);
  return { title, subtitle, rest };
}
