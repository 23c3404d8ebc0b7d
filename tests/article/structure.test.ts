import type { Nodes } from 'mdast';
import { describe, expect, test } from 'vitest';
import { createMarkdownParser } from '../../src/article/markdown.ts';
import { parseArticle } from '../../src/article/parse.ts';
import { parserNames } from '../../src/article/parser-names.ts';
import { readFixtures } from '../helpers/fixtures.ts';
import { frontMatter, parseSettings } from '../helpers/site.ts';

/** Content of data.csv, which is beside every fixture's article. */
const csv = 'place;votes;seats\r\n"North; upper";1200;3\r\n\r\nSouth;;-1.50\r\n';

for (const { file, cases } of readFixtures(new URL('fixtures', import.meta.url).pathname)) {
  describe(file, () => {
    test.each(cases.flatMap(one => parserNames.map(parser => ({ ...one, parser }))))(
      '$title, with $parser',
      ({ title, input, output, parser }) => {
        const lang = /\(([a-z]{2})\)$/.exec(title)?.[1] ?? 'en';
        const { document } = parseArticle(
          { path: 'content/articles/2025/x.md', bytes: Buffer.from(frontMatter() + input) },
          { ...parseSettings, lang, markdown: createMarkdownParser(parser) },
          path =>
            path === 'content/articles/2025/data.csv' ? { bytes: Buffer.from(csv) } : { problem: 'absent' },
        );
        expect(document!.body.children.flatMap(node => outline(node, 0)).join('\n')).toBe(output);
      },
    );
  });
}

/** Describes each node on one line: its type, its fields, its text. */
function outline(node: Nodes, depth: number): string[] {
  const {
    type,
    position: _position,
    children: _children,
    value,
    data: _data,
    ...fields
  } = node as Nodes & {
    children?: unknown;
    value?: string;
    data?: unknown;
  };
  const shown = Object.entries(fields)
    .filter(([, field]) => field !== undefined && field !== null)
    .map(([key, field]) => ` ${key}=${typeof field === 'string' ? field : JSON.stringify(field)}`);
  const line = `${'  '.repeat(depth)}${type}${shown.join('')}${value === undefined ? '' : ` ${JSON.stringify(value)}`}`;
  return [line, ...('children' in node ? node.children.flatMap(child => outline(child, depth + 1)) : [])];
}
