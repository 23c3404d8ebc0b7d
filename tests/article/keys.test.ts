/** Declarations of front-matter keys, compared with the manual's table. */
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { articleKeys, documentKeys } from '../../src/article/keys.ts';
import { parseArticle } from '../../src/index.ts';
import { manualFolder, tableOf } from '../helpers/manual.ts';

const keys: Record<string, { example: unknown }> = { ...articleKeys, ...documentKeys };
const required = { title: 'A headline', published: '1969-07-20T20:17:00Z', desk: 'world' };

/** Rows of the manual's table, without the backticks around the key. */
const rows = tableOf(`${manualFolder}/front-matter.md`, 'key').map(cells => ({
  key: cells[0]!.slice(1, -1),
  required: cells[2] === '**yes**',
  example: cells[4]!,
}));

test('the manual marks the required keys', async () => {
  const { diagnostics } = await parseArticle('---\nkicker: Explainer\n---\n\nText.\n');
  const missing = diagnostics.map(({ reason }) => /^The key '(\w+)' is missing/.exec(reason)?.[1]);
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
    const text = `---\n${stringify({ ...required, [key]: example })}---\n\nOver 2,000 people, and 382 kg.\n`;
    const { article, diagnostics } = await parseArticle(text, { path: 'content/articles/2026/x.md' });
    expect({ text, diagnostics }).toEqual({ text, diagnostics: [] });
    expect(article).toBeDefined();
  }
});
