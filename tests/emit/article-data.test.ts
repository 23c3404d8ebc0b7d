/** The article as data: article.json matches its published schema, and ninjs.json IPTC's. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 as Ajv, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { kitchenSink } from '../helpers/kitchen-sink.ts';
import { origin, publish, publishForAll, stories, story } from '../helpers/publication.ts';
import { buildSite, packageRoot, readFolder, temporaryFolder } from '../helpers/site.ts';
import { agencyXmp, makePhoto } from '../media/photos.ts';

function compile(schema: object): ValidateFunction {
  const ajv = new Ajv({ strict: false, allErrors: true });
  (addFormats as unknown as (ajv: Ajv) => void)(ajv);
  // Replaces the schema that ninjs uses for the shape of places, which Broadsheet does not output.
  ajv.addSchema({ $id: 'https://geojson.org/schema/GeoJSON.json', type: 'object' });
  return ajv.compile(schema);
}

/** IPTC's schema, from https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json (CC BY 4.0). */
const validateNinjs = compile(
  JSON.parse(readFileSync(new URL('ninjs-schema_3.1.json', import.meta.url), 'utf8')) as object,
);

type Json = Record<string, unknown>;

function dataOf(files: Record<string, string>, name: string): [path: string, data: Json][] {
  return Object.entries(files)
    .filter(([path]) => path.endsWith(`/${name}`))
    .map(([path, text]) => [path, JSON.parse(text) as Json]);
}

const sink = await publishForAll(kitchenSink, { drafts: true });
sink.remove();
const many = await publishForAll(stories(8));
many.remove();
const translated = await publishForAll({
  'content/articles/2025/x.md': story(
    {
      title: `Every field "filled" & <more>`,
      standfirst: 'A standfirst',
      kicker: 'A kicker',
      dateline: 'Doha',
      updated: '2025-03-06T00:00:00-05:00',
      expires: '2030-01-01T00:00:00Z',
      type: 'analysis',
      topics: ['gaza'],
      people: ['Edan Alexander'],
      sources: [
        { name: 'Axios', url: 'https://axios.example/', note: 'First', firstReport: true },
        { name: 'Another' },
      ],
      keyFigures: [{ value: '59', label: 'hostages', source: 'The army' }],
      corrections: [{ date: '2025-03-07T00:00:00-05:00', text: 'It was 59.' }],
      related: ['y.md'],
    },
    'There are 59.\n\n## A heading\n\nMore.',
  ),
  'content/articles/2025/x.he.md': story({ title: 'כותרת', lang: 'he', translationOf: 'x.md' }),
  'content/articles/2025/y.md': story({ title: 'Another' }),
});
translated.remove();
const outputs = { 'every element': sink.files, 'many stories': many.files, 'every field': translated.files };

