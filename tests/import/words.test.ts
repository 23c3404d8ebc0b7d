/**
 * No word is lost without a report: random HTML is imported and built, and the words of the page are those of the source.
 * The words are extracted here without the code of the import. `ARCHIVES=folder npm run test:deep` imports each archive in
 * a folder of your own.
 */
import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDiagnostic } from '../../src/base/diagnostics.ts';
import { begin } from '../helpers/cli.ts';
import { importFrom, makeArchive } from '../helpers/import.ts';
import { runsOf } from '../helpers/random.ts';
import { buildSite, temporaryFolder } from '../helpers/site.ts';
import { wordPressExport } from '../helpers/wordpress.ts';

/** Words that occur nowhere else, so that labels and dates of the page do not count. */
const word = fc.nat(60).map(n => `qx${n.toString(36)}`);

const separator = fc.constantFrom(
  ...[
    ' ',
    '  ',
    ', ',
    '. ',
    ' – ',
    '/',
    '&nbsp;',
    '_',
    '*',
    '**',
    '~~',
    ' # ',
    '`',
    ' > ',
    '&lt;',
    '&amp;',
    ' | ',
    '\\',
  ],
  ...[
    '[',
    '] ',
    '(',
    ') ',
    '{{ ',
    ' }}',
    '{% ',
    ':',
    '!',
    '![',
    '](',
    '^',
    '&shy;',
    '&#8203;',
    '$',
    '+',
    '- ',
    '1. ',
  ],
  ...['\n', '"', '’', '…', '://', 'www.', '@', '|'],
);

const words = fc
  .array(fc.tuple(word, separator), { minLength: 1, maxLength: 4 })
  .map(parts => parts.map(([text, mark]) => text + mark).join(''));

const inlineTags = [
  'b',
  'i',
  'em',
  'strong',
  'a href="https://example.org/x"',
  'a href="#x"',
  'a',
  'sup',
  'sub',
  'code',
  'small',
  'mark',
  'del',
  's',
  'u',
  'q',
  'cite',
  'span style="font-weight:bold"',
  'span style="font-style:italic"',
  'span',
  'font color="red"',
  'abbr title="x"',
  'kbd',
  'ins',
  'span lang="de"',
];

const { inline } = fc.letrec<{ inline: string }>(tie => ({
  inline: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    words,
    fc.constant('<br>'),
    fc
      .tuple(fc.constantFrom(...inlineTags), fc.array(tie('inline'), { maxLength: 3 }))
      .map(([tag, inner]) => `<${tag}>${inner.join('')}</${tag.split(' ', 1)[0]}>`),
  ),
}));

const text = fc.array(inline, { minLength: 1, maxLength: 3 }).map(parts => parts.join(''));

const blockTags = [
  'p',
  'p',
  'p',
  'div',
  'h2',
  'h3',
  'h4',
  'blockquote',
  'center',
  'section',
  'pre',
  'p style="text-align:center"',
  'div class="callout"',
  'aside',
];

const { block } = fc.letrec<{ block: string }>(tie => {
  const blocks = fc.array(tie('block'), { minLength: 1, maxLength: 3 }).map(parts => parts.join(''));
  return {
    block: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc
        .tuple(fc.constantFrom(...blockTags), text)
        .map(([tag, inner]) => `<${tag}>${inner}</${tag.split(' ', 1)[0]}>\n`),
      text.map(inner => `\n\n${inner}\n\n`),
      fc
        .array(fc.oneof(text, blocks), { minLength: 1, maxLength: 3 })
        .chain(items =>
          fc
            .constantFrom('ul', 'ol')
            .map(tag => `<${tag}>${items.map(item => `<li>${item}</li>`).join('')}</${tag}>`),
        ),
      fc.tuple(blocks, text).map(([inner, cite]) => `<blockquote>${inner}<cite>${cite}</cite></blockquote>`),
      fc.tuple(text, text).map(([a, b]) => `<blockquote><p>${a}</p><p>— ${b}</p></blockquote>`),
      fc.tuple(text, blocks).map(([a, b]) => `<details><summary>${a}</summary>${b}</details>`),
      fc.tuple(text, text).map(([a, b]) => `<dl><dt>${a}</dt><dd>${b}</dd></dl>`),
      fc
        .tuple(word, text)
        .map(
          ([alt, caption]) =>
            `<figure><img src="https://other.example/x.jpg" alt="${alt}"><figcaption>${caption}</figcaption></figure>`,
        ),
      fc
        .array(fc.tuple(fc.oneof(text, blocks), text), { minLength: 1, maxLength: 3 })
        .map(
          rows => `<table>${rows.map(([a, b]) => `<tr><td>${a}</td><td>${b}</td></tr>`).join('')}</table>`,
        ),
      blocks.map(inner => `<div>${inner}</div>`),
      fc.constant('<hr>'),
    ),
  };
});

