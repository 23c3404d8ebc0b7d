/** From documents to the site: what is published now, in its order, at its addresses. */
import type { Article, Author, ContentDocument, StandingPage } from '../article/model.ts';
import { anchorsOf, outgoingLinks } from '../article/text.ts';
import type { Config } from '../config.ts';
import { compareText } from '../diagnostics.ts';
import type { ArticleEntry, AuthorEntry, Entry, PageEntry, Site } from './model.ts';
import { articlePath } from './urls.ts';

export interface SiteInput {
  config: Config;
  articles: ArticleEntry[];
  pages: PageEntry[];
  authors: AuthorEntry[];
  assets: readonly string[];
  publicFiles: readonly string[];
  /** The build's clock, milliseconds of the epoch. */
  now: number;
  /** Whether drafts are shown. */
  drafts: boolean;
}

export function collectSite({
  config,
  articles,
  pages,
  authors,
  assets,
  publicFiles,
  now,
  drafts,
}: SiteInput): Site {
  const published = articles
    .filter(({ meta }) => (drafts || !meta.draft) && Date.parse(meta.published) <= now)
    .sort(
      (a, b) => Date.parse(b.meta.published) - Date.parse(a.meta.published) || compareText(a.path, b.path),
    );
  const withheld = new Map(articles.map((article): [string, ArticleEntry] => [article.source, article]));
  for (const { source } of published) withheld.delete(source);
  const entries = new Map([...published, ...pages].map((entry): [string, Entry] => [entry.source, entry]));
  return {
    config,
    articles: published,
    pages,
    authors: new Map(authors.map(author => [author.id, author])),
    entries,
    withheld,
    assets: new Set(assets),
    publicFiles: new Set(publicFiles),
  };
}

export function articleEntry(article: Article): ArticleEntry {
  const { standfirst, kicker, published, updated, desk, authors, topics, related, draft } = article.meta;
  return {
    ...entryOf(article),
    kind: 'article',
    path: articlePath(article),
    title: article.meta.title,
    meta: { standfirst, kicker, published, updated, desk, authors, topics, related, draft },
  };
}

export function pageEntry(page: StandingPage): PageEntry {
  return { ...entryOf(page), kind: 'page', path: `/${page.slug}/`, title: page.meta.title };
}

export function authorEntry({ slug, path, meta }: Author): AuthorEntry {
  return { id: slug, source: path, ...meta };
}

function entryOf({
  path,
  lang,
  body,
  places,
}: ContentDocument<unknown>): Pick<Entry, 'source' | 'lang' | 'anchors' | 'links' | 'places'> {
  return { source: path, lang, anchors: anchorsOf(body), links: outgoingLinks(body), places };
}