describe('article.json', () => {
  test.each(Object.entries(outputs))('conforms to the published schema: %s', (_, files) => {
    const validate = compile(JSON.parse(files['schema/article.v1.json']!) as object);
    const articles = dataOf(files, 'article.json');
    expect(articles.length).toBeGreaterThan(2);
    for (const [path, data] of articles)
      expect([path, validate(data) || validate.errors]).toEqual([path, true]);
  });

  test('gives the address of its schema', async () => {
    const { files } = await publish(stories(1), { basePath: '/news/' });
    const [[, data]] = dataOf(files, 'article.json') as [[string, Json]];
    expect(data.$schema).toBe(`${origin}/news/schema/article.v1.json`);
    expect((JSON.parse(files['schema/article.v1.json']!) as Json).$id).toBe(data.$schema);
    expect(data.url).toBe(`${origin}/news/world/2025/01/story-0/`);
  });

  test('is rejected with an unknown property, without a required one, or with an invalid value', () => {
    const validate = compile(JSON.parse(many.files['schema/article.v1.json']!) as object);
    const [[, data]] = dataOf(many.files, 'article.json') as [[string, Json]];
    expect(validate(data)).toBe(true);
    expect(validate({ ...data, more: 1 })).toBe(false);
    expect(validate({ ...data, title: undefined })).toBe(false);
    expect(validate({ ...data, published: 'yesterday' })).toBe(false);
    expect(validate({ ...data, type: 'novel' })).toBe(false);
    expect(validate({ ...data, body: { type: 'root', children: [{ type: 'quote' }] } })).toBe(false);
    expect(validate({ ...data, body: { type: 'paragraph' } })).toBe(false);
  });

  test('has the fields of the front matter, the translations and the related stories', () => {
    const data = JSON.parse(translated.files['world/2025/03/x/article.json']!) as Json;
    expect(data).toMatchObject({
      title: 'Every field “filled” & <more>',
      type: 'analysis',
      modified: '2025-03-07T00:00:00-05:00',
      desk: { id: 'world', name: 'World' },
      topics: [{ id: 'gaza', name: 'Gaza' }],
      sources: [
        { name: 'Axios', url: 'https://axios.example/', note: 'First', firstReport: true },
        { name: 'Another' },
      ],
      keyFigures: [{ value: '59', label: 'hostages', source: 'The army' }],
      corrections: [{ text: 'It was 59.' }],
      translations: [{ language: 'he', url: `${origin}/he/world/2025/03/x/` }],
      related: [{ title: 'Another', url: `${origin}/world/2025/03/y/` }],
      contents: [{ id: 'a-heading', text: 'A heading', depth: 2, children: [] }],
    });
  });

  test('has the tree without positions or generated HTML, and with addresses that work everywhere', () => {
    for (const [, data] of dataOf(sink.files, 'article.json')) {
      const addresses: unknown[] = [];
      const nodeTypes: unknown[] = [];
      JSON.stringify(data.body, (key, value: unknown) => {
        expect(key).not.toBe('position');
        if (key === 'type') nodeTypes.push(value);
        if ((key === 'url' || key === 'src' || key === 'href') && value !== undefined) addresses.push(value);
        return value;
      });
      expect(nodeTypes).not.toContain('html');
      for (const address of addresses) expect(address).toMatch(/^(https?|mailto|tel):/);
    }
    expect(sink.files['world/2025/03/everything/article.json']).toContain('"kind":"timeline"');
  });
});

