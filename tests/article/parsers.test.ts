import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Nodes, Root } from 'mdast';
import { VFile } from 'vfile';
import { describe, expect, test } from 'vitest';
import { checkParser, createMarkdownParser } from '../../src/article/markdown.ts';
import { walk } from '../../src/article/walk.ts';
import { readFixtures } from '../helpers/fixtures.ts';
import { runsOf } from '../helpers/random.ts';
import { packageRoot } from '../helpers/site.ts';

const satteri = createMarkdownParser('satteri');
const remark = createMarkdownParser('remark');

/** Trees of both parsers, as JSON. */
const treesOf = (text: string) => [satteri, remark].map(parse => comparable(parse(new VFile(text))));

/**
 * Removes the one known difference between the parsers: remark sets no positions on an e-mail address that
 * GFM finds in running text, nor on the texts around it. No message needs them, because such a link cannot be
 * broken. If a paragraph has such an address, the positions of its children are omitted.
 */
function comparable(tree: Root): unknown {
  walk(tree, node => {
    if (!('children' in node)) return;
    const children: Nodes[] = node.children;
    if (children.some(child => child.type === 'link' && /^(mailto|xmpp):/.test(child.url))) {
      for (const child of children) walk(child, inner => void delete inner.position);
    }
  });
  return JSON.parse(JSON.stringify(tree));
}

const examples = createRequire(import.meta.url)('commonmark-spec') as {
  tests: { markdown: string; number: number }[];
};

test('satteri has a binary for this machine, so the parsers can be compared', () => {
  expect(checkParser('satteri', 'content/site.yaml')).toEqual([]);
});

describe('both parsers produce the same tree, including positions', () => {
  test('for every CommonMark example', () => {
    expect(examples.tests.length).toBeGreaterThan(600);
    for (const { markdown } of examples.tests) {
      const [fast, reference] = treesOf(markdown);
      expect(fast, markdown).toEqual(reference);
    }
  });

  test('for the project’s own articles and fixtures', () => {
    const articles = readdirSync(join(packageRoot, 'content'), { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.md'))
      .map(name => readFileSync(join(packageRoot, 'content', name), 'utf8'));
    const fixtures = readFixtures(new URL('fixtures', import.meta.url).pathname).flatMap(({ cases }) =>
      cases.map(({ input }) => input),
    );
    for (const text of [...articles, ...fixtures]) {
      const [fast, reference] = treesOf(text);
      expect(fast, text).toEqual(reference);
    }
  });

  test('for GFM: tables, footnotes, strikethrough, task lists, addresses', () => {
    const texts = [
      '| a | b |\n| :- | -: |\n| *1* | `2|` |\n| 3 |\n',
      'A note[^1] and another[^two].\n\n[^1]: First.\n\n    More of it.\n[^two]: Second.\n',
      '~~gone~~ and ~also~ but not ~~~this~~~\n',
      '- [ ] open\n- [x] done\n  - [X] nested\n',
      'See https://example.org/a_b?c=d, www.example.org and me@example.org.\n',
      '> | a |\n> | - |\n> | b |\n\nafter\n',
    ];
    for (const text of texts) {
      const [fast, reference] = treesOf(text);
      expect(fast, text).toEqual(reference);
    }
  });

  test('for randomly generated documents', () => {
    const word = fc.constantFrom(
      'talks',
      'Gaza',
      'a',
      '10:30am',
      '3:1',
      '“x”',
      'שלום',
      'don’t',
      '1997',
      'x_y',
      '…',
    );
    const phrase = fc.array(word, { minLength: 1, maxLength: 8 }).map(words => words.join(' '));
    const inline = fc.oneof(
      phrase,
      phrase.map(text => `*${text}*`),
      phrase.map(text => `**${text}**`),
      phrase.map(text => `[${text}](x.md "t")`),
      phrase.map(text => `\`${text}\``),
      phrase.map(text => `![${text}](p.jpg)`),
      phrase.map(text => `<kbd>${text}</kbd>`),
    );
    const line = fc.array(inline, { minLength: 1, maxLength: 4 }).map(parts => parts.join(' '));
    const block = fc.oneof(
      line,
      line.map(text => `## ${text}`),
      line.map(text => `> ${text}\n>\n> — Speaker, role`),
      line.map(text => `- ${text}\n- ${text}`),
      line.map(text => `1. ${text}\n\n   ${text}`),
      phrase.map(text => `| ${text} | b |\n| - | - |\n| c | d |`),
      phrase.map(text => `\`\`\`timeline\n${text}\n\`\`\``),
      phrase.map(text => `<div>\n\n${text}\n\n</div>`),
    );
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 8 }), blocks => {
        const text = `${blocks.join('\n\n')}\n`;
        const [fast, reference] = treesOf(text);
        expect(fast, text).toEqual(reference);
      }),
      { numRuns: runsOf({ short: 200, long: 1200, deep: 100_000 }) },
    );
  });
});
