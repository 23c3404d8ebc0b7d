/** article.json: a story's structured document as data, and the JSON Schema of this data. */
import type { Root } from 'mdast';
import { type ArticleMeta, articleKeys, type ResolvedKey } from '../article/keys.ts';
import type { Article } from '../article/model.ts';
import { contentsOf } from '../article/text.ts';
import { walk } from '../article/walk.ts';
import { compareText } from '../base/diagnostics.ts';
import { outputs } from '../config/outputs.ts';
import type { RenderSettings } from '../config/settings.ts';
import type { RenderContext } from '../render/context.ts';
import type { ArticlePage, Page } from '../site/pages.ts';
import { creditLine, type PictureMap, plainFile } from '../site/pictures.ts';
import { absoluteUrl, linkUrl, type SiteAddress } from '../site/urls.ts';

/** Path of the JSON Schema of article.json, from the site's root. */
export const articleSchemaPath = outputs.articleJson.site[0];

/** Generates a story's article.json. */
export function emitArticleJson(page: Page & ArticlePage, article: Article, context: RenderContext): string {
  const { config } = context;
  const { lang, body } = article;
  const words = context.wordsOf(article);
  const data = {
    $schema: absoluteUrl(articleSchemaPath, config),
    version: 1,
    url: absoluteUrl(page.path, config),
    language: lang,
    ...frontMatterFields(page, article, context),
    translations: page.languages
      .filter(({ path }) => path !== page.path)
      .map(({ lang: language, path }) => ({ language, url: absoluteUrl(path, config) })),
    related: page.related.map(({ title, path }) => ({ title, url: absoluteUrl(path, config) })),
    wordCount: words.count,
    readingMinutes: words.readingMinutes,
    contents: contentsOf(body),
    body: publicTree(body, page, context),
  };
  return `${JSON.stringify(data)}\n`;
}

/**
 * Selects the declared front-matter keys, in order, and `modified`. Does not compile if a `ResolvedKey` is
 * missing.
 */
function frontMatterFields({ modified }: ArticlePage, { meta }: Article, { config, authors }: RenderContext) {
  const named = (list: readonly { id: string; name: string }[], id: string) => ({
    id,
    name: list.find(item => item.id === id)!.name,
  });
  const resolved: Record<string, unknown> = {
    desk: named(config.desks, meta.desk),
    topics: meta.topics.map(id => named(config.topics, id)),
    authors: meta.authors.map(id => ({ id, name: authors.get(id)!.title })),
  } satisfies Record<ResolvedKey, unknown>;
  const values = { ...meta, ...resolved, modified };
  return Object.fromEntries(frontMatterNames.map(name => [name, values[name]]));
}

const addresses = new Set(['url', 'src', 'source', 'href', 'poster', 'captions']);

/** Copies the tree without positions. Makes addresses absolute, and omits those that are broken. */
function publicTree(tree: Root, { links, pictures }: ArticlePage, { config }: RenderContext): unknown {
  const absolute = (url: string) =>
    Object.hasOwn(links, url) ? linkUrl(links[url]!, undefined, config) : undefined;
  const own = structuredClone(tree);
  const published = publishPictures(own, pictures, config);
  return JSON.parse(
    JSON.stringify(own, (key, value: unknown) => {
      if (key === 'position' || key === 'data') return undefined;
      if (addresses.has(key) && typeof value === 'string') {
        if (published.has(value)) return value;
        return key === 'source' && !Object.hasOwn(links, value) ? value : absolute(value);
      }
      return sortedKeys(value);
    }),
  );
}

/**
 * Gives each picture in `tree` the URL and size of a published file. Adds texts from the picture's metadata if
 * the author wrote none.
 * @returns the absolute URLs of these files
 */
function publishPictures(tree: Root, pictures: PictureMap, config: RenderSettings): Set<string> {
  const published = new Set<string>();
  const publish = (address: string) => {
    const picture = Object.hasOwn(pictures, address) ? pictures[address] : undefined;
    if (!picture) return undefined;
    const { path, width, height } = plainFile(picture);
    const url = absoluteUrl(path, config);
    published.add(url);
    return { url, width, height, rights: picture.rights };
  };
  walk(tree, node => {
    if (node.type === 'image') {
      const { url, width, height, rights } = publish(node.url) ?? {};
      if (url) Object.assign(node, { url, width, height, alt: node.alt?.trim() || rights?.alt || '' });
    } else if (node.type === 'figure' && node.kind === 'image') {
      const { url, width, height, rights } = publish(node.src) ?? {};
      if (!url || !rights) return;
      Object.assign(node, {
        src: url,
        width,
        height,
        alt: node.alt.trim() || rights.alt || '',
        caption: node.caption ?? rights.caption,
        credit: node.credit ?? creditLine(rights),
      });
    }
  });
  return published;
}

