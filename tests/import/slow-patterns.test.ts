/**
 * Hostile texts, on which careless patterns would need minutes or years, take a second or two: 100 kB in `npm test`, and
 * a megabyte in `npm run test:long`.
 */
import { describe, expect, test } from 'vitest';
import { createTimeZone } from '../../src/base/dates.ts';
import { readBody } from '../../src/import/bodies.ts';
import { readMoment } from '../../src/import/dates.ts';
import { splitFile } from '../../src/import/front-matter.ts';
import type { HtmlContext } from '../../src/import/html/context.ts';
import { convertHtml, parseHtml } from '../../src/import/html/convert.ts';
import { splitCredit } from '../../src/import/html/figures.ts';
import { correctionLead, relatedLead } from '../../src/import/html/labels.ts';
import { resolveLinks } from '../../src/import/html/links.ts';
import type { ImportedBody, TagSyntax } from '../../src/import/model.ts';
import { readAttributes } from '../../src/import/tags/attributes.ts';
import { replaceTags } from '../../src/import/tags/syntax.ts';
import { wordsOf } from '../../src/import/words.ts';
import { runsOf } from '../helpers/random.ts';

const size = runsOf({ short: 100_000, long: 1_000_000, deep: 1_000_000 });
const seconds = 10;

/** A long text that repeats a unit after a beginning. */
const long = (unit: string, head = '', tail = ''): string =>
  head + unit.repeat(Math.ceil(size / unit.length)) + tail;

function expectFast(run: (text: string) => unknown, text: string): void {
  const start = performance.now();
  run(text);
  expect(performance.now() - start).toBeLessThan(seconds * 1000);
}

const context: HtmlContext = {
  lang: 'en',
  title: '',
  media: () => undefined,
  absolute: src => src,
  link: href => href,
  report() {},
  replaced() {},
  credited() {},
  inherited() {},
};

const bodyContext = {
  mapping: {},
  keepUnknown: false,
  onTag() {},
  onWords() {},
  picture: () => undefined,
  attached: [],
  snippet: () => undefined,
};

const brackets: Record<TagSyntax, string[]> = {
  hugo: ['{{<', '{{< a ', '{{< a "', '{{< a `', '{{</* ', '{{< a \\"', '{{< a >}}', '{{< a >}}{{< /b >}}'],
  liquid: ['{%', '{% a ', '{% a "', "{% a '", '{{ a ', '{{ a }', '{% a %}', '{% a %}{% endb %}', '{% a="\\"'],
  zola: ['{{ a(', '{{ a("', '{% a(', '{% a() %}', '{{ a(`', '{% a() %}{% end %}'],
  mdx: [
    '<A',
    '<A ',
    '<A "',
    '<A {',
    '<A {{',
    '<A {}',
    '{/*',
    'import a\n',
    "import a from 'b'\n",
    '<A>',
    '<A></B>',
  ],
  wordpress: ['[', '[a ', '[a "', '[a/', '[[a ', '[a]', '[a][/b]', '[a]b', "[a 'b'", '[a="\\"'],
};

describe.each(Object.entries(brackets))('tags of %s', (syntax, units) => {
  test.each(units)('%s', unit => {
    const replace = () => undefined;
    expectFast(text => replaceTags(text, syntax as TagSyntax, replace), long(unit));
    expectFast(text => replaceTags(text, syntax as TagSyntax, replace), long(' ', unit));
  });
});

test('tags within tags', () => {
  const deep = '[a]'.repeat(100_000) + '[/a]'.repeat(100_000);
  expectFast(text => replaceTags(text, 'wordpress', ({ inner = '' }) => `<b>${inner}</b>`), deep);
});

test.each(['"', "'", '\\"', 'a="', "a='", 'a=', 'a={', 'a=“', '{', ' ', '=', 'a: "', '`', '('])(
  'attributes: %s',
  unit => {
    expectFast(readAttributes, long(unit));
    expectFast(text => Array.from({ length: 50 }, () => readAttributes(text)), unit.repeat(10_000));
  },
);

test.each(['(photo by ', '(', 'photo: ', ' ', '| ', '. photo: ', '© ', '(a/', '[AP ', 'a/', '\n', '((('])(
  'credits: %s',
  unit => {
    expectFast(splitCredit, long(unit));
    expectFast(splitCredit, long(unit, '(Photo by ', '!'));
  },
);

test.each(['Correction', ' ', '*', '(', ',', 'a', '— ', 'correction, ', 'read more', ':'])(
  'labels: %s',
  unit => {
    for (const head of ['', 'Correction ', 'Read more ']) {
      expectFast(text => correctionLead.exec(text), long(unit, head));
      expectFast(text => relatedLead.test(text), long(unit, head));
    }
  },
);

test.each([
  '---\n',
  '---',
  'a\n',
  'a: b\n',
  '- c\n',
  '+++\n',
  '.. a: b\n',
  'A: b\n',
  'A: b\n c\n',
  '{\n',
  '\n}',
  '<!--\n',
  '\n',
  ' ',
])('front matter: %j', unit => {
  for (const head of ['', '---\n', '+++\n', '{\n', '<!--\n', 'a: b\n'])
    expectFast(splitFile, long(unit, head));
});

test.each(['http://', 'https://a', 'https://a.', '://', 'https://a,', 'https://a b '])(
  'addresses: %s',
  unit => {
    expectFast(
      text => resolveLinks({ type: 'root', children: [{ type: 'text', value: text }] }, context),
      long(unit),
    );
  },
);

test.each([
  '[gallery ',
  '[gallery ids="1,',
  '<!-- wp:a {',
  '<!-- wp:a ',
  '<!--',
  '<!-- wp:a -->',
  '\n\n',
  '\n',
  '-->',
])('bodies of WordPress: %j', unit => {
  const body = (text: string): ImportedBody => ({ format: 'wordpress', text, tags: ['wordpress'] });
  expectFast(text => readBody(body(text), bodyContext), long(unit).slice(0, 300_000));
  expectFast(text => readBody(body(text), bodyContext), long('{', '<!-- wp:a ').slice(0, 300_000));
});

test.each(['# a {', '{:', '{#', '# ', ' ', '# a {: {: '])('attributes of Markdown: %j', unit => {
  expectFast(
    text => readBody({ format: 'markdown', text, tags: [] }, bodyContext),
    long(unit).slice(0, 100_000),
  );
});

test.each([' ', 'a', '1 ', 'UTC ', '\u00ad', 'e\u0301', '1 de '])('dates and words: %j', unit => {
  const zone = createTimeZone('UTC');
  expectFast(text => readMoment(text, zone), long(unit));
  expectFast(wordsOf, long(unit));
});

test.each([
  '<p>',
  '<br>',
  '<a href="#a" id="b">a</a>',
  '<sup><a href="#x" id="y">1</a></sup>',
  '<table>',
  '<blockquote>— a',
  '<figure><img src="a">',
  '<span id="a"></span>',
])('HTML: %s', unit => {
  expectFast(text => convertHtml(parseHtml(text), context), long(unit).slice(0, 15_000));
});
