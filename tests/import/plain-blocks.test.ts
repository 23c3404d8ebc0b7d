/** Ordinary paragraphs are written directly. The Markdown must be that of the general way. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { HtmlContext } from '../../src/import/html/context.ts';
import { parseHtml, printMarkdown } from '../../src/import/html/convert.ts';
import { plainBlock } from '../../src/import/html/plain-blocks.ts';
import { handlersFor, toTree } from '../../src/import/html/to-mdast.ts';
import { runsOf } from '../helpers/random.ts';

const context: HtmlContext = {
  lang: 'en',
  title: 'A story',
  media: () => undefined,
  link: href => href,
  absolute: href => href,
  report() {},
  replaced() {},
  credited() {},
  inherited() {},
};

/** Returns the Markdown of both ways; the first is undefined if the block is not ordinary. */
function bothWays(html: string): { direct: string | undefined; general: string } {
  const tree = parseHtml(html);
  const [node] = tree.children;
  const direct = node?.type === 'element' ? plainBlock(node) : undefined;
  return { direct, general: printMarkdown(toTree(tree, handlersFor(context))).trimEnd() };
}

const piece = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('word', 'a b', ' ', '  ', '. ', ', ', 'é', '“q”', 'x: y', '—', '12', '3.'),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '<b>bold</b>',
      '<strong>b c</strong>',
      '<em>it</em>',
      '<a href="https://x.example/a?b=1">link</a>',
      '<a href="/a(b)">l</a>',
      '<a href="x">x y</a>',
      '<b><i>x</i></b>',
      '<br>',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '*',
      '_',
      '#',
      '- ',
      '+ ',
      '1. ',
      '&amp;',
      '&lt;',
      '[',
      ']',
      '!',
      '|',
      '~',
      '`',
      '\\',
      '{',
      'www.x',
      'http://x',
      '@',
      '=',
      '>',
      '\n',
      ')',
      '(',
    ),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 4 }).map(text => text.replace(/[<&]/g, '')) },
);

test('the Markdown of an ordinary block is that of the general way', () => {
  fc.assert(
    fc.property(fc.constantFrom('p', 'h2', 'h3'), fc.array(piece, { maxLength: 10 }), (name, pieces) => {
      const { direct, general } = bothWays(`<${name}>${pieces.join('')}</${name}>`);
      if (direct !== undefined) expect(direct).toBe(general);
    }),
    { numRuns: runsOf({ short: 3000, long: 20_000, deep: 500_000 }) },
  );
});

test('ordinary text, links, bold and italics are written directly', () => {
  const { direct } = bothWays(
    '<p>The <b>council</b> met on <em>Monday</em>, says <a href="https://x.example/">a report</a>.</p>',
  );
  expect(direct).toBe('The **council** met on *Monday*, says [a report](https://x.example/).');
});