/** Sorts keys, because the two parsers order the fields of a node differently. */
function sortedKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => compareText(a, b)));
}

const text = { type: 'string' };
const uri = { type: 'string', format: 'uri' };

/** JSON Schema for a list of objects, each with a label and a URL. */
const linked = (label: string) => ({
  type: 'array',
  items: {
    type: 'object',
    properties: { [label]: text, url: uri },
    required: [label, 'url'],
    additionalProperties: false,
  },
});

type Field = [name: string, schema: object, required: boolean];

/** Fields for front-matter keys. `modified`, which the build computes, follows `published`. */
const frontMatterSchemas = Object.entries(articleKeys).flatMap(([name, declaration]): Field[] => {
  if (!('json' in declaration)) return [];
  const { schema, required } = declaration.json;
  const field: Field = [name, schema, required];
  return name === 'published' ? [field, ['modified', schema, true]] : [field];
});
const frontMatterNames = frontMatterSchemas.map(([name]) => name as keyof ArticleMeta | 'modified');

/** Fields of article.json in order. Front-matter fields are declared in article/keys.ts. */
const fields: readonly Field[] = [
  ['$schema', text, true],
  ['version', { const: 1 }, true],
  ['url', uri, true],
  ['language', text, true],
  ...frontMatterSchemas,
  ['translations', linked('language'), true],
  ['related', linked('title'), true],
  ['wordCount', { type: 'integer', minimum: 0 }, true],
  ['readingMinutes', { type: 'integer', minimum: 1 }, true],
  ['contents', { type: 'array', items: { $ref: '#/$defs/contentsEntry' } }, true],
  ['body', { $ref: '#/$defs/node', properties: { type: { const: 'root' } } }, true],
];

const contentsEntry = {
  type: 'object',
  properties: {
    id: text,
    text,
    depth: { type: 'integer' },
    children: { type: 'array', items: { $ref: '#/$defs/contentsEntry' } },
  },
  required: ['id', 'text', 'depth', 'children'],
  additionalProperties: false,
};

const nodes = {
  description:
    'A node of mdast (https://github.com/syntax-tree/mdast), or one of: articleSection, quote, figure, relatedLink, callout, htmlElement.',
  type: 'object',
  properties: { type: text, children: { type: 'array', items: { $ref: '#/$defs/node' } }, value: text },
  required: ['type'],
  allOf: [
    node('articleSection', { id: text, depth: { type: 'integer', minimum: 2, maximum: 6 } }),
    node('quote', { id: text, speaker: text }),
    node('figure', {
      id: text,
      kind: { enum: ['image', 'table', 'timeline', 'chart', 'video', 'audio'] },
    }),
    node('relatedLink', { url: text }),
    node('callout', { kind: { enum: ['context', 'note', 'correction'] } }),
    node('htmlElement', { tagName: text, properties: { type: 'object' } }),
  ],
};

/**
 * Generates the JSON Schema (2020-12) of article.json. Every build publishes the schema of its own files. The
 * schema is strict, so that undeclared fields are noticed.
 *
 * The version, and with it the schema's URL, changes when a program that reads today's fields could break:
 * when a field is removed or renamed, when its type or meaning changes, or when a required field becomes
 * optional. A new optional field, or a new value of an enumeration such as `type`, does not change the version, so
 * programs must ignore unknown fields and accept unknown values.
 * tests/emit/article-schema.test.ts compares the schema with the first schema of version 1.
 */
export function emitArticleSchema(config: SiteAddress): string {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: absoluteUrl(articleSchemaPath, config),
    title: 'An article of a Broadsheet site',
    type: 'object',
    properties: Object.fromEntries(fields.map(([name, own]) => [name, own])),
    required: fields.filter(([, , required]) => required).map(([name]) => name),
    additionalProperties: false,
    $defs: { contentsEntry, node: nodes },
  };
  return `${JSON.stringify(schema, null, 1)}\n`;
}

function node(type: string, properties: Record<string, object>): object {
  return {
    if: { properties: { type: { const: type } } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { properties, required: Object.keys(properties) },
  };
}
