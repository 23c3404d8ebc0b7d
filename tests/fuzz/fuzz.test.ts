/**
 * Random articles: nothing throws, messages point inside the file, and reading twice gives the same result.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseAuthor, parsePage } from '../../src/article/parse.ts';
import { parserNames } from '../../src/article/parser-names.ts';
import { formatDiagnostic } from '../../src/base/diagnostics.ts';
import { readConfig } from '../../src/config/config.ts';
import { allowedStyles, dangersIn } from '../check/parse-html.ts';
import { runsOf } from '../helpers/random.ts';
import { buildSite, frontMatter, makeSite, noFiles, readFolder } from '../helpers/site.ts';
import { article, expectWithin, readUnlessCrash, settingsOf } from './read-article.ts';

let settings = settingsOf('satteri');

const anyText = fc.string({ unit: 'binary', maxLength: 60 });
const graphemes = fc.string({ unit: 'grapheme', maxLength: 40 });
const signs = fc.string({
  unit: fc.constantFrom(...'>*_`~[](){}<>!#-—|\\\n\n \t"\'&;:.,ab1@/=+^$%'),
  maxLength: 80,
});
const words = fc.oneof(
  anyText,
  graphemes,
  signs,
  fc.constantFrom('Talks', 'שיחות', '', ' ', '\\', '— ', '__proto__'),
);

const piece = fc.oneof(
  words,
  words.map(text => `> ${text}\n> — ${text}, ${text}`),
  fc.tuple(words, words).map(([a, b]) => `> ${a}\n>\n> — **${b}**, [${a}](${b})`),
  words.map(text => `> [!note] ${text}\n>\n> ${text}`),
  words.map(text => `> [!${text}] x\n> y`),
  fc.tuple(fc.integer({ min: 1, max: 7 }), words).map(([depth, text]) => `${'#'.repeat(depth)} ${text}`),
  words.map(text => `${text}\n===`),
  fc
    .tuple(words, words)
    .map(([a, b]) => `| ${a} | ${b} |\n| --- | :-: |\n| ${b} | ${a} |\n\nTable: ${a}. Source: ${b}`),
  fc
    .tuple(
      fc.constantFrom(
        'b',
        'div',
        'script',
        'table',
        'td',
        'svg',
        'a',
        'details',
        'template',
        'select',
        'p',
        'br',
        'x-y',
        'title',
        'body',
        'html',
        'form',
        'li',
        'ruby',
        'iframe',
        'math',
      ),
      words,
      words,
    )
    .map(([tag, a, b]) => `<${tag} ${a}>${b}</${tag}>`),
  fc.constantFrom(
    '<b>',
    '</b>',
    '<div>',
    '</div>',
    '<!--',
    '-->',
    '<table>',
    '<tr>',
    '</p>',
    '<![CDATA[',
    '<?x',
    '<svg>',
    '</html>',
    '<template>',
    '<select>',
    '</template>',
  ),
  fc
    .tuple(fc.constantFrom('', 'js', 'timeline', 'chart', 'yaml', 'timeline '), words)
    .map(([lang, text]) => `\`\`\`${lang}\n${text}\n\`\`\``),
  words.map(text => `\`\`\`timeline\nevents:\n  - date: ${text}\n    text: ${text}\n\`\`\``),
  fc.tuple(words, words).map(([a, b]) => `Text[^${a}]\n\n[^${a}]: ${b}`),
  fc.tuple(words, words, words).map(([a, b, c]) => `![${a}](${b} "${c}. Photo: ${a}")`),
  fc.tuple(words, words).map(([a, b]) => `Also read: [${a}](${b})`),
  fc.tuple(words, words).map(([a, b]) => `[${a}]\n\n[${a}]: ${b}`),
  words.map(text => `- ${text}\n  - ${text}\n\n    > ${text}`),
  fc.constantFrom(
    '- [ ] task',
    '1. one\n1. two',
    '***',
    '---',
    'www.example.org a@example.org',
    'H~2~O ~~x~~',
  ),
);
const body = fc
  .tuple(fc.array(piece, { maxLength: 8 }), fc.constantFrom('\n\n', '\n', '\r\n\r\n', ' ', '\r'))
  .map(([pieces, between]) => pieces.join(between));

const keys = fc.constantFrom(
  'title',
  'published',
  'updated',
  'desk',
  'authors',
  'topics',
  'sources',
  'keyFigures',
  'related',
  'corrections',
  'draft',
  'aliases',
  'lang',
  'slug',
  'kicker',
  '__proto__',
  'constructor',
  '<<',
  'titel',
);
const scalar = fc.oneof(
  words,
  fc.constantFrom(
    '2025-03-05',
    '2025-02-30',
    'true',
    '~',
    '[a, b]',
    '{a: b}',
    '&a x',
    '*a',
    '!!str x',
    '!x y',
    '|',
    '>-',
    '"',
    "'",
    '- x',
    '? x',
    '1e3',
    '.inf',
    '0x1F',
    'en',
    'he',
    '%YAML 1.1',
    '@',
    '`',
  ),
);
const yamlText = fc
  .array(
    fc.oneof(
      fc.tuple(keys, scalar).map(([key, value]) => `${key}: ${value}`),
      fc.tuple(keys, fc.jsonValue({ maxDepth: 3 })).map(([key, value]) => `${key}: ${JSON.stringify(value)}`),
      fc.object({ key: fc.oneof(keys, graphemes), maxDepth: 2 }).map(value => JSON.stringify(value) ?? '{}'),
      words,
    ),
    { maxLength: 6 },
  )
  .chain(lines => fc.constantFrom('\n', '\r\n').map(end => lines.map(line => line + end).join('')));

const source = fc
  .tuple(
    fc.constantFrom('', '', '\ufeff', ' ', '\n'),
    fc.oneof(
      fc.constant(frontMatter()),
      fc.constant(frontMatter().replaceAll('\n', '\r\n')),
      yamlText.map(yaml => `---\n${yaml}---\n`),
      yamlText.map(yaml => `---\r\n${yaml}---\r\n`),
      yamlText.map(yaml => `${frontMatter().slice(0, -4)}${yaml}---\n`),
      fc
        .tuple(fc.constantFrom('yaml', 'js', 'json', 'toml', 'coffee', ' yaml', '-'), yamlText)
        .map(([name, yaml]) => `---${name}\n${yaml}---\n`),
      yamlText,
    ),
    body,
  )
  .map(parts => Buffer.from(parts.join('')));

/**
 * Options of a random test, by test set.
 * @param count runs in `npm test`
 */
