/** RSS 2.0, Atom 1.0 and JSON Feed 1.1 of a list, full text, by feedsmith. */
import { randomUUID } from 'node:crypto';
import { generateAtomFeed, generateJsonFeed, generateRssFeed } from 'feedsmith';
import type { OutputFile } from '../base/output-file.ts';
import type { outputs } from '../config/outputs.ts';
import type { RenderContext } from '../render/context.ts';
import type { ArticleEntry } from '../site/model.ts';
import type { ListHead } from '../site/pages.ts';
import { absoluteUrl, outputFileOf } from '../site/urls.ts';

/** Stories in a feed. */
export const feedLimit = 20;

/** What a feed tells of a story besides its text. */
export type FeedEntry = Pick<ArticleEntry, 'path' | 'title' | 'lang' | 'standfirst' | 'modified'> & {
  meta: Pick<ArticleEntry['meta'], 'published' | 'authors' | 'topics'>;
};

/** A story as feedsmith gets it: a placeholder for its text, or empty if it has none. */
interface FeedItem {
  entry: FeedEntry;
  html: string;
}

/**
 * @param stories the list's newest, at most `feedLimit`
 * @param htmlOf a story's text, with absolute addresses alone
 */
export function emitFeeds<Story extends { entry: FeedEntry }>(
  list: ListHead,
  stories: readonly Story[],
  htmlOf: (story: Story, index: number) => string,
  context: RenderContext,
): OutputFile[] {
  // feedsmith goes over every character several times. So it gets placeholders that no author can guess, and the texts replace them.
  const placeholder = randomUUID();
  const pattern = new RegExp(`<${placeholder} (\\d+)>`);
  const texts = stories.map(htmlOf);
  const items = stories.map(({ entry }, index) => ({
    entry,
    html: texts[index]!.trim() && `<${placeholder} ${index}>`,
  }));
  const feeds: Record<FeedFile, [feed: string, textOf: (html: string) => string]> = {
    'feed.xml': [tight(rss(list, items, context)), cdata],
    'atom.xml': [tight(atom(list, items, context)), cdata],
    'feed.json': [
      `${JSON.stringify(jsonFeed(list, items, context), null, 1)}\n`,
      html => JSON.stringify(html).slice(1, -1),
    ],
  };
  return Object.entries(feeds).map(([name, [feed, textOf]]) => ({
    path: outputFileOf(list.path + name),
    parts: feed.split(pattern).map((part, index) => (index % 2 === 0 ? part : textOf(texts[Number(part)]!))),
  }));
}

type FeedFile = (typeof outputs.feeds.list)[number];

/** What ends a CDATA section is told in two. */
const cdata = (html: string): string => html.trim().replaceAll(']]>', ']]]]><![CDATA[>');

/** feedsmith indents its CDATA sections, and readers take the white space for text. */
function tight(xml: string): string {
  const opening = '<![CDATA[';
  const closing = ']]>';
  const parts = xml.split(opening);
  return parts
    .map((part, index) => {
      const end = index === 0 ? 0 : part.indexOf(closing) + closing.length;
      const markup = index === 0 ? part : part.slice(end).trimStart();
      return part.slice(0, end) + (index === parts.length - 1 ? markup : markup.trimEnd());
    })
    .join(opening);
}

function headOf(list: ListHead, { config }: RenderContext) {
  const title = list.kind === 'site' ? config.name : `${list.name} — ${config.name}`;
  return {
    title,
    description: list.description ?? title,
    home: absoluteUrl(list.path, config),
    self: (name: string) => absoluteUrl(list.path + name, config),
  };
}

function itemOf({ entry, html }: FeedItem, { config, authors, listPaths }: RenderContext) {
  const { meta, modified, title, standfirst } = entry;
  return {
    title,
    html,
    url: absoluteUrl(entry.path, config),
    summary: standfirst,
    // Feeds' dates are moments; the zone does not matter to a reader's program.
    published: new Date(meta.published),
    modified: new Date(modified),
    tags: meta.topics.map(id => config.topics.find(topic => topic.id === id)!.name),
    authors: meta.authors.map(id => {
      const { title: name, path } = authors.get(id)!;
      return { name, url: listPaths.has(path) ? absoluteUrl(path, config) : undefined };
    }),
  };
}

/** The newest change of its stories; a feed without stories has none, and the format's epoch stands for it. */
const lastChange = (items: readonly FeedItem[]): Date =>
  new Date(Math.max(0, ...items.map(({ entry }) => Date.parse(entry.modified))));

function rss(list: ListHead, items: FeedItem[], context: RenderContext): string {
  const { title, description, home, self } = headOf(list, context);
  return generateRssFeed({
    title,
    link: home,
    description,
    language: list.lang,
    ...(items.length > 0 && { lastBuildDate: lastChange(items) }),
    atom: { links: [{ href: self('feed.xml'), rel: 'self', type: 'application/rss+xml' }] },
    items: items.map(item => {
      const { title, html, url, summary, published, modified, tags, authors } = itemOf(item, context);
      return {
        title,
        link: url,
        guid: { value: url, isPermaLink: true },
        pubDate: published,
        ...(modified > published && { atom: { updated: modified } }),
        ...(summary !== undefined && { description: summary }),
        categories: tags.map(name => ({ name })),
        dc: { creators: authors.map(({ name }) => name) },
        content: { encoded: html },
      };
    }),
  });
}

function atom(list: ListHead, items: FeedItem[], context: RenderContext): string {
  const { title, description, home, self } = headOf(list, context);
  const { config } = context;
  return generateAtomFeed({
    id: self('atom.xml'),
    title: { value: title },
    ...(list.description !== undefined && { subtitle: { value: description } }),
    updated: lastChange(items),
    authors: [{ name: config.publisher.name }],
    links: [
      { href: self('atom.xml'), rel: 'self', type: 'application/atom+xml' },
      { href: home, rel: 'alternate', type: 'text/html' },
    ],
    xml: { lang: list.lang },
    entries: items.map(item => {
      const { title, html, url, summary, published, modified, tags, authors } = itemOf(item, context);
      return {
        id: url,
        title: { value: title },
        links: [{ href: url, rel: 'alternate', type: 'text/html' }],
        published,
        updated: modified,
        ...(authors.length > 0 && {
          authors: authors.map(({ name, url: uri }) => ({ name, ...(uri !== undefined && { uri }) })),
        }),
        ...(summary !== undefined && { summary: { value: summary } }),
        categories: tags.map(term => ({ term })),
        content: { value: html, type: 'html' },
        xml: { lang: item.entry.lang },
      };
    }),
  });
}

function jsonFeed(list: ListHead, items: FeedItem[], context: RenderContext): object {
  const { title, description, home, self } = headOf(list, context);
  const feed = generateJsonFeed({
    title,
    home_page_url: home,
    feed_url: self('feed.json'),
    description,
    language: list.lang,
    items: items.map(item => {
      const { title, html, url, summary, published, modified, tags, authors } = itemOf(item, context);
      return {
        id: url,
        url,
        title,
        content_html: html,
        ...(summary !== undefined && { summary }),
        date_published: published,
        ...(modified > published && { date_modified: modified }),
        tags,
        authors: authors.map(({ name, url }) => ({ name, ...(url !== undefined && { url }) })),
        language: item.entry.lang,
      };
    }),
  }) as object;
  // feedsmith leaves out an empty list, which the format asks for.
  return { ...feed, items: (feed as { items?: object[] }).items ?? [] };
}
