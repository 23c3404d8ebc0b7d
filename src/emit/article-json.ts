/** article.json: the structured document as data, by our own JSON Schema, which is published beside it. */
import type { Root } from 'mdast';
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

/** Where the JSON Schema of article.json is published, from the site's root. */
export const articleSchemaPath = outputs.articleJson.site[0];

/** The text of a story's article.json. */
export function emitArticleJson(page: Page & ArticlePage, article: Article, context: RenderContext): string {
  const { config, authors } = context;
  const { meta, lang, body } = article;
  const words = context.wordsOf(article);
  const name = (list: readonly { id: string; name: string }[], id: string) => ({
    id,
    name: list.find(item => item.id === id)!.name,
  });
  const data = {
    $schema: absoluteUrl(articleSchemaPath, config),
    version: 1,
    url: absoluteUrl(page.path, config),
    language: lang,
    type: meta.type,
    title: meta.title,
    standfirst: meta.standfirst,
    kicker: meta.kicker,
    dateline: meta.dateline,
    published: meta.published,
    modified: page.modified,
    desk: name(config.desks, meta.desk),
    topics: meta.topics.map(id => name(config.topics, id)),
    people: meta.people,
    authors: meta.authors.map(id => ({ id, name: authors.get(id)!.title })),
    sources: meta.sources,
    keyFigures: meta.keyFigures,
    corrections: meta.corrections,
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

const addresses = new Set(['url', 'src', 'source', 'href', 'poster', 'captions']);

/** The tree without positions, and with the addresses that readers can follow. */
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

/** Gives pictures the address of a file, its size, and what the file says where the author says nothing. @returns these addresses */
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

/** The two parsers order a node's fields each in its way. */
function sortedKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => compareText(a, b)));
}

const text = { type: 'string' };
const texts = { type: 'array', items: text };
const named = {
  type: 'object',
  properties: { id: text, name: text },
  required: ['id', 'name'],
  additionalProperties: false,
};
const linked = (label: string) => ({
  type: 'object',
  properties: { [label]: text, url: { type: 'string', format: 'uri' } },
  required: [label, 'url'],
  additionalProperties: false,
});
const dateTime = { type: 'string', format: 'date-time' };

/** JSON Schema (2020-12) of article.json. A change that a reader could trip over gets a new version and a new address. */
export function emitArticleSchema(config: SiteAddress): string {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: absoluteUrl(articleSchemaPath, config),
    title: 'An article of a Broadsheet site',
    type: 'object',
    properties: {
      $schema: text,
      version: { const: 1 },
      url: { type: 'string', format: 'uri' },
      language: text,
      type: { enum: ['news', 'report', 'analysis', 'opinion', 'background', 'review'] },
      title: text,
      standfirst: text,
      kicker: text,
      dateline: text,
      published: dateTime,
      modified: dateTime,
      desk: named,
      topics: { type: 'array', items: named },
      people: texts,
      authors: { type: 'array', items: named },
      sources: {
        type: 'array',
        items: {
          type: 'object',
          properties: { name: text, url: text, note: text, firstReport: { type: 'boolean' } },
          required: ['name', 'firstReport'],
          additionalProperties: false,
        },
      },
      keyFigures: {
        type: 'array',
        items: {
          type: 'object',
          properties: { value: text, label: text, source: text },
          required: ['value', 'label'],
          additionalProperties: false,
        },
      },
      corrections: {
        type: 'array',
        items: {
          type: 'object',
          properties: { date: dateTime, text },
          required: ['date', 'text'],
          additionalProperties: false,
        },
      },
      translations: { type: 'array', items: linked('language') },
      related: { type: 'array', items: linked('title') },
      wordCount: { type: 'integer', minimum: 0 },
      readingMinutes: { type: 'integer', minimum: 1 },
      contents: { type: 'array', items: { $ref: '#/$defs/contentsEntry' } },
      body: { $ref: '#/$defs/node', properties: { type: { const: 'root' } } },
    },
    required: [
      '$schema',
      'version',
      'url',
      'language',
      'type',
      'title',
      'published',
      'modified',
      'desk',
      'topics',
      'people',
      'authors',
      'sources',
      'keyFigures',
      'corrections',
      'translations',
      'related',
      'wordCount',
      'readingMinutes',
      'contents',
      'body',
    ],
    additionalProperties: false,
    $defs: {
      contentsEntry: {
        type: 'object',
        properties: {
          id: text,
          text,
          depth: { type: 'integer' },
          children: { type: 'array', items: { $ref: '#/$defs/contentsEntry' } },
        },
        required: ['id', 'text', 'depth', 'children'],
        additionalProperties: false,
      },
      node: {
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
      },
    },
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
