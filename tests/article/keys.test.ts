/** Declarations of front-matter keys, compared with the manual's table. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { articleKeys, documentKeys } from '../../src/article/keys.ts';
import { parseArticle } from '../../src/index.ts';
import { packageRoot } from '../helpers/site.ts';

const keys: Record<string, { example: unknown }> = { ...articleKeys, ...documentKeys };
const required = { title: 'A headline', published: '2026-03-05T13:00:00Z', desk: 'world' };

/** Rows of the manual's table, without the backticks around the key. */
const rows = readFileSync(join(packageRoot, 'README.md'), 'utf8')
  .split(/^### Front matter$/m)[1]!
  .split(/^#/m)[0]!
  .split('\n')
  .filter(line => line.startsWith('| `'))
  .map(line => line.split('|').map(cell => cell.trim()))
  .map(cells => ({ key: cells[1]!.slice(1, -1), required: cells[3] === '**yes**', example: cells[5]! }));

test('the manual has a row for every key, and no other rows', () => {
  expect(rows.map(({ key }) => key).sort()).toEqual(Object.keys(keys).sort());
});

test('the manual marks the required keys', async () => {
  const { diagnostics } = await parseArticle('---\nkicker: Explainer\n---\n\nText.\n');
  const missing = diagnostics.map(({ reason }) => /^'(\w+)' is missing/.exec(reason)?.[1]);
  const marked = rows.filter(row => row.required).map(({ key }) => key);
  expect(marked.sort()).toEqual(missing.sort());
});

test.each(Object.keys(keys))('the examples of %s are valid', async key => {
  const manual = rows.find(row => row.key === key)!.example;
  const examples = [
    keys[key]!.example,
    ...(manual.startsWith('`') ? [parse(`${manual.slice(1, -1)}`) as unknown] : []),
  ];
  for (const example of examples) {
    const text = `---\n${stringify({ ...required, [key]: example })}---\n\nOver 2,000 people.\n`;
    const { article, diagnostics } = await parseArticle(text, { path: 'content/articles/2026/x.md' });
    expect({ text, diagnostics }).toEqual({ text, diagnostics: [] });
    expect(article).toBeDefined();
  }
});
