/** Programs that read version 1 of article.json must continue to work: the schema may only gain fields and values. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { emitArticleSchema } from '../../src/emit/article-json.ts';

interface Schema {
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  allOf?: NodeSchema[];
  $defs?: Record<string, Schema>;
  [keyword: string]: unknown;
}
interface NodeSchema extends Schema {
  if: { properties: { type: { const: string } } };
  then: Schema;
}

const address = { origin: 'https://news.example', basePath: '/' };
const current = () => JSON.parse(emitArticleSchema(address)) as Schema;
/** First schema of version 1. A change to this file requires a new version. */
const first = JSON.parse(readFileSync(new URL('article-1.schema.json', import.meta.url), 'utf8')) as Schema;

/** Finds changes that break programs written for the old schema. */
function breaks(old: Schema, now: Schema | undefined, path = ''): string[] {
  if (!now) return [`${path} is gone`];
  const { properties, required = [], items, allOf, $defs, ...rest } = old;
  const changed = Object.keys(rest).filter(
    keyword => !['$id', 'title', 'description'].includes(keyword) && !accepts(old[keyword], now[keyword]),
  );
  const nodes = (list: NodeSchema[] = []) =>
    Object.fromEntries(list.map(({ if: condition, then }) => [condition.properties.type.const, then]));
  const parts = (before: Record<string, Schema> = {}, after: Record<string, Schema> = {}) =>
    Object.entries(before).flatMap(([name, schema]) => breaks(schema, after[name], `${path}/${name}`));
  return [
    ...changed.map(keyword => `${path}: ${keyword} is another`),
    ...required.filter(name => !now.required?.includes(name)).map(name => `${path}/${name} may be missing`),
    ...(items ? breaks(items, now.items, `${path}[]`) : []),
    ...parts(properties, now.properties),
    ...parts($defs, now.$defs),
    ...parts(nodes(allOf), nodes(now.allOf)),
  ];
}

/** Whether a keyword is unchanged, or an enumeration that still has all its values. */
const accepts = (old: unknown, now: unknown): boolean =>
  Array.isArray(old) && Array.isArray(now)
    ? old.every(value => now.includes(value))
    : JSON.stringify(old) === JSON.stringify(now);

test('the schema of article.json is that of version 1, apart from added fields', () => {
  expect(first.properties?.version).toEqual({ const: 1 });
  expect(breaks(first, current())).toEqual([]);
});

test.each<[what: string, change: (schema: Schema) => void, expected: string[]]>([
  [
    'a new field is compatible',
    ({ properties, required }) => {
      properties!.beat = { type: 'string' };
      required!.push('beat');
    },
    [],
  ],
  [
    'a new value is compatible',
    ({ properties }) => {
      properties!.type = { enum: [...(properties!.type!.enum as string[]), 'cartoon'] };
    },
    [],
  ],
  [
    'a removed value is incompatible',
    ({ properties }) => {
      properties!.type = { enum: (properties!.type!.enum as string[]).slice(1) };
    },
    ['/type: enum is another'],
  ],
  ['a removed field is incompatible', ({ properties }) => delete properties!.title, ['/title is gone']],
  [
    'a required field that becomes optional is incompatible',
    schema => {
      schema.required = schema.required!.filter(name => name !== 'title');
    },
    ['/title may be missing'],
  ],
  [
    'a changed type is incompatible',
    ({ properties }) => {
      properties!.wordCount = { type: 'string', minimum: 0 };
    },
    ['/wordCount: type is another'],
  ],
  [
    'a changed item type is incompatible',
    ({ properties }) => {
      properties!.people!.items = { type: 'object' };
    },
    ['/people[]: type is another'],
  ],
  [
    'a node without its field is incompatible',
    ({ $defs }) => {
      const quote = $defs!.node!.allOf!.find(({ if: { properties } }) => properties.type.const === 'quote')!;
      delete quote.then.properties!.speaker;
    },
    ['/node/quote/speaker is gone'],
  ],
])('%s', (_, change, expected) => {
  const schema = current();
  change(schema);
  expect(breaks(first, schema)).toEqual(expected);
});