describe('ninjs.json', () => {
  test.each(Object.entries(outputs))(
    'conforms to IPTC’s schema, which rejects unknown properties: %s',
    (_, files) => {
      const articles = dataOf(files, 'ninjs.json');
      expect(articles.length).toBeGreaterThan(2);
      for (const [path, data] of articles)
        expect([path, validateNinjs(data) || validateNinjs.errors]).toEqual([path, true]);
    },
  );

  test('of the publication that comes with the generator conforms too', async () => {
    const out = join(temporaryFolder(), 'dist');
    expect((await buildSite(packageRoot, { out, drafts: true })).ok).toBe(true);
    const files = readFolder(out);
    expect(dataOf(files, 'ninjs.json').length).toBeGreaterThan(3);
    for (const [path, data] of dataOf(files, 'ninjs.json'))
      expect([path, validateNinjs(data) || validateNinjs.errors]).toEqual([path, true]);
  });

  test('is rejected by the schema with an unknown property or an invalid value, so this test can fail', () => {
    const [[, data]] = dataOf(many.files, 'ninjs.json') as [[string, Json]];
    expect(validateNinjs(data)).toBe(true);
    expect(validateNinjs({ ...data, embargo: 'x' })).toBe(false);
    expect(validateNinjs({ ...data, uri: undefined })).toBe(false);
    expect(validateNinjs({ ...data, pubStatus: 'published' })).toBe(false);
    expect(validateNinjs({ ...data, firstCreated: 'yesterday' })).toBe(false);
    expect(validateNinjs({ ...data, bodies: [{ value: 'x', html: 'y' }] })).toBe(false);
  });

  test('has the fields that another newsroom needs', () => {
    const data = JSON.parse(translated.files['world/2025/03/x/ninjs.json']!) as Json;
    const { bodies: _, ...rest } = data;
    expect(rest).toEqual({
      uri: `${origin}/world/2025/03/x/`,
      standard: {
        name: 'ninjs',
        version: '3.1',
        schema: 'https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json',
      },
      type: 'text',
      representationType: 'full',
      language: 'en',
      firstCreated: '2025-03-05T09:00:00-05:00',
      versionCreated: '2025-03-07T00:00:00-05:00',
      contentCreated: '2025-03-05T09:00:00-05:00',
      expires: '2029-12-31T19:00:00-05:00',
      pubStatus: 'usable',
      title: 'Every field “filled” & <more>',
      headlines: [
        { role: 'main', contentType: 'text/plain', value: 'Every field “filled” & <more>' },
        { role: 'kicker', contentType: 'text/plain', value: 'A kicker' },
      ],
      descriptions: [{ role: 'summary', contentType: 'text/plain', value: 'A standfirst' }],
      located: 'Doha',
      people: [{ name: 'Edan Alexander', rel: 'about' }],
      subjects: [
        { name: 'World', rel: 'category', uri: `${origin}/world/` },
        { name: 'Gaza', rel: 'about', uri: `${origin}/topics/gaza/` },
      ],
      genres: [{ name: 'Analysis', literal: 'analysis', uri: 'http://cv.iptc.org/newscodes/genre/Analysis' }],
      infoSources: [
        { name: 'Axios', role: 'first report', uri: 'https://axios.example/' },
        { name: 'Another', role: 'source' },
      ],
      edNote: 'Correction, 2025-03-07T00:00:00-05:00: It was 59.',
      copyrightHolder: 'Courier Press',
    });
    const bodies = data.bodies as { role: string; contentType: string; charCount: number; value: string }[];
    for (const { charCount, value } of bodies) expect(charCount).toBe(value.length);
    expect(bodies.map(({ role, contentType }) => [role, contentType])).toEqual([
      ['main', 'text/html'],
      ['main', 'text/plain'],
    ]);
    expect(bodies[1]!.value).not.toContain('<');
  });

  test('has only absolute addresses in its body', () => {
    for (const [, data] of dataOf(sink.files, 'ninjs.json')) {
      const [body] = data.bodies as { value: string }[];
      for (const [, address] of body!.value.matchAll(/\s(?:href|src|cite)="([^"]*)"/g))
        expect(address).toMatch(/^(https?:\/\/|mailto:|tel:)/);
    }
  });
});

describe('the structured text', () => {
  test('has absolute addresses for sources of quotations, and leaves names of sources as they are', async () => {
    const { files } = await publish({
      'content/articles/2025/x.md': story(
        {},
        '> We agreed.\n>\n> — Jane Roe, mayor, [minutes](y.md)\n\n| A | B |\n| - | - |\n| 1 | 2 |\n\nTable: Votes. Source: Election office\n',
      ),
      'content/articles/2025/y.md': story({ title: 'Another' }),
    });
    const { body } = JSON.parse(files['world/2025/03/x/article.json']!) as { body: { children: Json[] } };
    expect(body.children.map(({ type, source, sourceTitle }) => [type, source, sourceTitle])).toEqual([
      ['quote', `${origin}/world/2025/03/y/`, 'minutes'],
      ['figure', 'Election office', undefined],
    ]);
  });

  test('describes a picture in the author’s words, or in those of the file if there are none', async () => {
    const photo = await makePhoto({ width: 40, height: 30, xmp: agencyXmp });
    const { files } = await publish({
      'content/articles/2025/x.md': story({}, '![By the author](a.jpg)\n\n![](b.jpg)\n'),
      'content/articles/2025/a.jpg': photo,
      'content/articles/2025/b.jpg': photo,
    });
    const { body } = JSON.parse(files['world/2025/03/x/article.json']!) as { body: { children: Json[] } };
    expect(body.children.map(({ alt, caption, credit }) => [alt, caption, credit])).toEqual([
      ['By the author', 'The council votes.', 'Jane Doe/Agency'],
      ['Hands are raised', 'The council votes.', 'Jane Doe/Agency'],
    ]);
  });
});
