/**
 * The one mapping from HTML to Markdown. A case of fixtures/*.txt is HTML and the text of the story's file below its
 * front matter. Lines that begin with `=>` follow: corrections, findings, and words that are lost.
 * `UPDATE_EXPECTED=1` renews the expected texts: read the difference.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Conversion, convertSafely } from '../../src/import/converters.ts';
import type { ImportedBody, ImportedMedia } from '../../src/import/model.ts';
import { prepareContext, type StoryTask } from '../../src/import/story.ts';
import { createTable } from '../../src/import/table.ts';
import { readFixtures } from '../helpers/fixtures.ts';

const folder = fileURLToPath(new URL('fixtures', import.meta.url));

const picture = { from: new Uint8Array(), to: '' };
/** Files that the import has: pictures a.jpg, b.jpg, c.jpg and library.jpg, and a recording. */
const downloads = Object.fromEntries(
  ['a.jpg', 'b.jpg', 'c.jpg', 'library.jpg', 'sound.mp3', 'film.mp4', 'data.csv'].map(name => [
    `https://old.example/files/${name}`,
    { ...picture, to: `content/media/${name}` },
  ]),
);

const library: ImportedMedia = {
  id: '7',
  src: 'https://old.example/files/library.jpg',
  alt: 'The library’s description',
  caption: 'The library’s caption.',
  credit: 'The library/Agency',
  urls: [],
};

const context = prepareContext({
  lang: 'en',
  timeZone: 'America/New_York',
  media: { origins: ['https://old.example'], folders: [], downloads, duplicates: {} },
  library: createTable([['7', JSON.stringify(library)]]),
  libraryByAddress: createTable([[library.src.replace('https:', ''), '7']]),
  attached: createTable([]),
  snippets: {},
  mapping: {},
  keepUnknown: false,
  origins: ['https://old.example'],
  places: createTable([
    ['/other/', 'content/articles/2024/01/other.md'],
    ['/news/x/', 'content/articles/2024/01/x.md'],
    ['/?p=2', 'content/articles/2024/01/other.md'],
    ['/category/text/', '/text/'],
  ]),
  sourceRoot: undefined,
});

function taskOf(title: string, text: string): StoryTask {
  const lang = /\(([a-z]{2})\)$/.exec(title)?.[1] ?? 'en';
  const format = (/\[(\w+)\]/.exec(title)?.[1] ?? 'html') as ImportedBody['format'];
  return {
    story: {
      id: '1',
      kind: 'story',
      place: { file: 'x.html' },
      title: 'The headline',
      slug: 'x',
      published: '2024-01-02T03:04:05-05:00',
      state: 'published',
      authors: [],
      terms: [],
      lang,
      urls: ['/news/x/'],
      body: { format, text, tags: format === 'wordpress' ? ['wordpress'] : [] },
    },
    path: 'content/articles/2024/01/x.md',
    desk: 'news',
    topics: [],
    authors: [],
    aliases: [],
    slug: undefined,
    translationOf: undefined,
    fallbackDate: '2025-06-01T00:00:00Z',
    isDraft: false,
  };
}

/** The text of a story below its front matter, and what is reported. */
function describeResult(result: Conversion): string {
  if ('problem' in result) return `=> problem ${result.problem}`;
  const [, meta = '', markdown = ''] = /^---\n([\s\S]*?)\n---\n\n([\s\S]*)$/.exec(result.text) ?? [];
  const { corrections = [] } = parse(meta) as { corrections?: { date: string; text: string }[] };
  const { lost } = result.difference;
  return [
    markdown.trimEnd(),
    ...corrections.map(({ date, text }) => `=> correction ${date} ${text}`),
    ...result.findings.map(({ kind, example }) => `=> ${kind} ${example}`),
    ...(lost.length > 0 ? [`=> lost ${lost.join(' ')}`] : []),
  ]
    .filter(line => line !== '')
    .join('\n');
}

for (const { file, cases } of readFixtures(folder)) {
  describe(file, () => {
    const results = new Map<string, string>();

    test.each(cases)('$title', ({ title, input, output }) => {
      const result = describeResult(convertSafely(taskOf(title, input), context));
      results.set(title, result);
      if (process.env.UPDATE_EXPECTED !== '1') expect(result).toBe(output);
    });

    test.runIf(process.env.UPDATE_EXPECTED === '1')('is updated', () => {
      const text = cases.map(({ title, input }) => `${title}\n.\n${input}.\n${results.get(title)}\n.\n`);
      writeFileSync(join(folder, file), text.join('\n'));
      expect(readFileSync(join(folder, file), 'utf8')).toContain(cases[0]!.title);
    });
  });
}
