/** Reads a single article like a build, for tests with random and hostile texts. */
import { expect } from 'vitest';
import { createMarkdownParser } from '../../src/article/markdown.ts';
import { type ParseSettings, parseArticle } from '../../src/article/parse.ts';
import type { ParserName } from '../../src/article/parser-names.ts';
import { createTimeZone } from '../../src/base/dates.ts';
import { type Diagnostic, formatDiagnostic } from '../../src/base/diagnostics.ts';
import { describeAll } from '../../src/build/messages.ts';
import { checkDocument } from '../../src/check/rules.ts';
import { overlayFiles, readTemplateFiles } from '../../src/disk/templates.ts';
import { renderBody } from '../../src/render/body.ts';
import { createLocale } from '../../src/render/locale.ts';
import { readStrings } from '../../src/render/strings.ts';
import { createTemplates } from '../../src/render/templates.ts';
import { noRights, type Picture } from '../../src/site/pictures.ts';
import { dangersIn } from '../check/parse-html.ts';
import { noFiles, packageRoot } from '../helpers/site.ts';

/** Settings for reading articles with one of the two parsers. */
export const settingsOf = (name: ParserName) => ({
  lang: 'en',
  timeZone: createTimeZone('America/New_York'),
  typography: true,
  markdown: createMarkdownParser(name),
});
export const path = 'content/articles/2025/x.md';
const files = readTemplateFiles(overlayFiles(packageRoot, packageRoot, 'templates'));
const templates = createTemplates({ files, isStrict: true });
const locale = createLocale('en', 'UTC', readStrings(files).strings);

/** Resolves links without a site: keeps relative addresses, and absolute ones with an allowed scheme. */
const linkUrl = (url: string) =>
  /^(https?|mailto|tel):/i.test(url) || !/^[a-z][a-z\d+.-]*:/i.test(url) ? url : undefined;

/** Returns a picture for every address. Its file has no metadata. */
const picture = (): Picture => ({
  folder: '/pictures/x/',
  width: 400,
  height: 300,
  sizes: [
    { format: 'avif', widths: [320, 400] },
    { format: 'jpeg', widths: [400] },
  ],
  crops: [],
  lists: undefined,
  cropFormat: 'jpeg',
  color: '#888888',
  rights: noRights,
});

export const article = (bytes: Uint8Array) => ({ path, bytes });

/** Expects messages in one line each, at places inside the file. */
export function expectWithin(diagnostics: readonly Diagnostic[], bytes: Uint8Array): void {
  const lines = new TextDecoder().decode(bytes).split(/\r\n|\r|\n/);
  for (const message of describeAll(diagnostics)) {
    const { place } = message;
    const printed = formatDiagnostic(message);
    expect(printed).not.toMatch(/\n|\bat .*:\d+:\d+\)?$|call stack|undefined|\[object/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the output must not contain these
    expect(printed).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
    if (!place) continue;
    const line = lines[place.line - 1];
    expect(line, printed.slice(0, 300)).toBeDefined();
    expect(place.column, printed.slice(0, 300)).toBeGreaterThanOrEqual(1);
    expect(place.column, printed.slice(0, 300)).toBeLessThanOrEqual(line!.length + 1);
  }
}

/** Reads an article twice, checks and renders it, and expects the same result and harmless HTML. */
export function readAll(bytes: Uint8Array, settings: ParseSettings): void {
  const first = parseArticle(article(bytes), settings, noFiles);
  expectWithin(first.diagnostics, bytes);
  expect(JSON.stringify(parseArticle(article(bytes), settings, noFiles))).toBe(JSON.stringify(first));
  const { document, placeOf } = first;
  if (!document) return;
  expect(JSON.parse(JSON.stringify(document.body))).toEqual(withoutUndefined(document.body));
  expectWithin(checkDocument(document, placeOf), bytes);
  const { lead, opening, rest } = renderBody(document.body, {
    templates,
    locale,
    linkUrl,
    relOf: () => undefined,
    picture,
    recording: () => ({ seconds: 1.5, width: 640, height: 360 }),
    pictureUrl: path => path,
    type: document.meta?.type,
    where: 'page',
    pageUrl: '',
    folderUrl: '',
  });
  expect(dangersIn(lead + opening + rest)).toEqual([]);
}

/** Removes undefined fields: the tree must be plain JSON, without classes, functions or dates. */
const withoutUndefined = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(withoutUndefined)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .filter(([, inner]) => inner !== undefined)
            .map(([key, inner]) => [key, withoutUndefined(inner)]),
        )
      : value;

/** Whether the HTML parser itself threw, which a build reports with the file. */
export const isParserCrash = (error: unknown): boolean =>
  error instanceof TypeError && /^\s+at .*hast-util-raw/m.test(error.stack ?? '');

/** Reads an article, unless the HTML parser itself throws. */
export function readUnlessCrash(bytes: Uint8Array, settings: ParseSettings): void {
  try {
    readAll(bytes, settings);
  } catch (error) {
    if (!isParserCrash(error)) throw error;
  }
}