const runs = (count: number) => ({
  numRuns: runsOf({ short: count, long: count * 3, deep: count * 1000 }),
});

const { tests: examples } = createRequire(import.meta.url)('commonmark-spec') as {
  tests: { markdown: string; section: string; number: number }[];
};

describe.each([...parserNames])('when %s reads', name => {
  beforeAll(() => {
    settings = settingsOf(name);
  });

  test('random front matter and Markdown never throw; positions are within the file; reading is deterministic', () => {
    fc.assert(
      fc.property(source, bytes => readUnlessCrash(bytes, settings)),
      runs(200),
    );
  });

  test('random Markdown below valid front matter never throws, and renders harmless HTML', () => {
    fc.assert(
      fc.property(body, text => readUnlessCrash(Buffer.from(`${frontMatter()}\n${text}\n`), settings)),
      runs(200),
    );
  });

  test('random bytes never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), bytes => readUnlessCrash(bytes, settings)),
      runs(100),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), bytes =>
        readUnlessCrash(Buffer.concat([Buffer.from(`${frontMatter()}\n`), bytes]), settings),
      ),
      runs(100),
    );
  });

  test('random pages, authors and site.yaml never throw', () => {
    fc.assert(
      fc.property(source, yamlText, (bytes, yaml) => {
        for (const { diagnostics } of [
          parsePage(article(bytes), settings, noFiles),
          parseAuthor(article(bytes), settings, noFiles),
        ])
          expectWithin(diagnostics, bytes);
        for (const text of [yaml, `name: x\nurl: https://courier.example/\n${yaml}`])
          expectWithin(
            readConfig({ bytes: Buffer.from(text), ruleIds: ['image-alt'] }).diagnostics,
            Buffer.from(text),
          );
      }),
      runs(150),
    );
  });

  test('every example of CommonMark 0.31 is read and rendered', () => {
    expect(examples.length).toBeGreaterThan(640);
    for (const { markdown, number } of examples) {
      const text = markdown.replaceAll('→', '\t');
      try {
        readUnlessCrash(Buffer.from(`${frontMatter()}\n${text}`), settings);
        readUnlessCrash(Buffer.from(`${frontMatter()}\n${text}`.replaceAll('\n', '\r\n')), settings);
        readUnlessCrash(Buffer.from(text), settings);
      } catch (error) {
        throw new Error(`example ${number}: ${JSON.stringify(markdown)}`, { cause: error });
      }
    }
  });
});

test('random sites build or are rejected with messages, and never write outside dist/', {
  timeout: 6 * 3_600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(source, { minLength: 1, maxLength: 5 }), body, async (articles, text) => {
      const root = makeSite({
        'content/pages/about.md': `---\ntitle: About\n---\n\n${text}\n`,
        ...Object.fromEntries(articles.map((bytes, index) => [`content/articles/2025/${index}.md`, bytes])),
      });
      const { ok, diagnostics } = await buildSite(root);
      for (const line of diagnostics.map(formatDiagnostic)) expect(line).not.toMatch(/call stack|\n/);
      if (!ok) {
        expect(diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
        return;
      }
      const files = readFolder(join(root, 'dist'));
      for (const [name, html] of Object.entries(files))
        if (name.endsWith('.html')) expect(dangersIn(html, allowedStyles(files))).toEqual([]);
    }),
    runs(15),
  );
});
