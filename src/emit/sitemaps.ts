/**
 * sitemap.xml (https://www.sitemaps.org), split into several files if it is too long, and Google's news
 * sitemap.
 */

import { setImmediate } from 'node:timers/promises';
import { SitemapIndexStream, type SitemapItemLoose, SitemapStream, streamToPromise } from 'sitemap';
import { textIn } from '../base/local-text.ts';
import type { OutputFile } from '../base/output-file.ts';
import type { PlanSettings } from '../config/settings.ts';
import type { ArticleEntry, Site } from '../site/model.ts';
import type { ArticlePage, Page } from '../site/pages.ts';
import { plainFile } from '../site/pictures.ts';
import { absoluteUrl, type SiteAddress } from '../site/urls.ts';

/**
 * Maximum age of a story in the news sitemap, in milliseconds. Google accepts stories from the last two days,
 * and at most 1,000. https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
 */
const newsAge = 2 * 86_400_000;
const newsLimit = 1000;

/** Maximum number of URLs in one file: the protocol's limit. */
const addressLimit = 50_000;

/**
 * Maximum number of pictures per page:
 * https://developers.google.com/search/docs/crawling-indexing/sitemaps/image-sitemaps.
 */
const pictureLimit = 1000;

/** Content of the sitemaps as plain data. */
export interface SitemapData {
  items: SitemapItemLoose[];
  news: SitemapItemLoose[];
  /** Maximum number of URLs in one file. */
  limit: number;
  address: SiteAddress;
}

/**
 * Collects the content of the sitemaps. Sponsored stories are not in the news sitemap.
 * @param now the build's clock, in milliseconds since the epoch
 * @param limit maximum number of URLs in one file
 * @returns the data, and when the oldest recent story becomes too old for the news sitemap, in milliseconds
 *   since the epoch; undefined if there are no recent stories
 */
export function planSitemaps(
  { config, articles }: Pick<Site, 'config' | 'articles'>,
  pages: readonly Page[],
  now: number,
  limit = addressLimit,
): { data: SitemapData; validUntil: number | undefined } {
  const recent = articles.filter(
    ({ meta }) => meta.type !== 'sponsored' && Date.parse(meta.published) > now - newsAge,
  );
  const news = new Map(recent.slice(0, newsLimit).map(article => [article.path, article]));
  const shown = new Map(
    pages.flatMap(page => (page.kind === 'article' && news.has(page.path) ? [[page.path, page]] : [])),
  );
  const oldest = recent.at(-1)?.meta.published;
  const { origin, basePath } = config;
  return {
    data: {
      items: pages.flatMap(page => itemOf(page, config)),
      news: [...news.values()].map(article => newsItemOf(article, shown.get(article.path), config)),
      limit,
      address: { origin, basePath },
    },
    validUntil: oldest === undefined ? undefined : Date.parse(oldest) + newsAge,
  };
}

/** Emits the sitemaps. Yields to the event loop, because this takes long on a large site. */
export async function emitSitemaps({ items, news, limit, address }: SitemapData): Promise<OutputFile[]> {
  return [await newsSitemap(news), ...(await sitemaps(items, limit, address))];
}

async function sitemaps(
  items: readonly SitemapItemLoose[],
  limit: number,
  address: SiteAddress,
): Promise<OutputFile[]> {
  if (items.length <= limit) return [{ path: 'sitemap.xml', text: await sitemap(items) }];
  const parts: OutputFile[] = [];
  for (let start = 0; start < items.length; start += limit) {
    parts.push({
      path: `sitemap-${parts.length + 1}.xml`,
      text: await sitemap(items.slice(start, start + limit)),
    });
  }
  const index = new SitemapIndexStream();
  for (const { path } of parts) index.write({ url: absoluteUrl(`/${path}`, address) });
  index.end();
  return [...parts, { path: 'sitemap.xml', text: `${await streamToPromise(index)}\n` }];
}

/**
 * Creates the sitemap entry of a page. `lastmod` is the story's date, never the build's. Redirects, copies, the
 * 404 page, the search page and numbered pages have no entry.
 */
function itemOf(page: Page, config: SiteAddress): SitemapItemLoose[] {
  const url = absoluteUrl(page.path, config);
  switch (page.kind) {
    case 'article': {
      const { modified, languages } = page;
      const links = [
        ...languages.map(({ lang, path }) => ({ lang, url: absoluteUrl(path, config) })),
        ...(languages[0] ? [{ lang: 'x-default', url: absoluteUrl(languages[0].path, config) }] : []),
      ];
      return [
        {
          url,
          lastmodISO: modified,
          ...(links.length > 0 && { links }),
          ...imagesOf(page, config),
        },
      ];
    }
    case 'list':
    case 'author':
      return page.pager.number === undefined ? [{ url }] : [];
    case 'redirect':
    case 'copy':
    case 'notFound':
    case 'search':
      return [];
    default:
      return [{ url }];
  }
}

/** Lists up to `pictureLimit` pictures of a story, the lead picture first. */
function imagesOf({ lead, pictures }: ArticlePage, config: SiteAddress): Pick<SitemapItemLoose, 'img'> {
  const first = pictures[lead ?? ''];
  const paths = [...(first ? [first] : []), ...Object.values(pictures)].map(
    picture => plainFile(picture).path,
  );
  const img = [...new Set(paths)].slice(0, pictureLimit).map(path => ({ url: absoluteUrl(path, config) }));
  return img.length > 0 ? { img } : {};
}

const hasImages = (items: readonly SitemapItemLoose[]): boolean => items.some(({ img }) => img !== undefined);

async function sitemap(items: readonly SitemapItemLoose[]): Promise<string> {
  const stream = new SitemapStream({
    xmlns: { news: false, video: false, image: hasImages(items), xhtml: true },
  });
  return write(stream, items);
}

function newsItemOf(
  { path, title, lang, meta }: ArticleEntry,
  page: ArticlePage | undefined,
  config: PlanSettings,
): SitemapItemLoose {
  return {
    url: absoluteUrl(path, config),
    ...(page && imagesOf(page, config)),
    news: {
      publication: { name: textIn(config.name, lang, config.lang), language: newsLanguage(lang) },
      publication_date: meta.published,
      title,
    },
  };
}

async function newsSitemap(items: readonly SitemapItemLoose[]): Promise<OutputFile> {
  const stream = new SitemapStream({
    xmlns: { news: true, video: false, image: hasImages(items), xhtml: false },
  });
  return { path: 'news-sitemap.xml', text: await write(stream, items) };
}

/** Empty sitemap. The library cannot generate one, although the protocol and Google allow it. */
const emptyUrlset =
  '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"></urlset>';

/** Returns the ISO 639 code of a language. For Chinese, Google requires `zh-cn` or `zh-tw`. */
function newsLanguage(lang: string): string {
  const { language, script } = new Intl.Locale(lang).maximize();
  if (language === 'zh') return script === 'Hant' ? 'zh-tw' : 'zh-cn';
  return language;
}

/** Number of URLs to write before the event loop gets a turn, so that workers do not wait. */
const batchSize = 200;

async function write(stream: SitemapStream, items: readonly SitemapItemLoose[]): Promise<string> {
  if (items.length === 0) return `${emptyUrlset}\n`;
  const text = streamToPromise(stream);
  for (const [index, item] of items.entries()) {
    stream.write(item);
    if (index % batchSize === 0) await setImmediate();
  }
  stream.end();
  return `${await text}\n`;
}