const story = fc.array(block, { minLength: 1, maxLength: 4 }).map(parts => parts.join(''));

const inlineTag =
  /<\/?(?:a|abbr|b|cite|code|del|em|font|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|u|bdi|time|wbr)(?:\s[^>]*)?>/g;

/** Words of HTML as readers see them: with the descriptions of pictures, and without tags within words. */
function wordsOfHtml(html: string): string[] {
  const visible = html
    .replace(/<img\b[^>]*?\salt="([^"]*)"[^>]*>/g, ' $1 ')
    .replace(inlineTag, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#(?:x([\da-f]+)|(\d+));/gi, (_, hex?: string, decimal?: string) =>
      String.fromCodePoint(Number.parseInt(hex ?? decimal!, hex ? 16 : 10)),
    )
    .replace(/&shy;/g, '')
    .replace(/&\w+;/g, ' ')
    .replace(/[\u00ad\u200b]/g, '');
  return (visible.match(/[\p{L}\p{N}]+/gu) ?? []).filter(part => part.includes('qx'));
}

/** Visible text of a page between its headline and its end. */
const articleOf = (html: string): string => /<main[\s\S]*<\/main>/.exec(html)![0];

/** Words that a text has less often than it should. Pages repeat some, such as the speaker of a quotation. */
function missingIn(found: readonly string[], wanted: readonly string[]): string[] {
  const left = [...found];
  return wanted.filter(item => {
    const at = left.indexOf(item);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

test('random stories lose no word that the report does not list', { timeout: 6 * 3_600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(story, { minLength: 1, maxLength: 30 }), async stories => {
      const items = stories.map((content, n) => ({
        id: n + 1,
        content: n % 2 === 0 ? content : `<!-- wp:html -->${content}<!-- /wp:html -->`,
      }));
      const { root, report } = await importFrom(makeArchive({ 'export.xml': wordPressExport(items) }));
      appendFileSync(
        join(root, 'content/site.yaml'),
        'outputs: {cards: false, search: false, text: false}\n',
      );
      const { ok, diagnostics } = await buildSite(root);
      expect(ok, diagnostics.map(formatDiagnostic).join('\n')).toBe(true);
      for (const { id, content } of items) {
        const page = readFileSync(join(root, `dist/2024/03/story-${id}/index.html`), 'utf8');
        const { lost = [] } = report.stories.find(one => one.id === String(id)) ?? {};
        const markdown = readFileSync(join(root, `content/articles/2024/03/story-${id}.md`), 'utf8');
        const missing = missingIn([...wordsOfHtml(articleOf(page)), ...lost], wordsOfHtml(content));
        expect(missing, `${content}\n\n${markdown}`).toEqual([]);
      }
    }),
    { numRuns: runsOf({ short: 3, long: 40, deep: 3000 }) },
  );
});

// The test above requires that every lost word is listed; this one, that there are not many.
test('random stories lose few words', async () => {
  const [stories] = fc.sample(fc.array(story, { minLength: 60, maxLength: 60, size: 'max' }), {
    numRuns: 1,
    seed: Number(process.env.SEED),
  });
  const items = stories!.map((content, n) => ({ id: n + 1, content }));
  const { report } = await importFrom(makeArchive({ 'export.xml': wordPressExport(items) }));
  const { in: all, lost } = report.counts.words;
  expect(all).toBeGreaterThan(200);
  expect(lost / all).toBeLessThan(0.05);
});

const folder = process.env.ARCHIVES;

test
  .runIf(folder !== undefined)
  .each(folder === undefined ? [] : readdirSync(folder).filter(name => !name.startsWith('.')))(
  'the archive %s keeps its words, and builds',
  { timeout: 3_600_000 },
  async name => {
    const root = temporaryFolder();
    const imported = await begin(root, ['import', join(folder!, name), '--json']).ended;
    const { counts, outcomes } = JSON.parse(imported.stdout) as {
      counts: { words: { in: number; lost: number } };
      outcomes: { failed: number };
    };
    expect(outcomes.failed).toBe(0);
    expect(1 - counts.words.lost / Math.max(1, counts.words.in)).toBeGreaterThanOrEqual(0.9995);
    const { status, stderr } = await begin(root, ['build', '--quiet']).ended;
    const errors = stderr.split('\n').filter(line => / error /.test(line));
    expect({ status, errors }).toEqual({ status: 0, errors: [] });
  },
);
