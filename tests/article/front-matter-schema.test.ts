/** JSON Schema of the front matter, as `broadsheet schema` prints it for editors. */
import { readFileSync } from 'node:fs';
import { Ajv2020 as Ajv } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { frontMatterSchema } from '../../src/article/meta.ts';
import { run } from '../helpers/cli.ts';
import { packageRoot, readFolder } from '../helpers/site.ts';

const schema = frontMatterSchema();
const validate = new Ajv({ strict: true, allErrors: true, allowUnionTypes: true }).compile(schema);

const frontMatterOf = (text: string): Record<string, unknown> =>
  parse(/^---\n([\s\S]*?)\n---/.exec(text)![1]!) as Record<string, unknown>;

const articles = Object.entries(readFolder(`${packageRoot}content/articles`)).filter(([path]) =>
  path.endsWith('.md'),
);
const good = frontMatterOf(readFileSync(`${packageRoot}content/articles/${articles[0]![0]}`, 'utf8'));

test('`broadsheet schema` prints it, for the draft that editors read', () => {
  const { status, stdout, stderr } = run(packageRoot, 'schema');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(JSON.parse(stdout)).toEqual(schema);
  expect(schema).toMatchObject({ $schema: expect.stringContaining('json-schema.org/') });
});

describe('it accepts', () => {
  test('the front matter of every article in the repository', () => {
    expect(articles.length).toBeGreaterThan(1);
    for (const [path, text] of articles)
      expect([path, validate(frontMatterOf(text)) || validate.errors]).toEqual([path, true]);
  });
  test('an article with only the required keys', () =>
    expect(validate({ title: 'A', published: '2025-03-05', desk: 'world' })).toBe(true));
  test('every existing key', () => {
    const all = {
      ...good,
      kicker: 'A',
      seoTitle: 'A',
      seoDescription: 'A',
      dateline: 'B',
      updated: '2025-03-06',
      expires: '2026-03-06',
      draft: true,
      prominence: 'lead',
      type: 'analysis',
      people: ['C'],
      aliases: ['/old/'],
      related: ['x.md'],
      corrections: [{ date: '2025-03-06', text: 'D' }],
      keyFigures: [{ value: 59, label: 'E', source: 'F' }],
      sources: [{ name: 'G', url: 'https://g.example/', note: 'H', firstReport: true }],
      review: { item: 'J', kind: 'book', verdict: 'K', rating: '4/5', facts: [{ label: 'L', value: 'M' }] },
      life: { name: 'N', born: '1931', died: '2026-03-01' },
      picture: 'x.jpg',
      lang: 'en',
      slug: 'i',
    };
    expect(validate(all) || validate.errors).toBe(true);
    const { properties } = schema as { properties: object };
    expect(Object.keys(properties).filter(key => !(key in all))).toEqual(['translationOf']);
  });
  test('text that is written as a number, as the build does', () =>
    expect(validate({ ...good, title: 2025 })).toBe(true));
});

describe('it rejects', () => {
  test.each([
    ['an unknown key', { titel: 'A' }],
    ['an unknown key of a source', { sources: [{ name: 'A', link: 'B' }] }],
    ['a correction without a date', { corrections: [{ text: 'A' }] }],
    ['an unknown prominence', { prominence: 'huge' }],
    ['an unknown type', { type: 'novel' }],
    ['a review without a verdict', { review: { item: 'A' } }],
    ['an unknown kind of work', { review: { item: 'A', verdict: 'B', kind: 'opera' } }],
    ['text instead of a list', { authors: 'ada' }],
    ['a list instead of text', { title: ['A'] }],
    ['text instead of a boolean', { draft: 'yes' }],
    ['a missing title', { title: undefined }],
    ['a missing desk', { desk: undefined }],
  ])('%s', (_, wrong) => {
    expect(validate(good)).toBe(true);
    expect(validate(JSON.parse(JSON.stringify({ ...good, ...wrong })))).toBe(false);
  });
});
