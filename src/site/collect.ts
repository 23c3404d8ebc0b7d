/** Collects documents into the site: the published stories with their order, addresses and lists. */

import { slug as toSlug } from 'github-slugger';
import { toString as textOf } from 'mdast-util-to-string';
import type { KeyPlaces } from '../article/key-places.ts';
import type { Article, Author, ContentDocument, StandingPage } from '../article/model.ts';
import { anchorsOf, dataFilesOf, type OutgoingLink, outgoingLinks } from '../article/text.ts';
import { blocksOf } from '../article/walk.ts';
import { earliest } from '../base/dates.ts';
import { compareText, type Place } from '../base/diagnostics.ts';
import { languageName } from '../base/languages.ts';
import { type LocalText, textIn } from '../base/local-text.ts';
import { chartPreview } from '../charts/preview.ts';
import { permalinkOf } from '../config/permalinks.ts';
import type { PlanSettings } from '../config/settings.ts';
import { leadOf } from './front.ts';
import { resolveLinks } from './links.ts';
import {
  type ArticleEntry,
  type ArticleList,
  type AuthorEntry,
  authorName,
  type Entry,
  type FlawedEntry,
  type PageEntry,
  type Site,
  type UnplacedArticle,
} from './model.ts';

export interface SiteInput {
  config: PlanSettings;
  articles: readonly UnplacedArticle[];
  pages: PageEntry[];
  authors: readonly AuthorEntry[];
  flawed: readonly FlawedEntry[];
  assets: readonly string[];
  publicFiles: readonly string[];
  /**
   * The build's clock, in milliseconds since the epoch. `any` collects every story that is published at some
   * time, whether it is scheduled, published or expired.
   */
  now: number | 'any';
  /** Whether to include drafts. */
  drafts: boolean;
}

/** Collects the site, with the stories that are published according to the clock `now`. */
export function collectSite({
  config,
  articles: unplaced,
  pages,
  authors,
  flawed,
  assets,
  publicFiles,
  now,
  drafts,
}: SiteInput): Site {
  const articles = unplaced.map(article => placeArticle(article, config));
  const candidates = articles.filter(({ meta }) => drafts || !meta.draft);
  const published = sortByDate(candidates.filter(({ meta }) => isPublished(meta, now)));
  const withheld = new Map(articles.map((article): [string, ArticleEntry] => [article.source, article]));
  for (const { source } of published) withheld.delete(source);
  const translations = groupTranslations(published);
  const named = new Set(published.flatMap(({ meta }) => meta.authors));
  const lists = collectLists(
    published,
    now === 'any' ? published : listed(published, translations, config),
    authors,
    config,
    now === 'any',
  );
  const withPage = new Set(lists.flatMap(({ kind, id }) => (kind === 'author' ? [id] : [])));
  const shown: Entry[] = [...published, ...pages, ...authors.filter(({ id }) => withPage.has(id))];
  const files = {
    entries: new Map(shown.map(entry => [entry.source, entry])),
    withheld,
    expired: new Set(candidates.filter(({ meta }) => isExpired(meta, now)).map(({ source }) => source)),
    flawed: new Map(flawed.map(entry => [entry.source, entry])),
    authorFiles: new Map(authors.map(author => [author.id, author])),
    assets: new Set(assets),
  };
  const front = leadOf(lists[0]!.articles, config, now);
  return {
    config,
    articles: published,
    pages,
    authors: new Map([...files.authorFiles].filter(([id]) => named.has(id))),
    lists,
    ...files,
    byPath: new Map(shown.map(entry => [entry.path, entry])),
    translations,
    targets: resolveLinks(files),
    publicFiles: new Set(publicFiles),
    nextChange: now === 'any' ? undefined : earliest(nextChange(candidates, now), front.until),
    front,
  };
}

/** Assigns an article its addresses, according to the site's permalink patterns. */
function placeArticle(
  article: UnplacedArticle,
  { permalink, formerPermalinks, lang }: PlanSettings,
): ArticleEntry {
  const path = permalinkOf(article, permalink, lang);
  const former = formerPermalinks
    .map(pattern => permalinkOf(article, pattern, lang))
    .filter(other => other !== path);
  return { ...article, path, formerPaths: [...new Set([...article.meta.aliases, ...former])] };
}

/** Sorts articles by publication time, newest first, then by path. */
function sortByDate(articles: readonly ArticleEntry[]): ArticleEntry[] {
  const timed = articles.map(article => ({ article, time: Date.parse(article.meta.published) }));
  timed.sort((a, b) => b.time - a.time || compareText(a.article.path, b.article.path));
  return timed.map(({ article }) => article);
}

const isExpired = ({ expires }: ArticleEntry['meta'], now: SiteInput['now']): boolean =>
  now !== 'any' && expires !== undefined && Date.parse(expires) <= now;

const isPublished = (meta: ArticleEntry['meta'], now: SiteInput['now']): boolean =>
  now === 'any' || (Date.parse(meta.published) <= now && !isExpired(meta, now));

function nextChange(articles: readonly ArticleEntry[], now: number): number | undefined {
  let next: number | undefined;
  for (const { meta } of articles) {
    // A story that expires before it appears never appears, so it causes no change.
    if (meta.expires !== undefined && Date.parse(meta.expires) <= Math.max(now, Date.parse(meta.published)))
      continue;
    for (const date of [meta.published, meta.expires]) {
      const time = date === undefined ? now : Date.parse(date);
      if (time > now && (next === undefined || time < next)) next = time;
    }
  }
  return next;
}

function groupTranslations(articles: readonly ArticleEntry[]): Map<string, ArticleEntry[]> {
  const groups = new Map<string, ArticleEntry[]>();
  for (const article of articles) {
    const original = article.meta.translationOf ?? article.source;
    const group = groups.get(original) ?? [];
    if (article.source === original) group.unshift(article);
    else group.push(article);
    groups.set(original, group);
  }
  const bySource = new Map<string, ArticleEntry[]>();
  for (const group of groups.values()) {
    const [first, ...others] = group as [ArticleEntry, ...ArticleEntry[]];
    const versions = [
      first,
      ...others.sort((a, b) => compareText(a.lang, b.lang) || compareText(a.source, b.source)),
    ];
    for (const { source } of versions) bySource.set(source, versions);
  }
  return bySource;
}

/**
 * Selects the articles of the main lists. A story in several languages appears there once: in the site's
 * language if that version exists, otherwise in its original language.
 */
function listed(
  articles: readonly ArticleEntry[],
  translations: Map<string, ArticleEntry[]>,
  { lang }: PlanSettings,
): ArticleEntry[] {
  return articles.filter(article => {
    const versions = translations.get(article.source)!;
    return article === (versions.find(version => version.lang === lang) ?? versions[0]);
  });
}

/**
 * Collects every list of the publication. A desk has a list even without stories. Other lists do not: the name of
 * a topic whose stories are all scheduled may be under embargo.
 * @param articles all published articles, in every language
 * @param shown the articles of the main lists
 * @param withEmptyTopics whether topics without stories have a list
 */
function collectLists(
  articles: readonly ArticleEntry[],
  shown: ArticleEntry[],
  authors: readonly AuthorEntry[],
  config: PlanSettings,
  withEmptyTopics: boolean,
): ArticleList[] {
  const { lang } = config;
  const local = (text: LocalText) => textIn(text, lang, lang);
  const named = ({ name, description }: { name: LocalText; description: LocalText | undefined }) => ({
    name: local(name),
    description: description && local(description),
  });
  const group = (
    keysOf: (article: ArticleEntry) => readonly string[],
    from: readonly ArticleEntry[] = shown,
  ): Map<string, ArticleEntry[]> => {
    const groups = new Map<string, ArticleEntry[]>();
    for (const article of from) {
      for (const key of keysOf(article)) {
        const list = groups.get(key);
        if (list) list.push(article);
        else groups.set(key, [article]);
      }
    }
    return groups;
  };
  const byDesk = group(({ meta }) => [meta.desk]);
  const byTopic = group(({ meta }) => meta.topics);
  const byAuthor = group(({ meta }) => meta.authors);
  const byLanguage = group(article => (article.lang === lang ? [] : [article.lang]), articles);
  const byYear = group(({ meta }) => [meta.published.slice(0, 4)]);
  const byMonth = group(({ meta }) => [meta.published.slice(0, 7)]);
  const list = (
    kind: ArticleList['kind'],
    id: string,
    path: string,
    articles: ArticleEntry[],
    words: Partial<ArticleList> = {},
  ): ArticleList => ({
    kind,
    id,
    path,
    articles,
    lang,
    name: id,
    description: undefined,
    ...words,
  });
  return [
    list('site', '', '/', shown, named({ name: config.name, description: config.tagline })),
    ...config.desks.map(desk =>
      list('desk', desk.id, `/${desk.id}/`, byDesk.get(desk.id) ?? [], named(desk)),
    ),
    ...config.topics
      .filter(({ id }) => withEmptyTopics || byTopic.has(id))
      .map(topic =>
        list('topic', topic.id, `/topics/${topic.id}/`, byTopic.get(topic.id) ?? [], named(topic)),
      ),
    ...authors
      .filter(({ id }) => byAuthor.has(id))
      .map(author =>
        list('author', author.id, author.path, byAuthor.get(author.id)!, { name: authorName(author, lang) }),
      ),
    ...[...byLanguage].map(([tag, articles]) =>
      list('language', tag, `/${tag}/`, articles, { lang: tag, name: languageName(tag) }),
    ),
    ...[...byYear].map(([year, articles]) => list('year', year, `/archive/${year}/`, articles)),
    ...[...byMonth].map(([month, articles]) =>
      list('month', month, `/archive/${month.replace('-', '/')}/`, articles),
    ),
  ];
}

/**
 * Extracts the entry of an article, which lists and links need.
 * @param picturePlace place of the key `picture` in the front matter
 */
export function articleEntry(article: Article, keyPlaces: KeyPlaces, picturePlace?: Place): UnplacedArticle {
  const {
    title,
    standfirst,
    kicker,
    desk,
    type,
    authors,
    topics,
    people,
    related,
    prominence,
    corrections,
    published,
    updated,
    expires,
    draft,
    aliases,
    translationOf,
    review,
    life,
    picture,
  } = article.meta;
  const entry = entryOf(article, keyPlaces);
  return {
    kind: 'article',
    ...entry,
    links: picture === undefined ? entry.links : withCover(entry.links, picture, title, picturePlace),
    slug: article.slug,
    title,
    standfirst,
    kicker,
    meta: {
      desk,
      type,
      authors,
      topics,
      people,
      related,
      prominence,
      corrections,
      published,
      expires,
      draft,
      aliases,
      translationOf,
    },
    modified: latest([published, updated, ...corrections.map(({ date }) => date)]),
    review: review && { item: review.item, verdict: review.verdict, rating: review.rating },
    life,
    chart: chartOf(
      article,
      entry.links.some(({ kind }) => kind === 'picture'),
    ),
    recording: type === 'video' || type === 'audio' ? recordingOf(article) : undefined,
  };
}

/** Summarizes the first chart of a story, if it has no picture. */
function chartOf({ body, lang, meta }: Article, hasPicture: boolean): UnplacedArticle['chart'] {
  if (hasPicture || meta.picture !== undefined) return undefined;
  const figure = blocksOf(body, 'figure').find(({ kind }) => kind === 'chart');
  return figure?.kind === 'chart' ? chartPreview(figure, lang) : undefined;
}

/** Finds the first recording of a story, with its address as the author wrote it. */
function recordingOf({ body }: Article): UnplacedArticle['recording'] {
  const figure = blocksOf(body, 'figure').find(({ kind }) => kind === 'video' || kind === 'audio');
  if (figure?.kind !== 'video' && figure?.kind !== 'audio') return undefined;
  return { src: figure.src, seconds: figure.seconds };
}

/**
 * Adds the picture that the front matter names. If the text shows it too, moves it to the front instead, so that
 * its caption and credit remain.
 */
function withCover(
  links: readonly OutgoingLink[],
  url: string,
  title: string,
  place: Place | undefined,
): OutgoingLink[] {
  const shown = links.find(link => link.kind === 'picture' && link.as === 'figure' && link.url === url);
  const cover: OutgoingLink = shown ?? {
    kind: 'picture',
    url,
    place,
    as: 'cover',
    alt: title,
    caption: undefined,
    credit: undefined,
  };
  return [cover, ...links.filter(link => link !== shown)];
}

function latest(dates: readonly (string | undefined)[]): string {
  return dates.reduce<string>(
    (last, date) => (date !== undefined && Date.parse(date) > Date.parse(last) ? date : last),
    dates[0]!,
  );
}

/** Extracts the entry of a standing page, which links need. */
export function pageEntry(page: StandingPage, keyPlaces: KeyPlaces): PageEntry {
  const { title, description, chapters, aliases } = page.meta;
  const path = pagePath(page);
  return { kind: 'page', ...entryOf(page, keyPlaces), path, title, description, chapters, aliases };
}

/**
 * Address of a standing page: its folders below content/pages/, then its slug. index.md is the page of its
 * folder.
 */
function pagePath({ path, slug }: StandingPage): string {
  const parts = path.split('/').slice(2);
  const folders = parts
    .slice(0, /^index\./i.test(parts.at(-1)!) ? -2 : -1)
    .map(name => toSlug(name.normalize('NFC')));
  return `/${[...folders, slug].join('/')}/`;
}

/**
 * Extracts the entry of an author, which lists and links need.
 * @param picturePlace place of the portrait's name in the front matter
 */
export function authorEntry(
  author: Author,
  keyPlaces: KeyPlaces,
  picturePlace: Place | undefined,
): AuthorEntry {
  const {
    slug: id,
    meta: { aliases, ...meta },
  } = author;
  const entry = entryOf(author, keyPlaces);
  if (meta.picture !== undefined)
    entry.links.push({
      kind: 'picture',
      url: meta.picture,
      place: picturePlace,
      as: 'portrait',
      alt: textIn(meta.name, entry.lang, entry.lang),
      caption: undefined,
      credit: undefined,
    });
  return {
    kind: 'author',
    ...entry,
    id,
    path: `/authors/${id}/`,
    title: textIn(meta.name, entry.lang, entry.lang),
    meta,
    aliases,
    introduction: introductionOf(author),
  };
}

const introductionOf = ({ body }: Author): string => {
  const first = body.children.find(({ type }) => type === 'paragraph');
  return first ? textOf(first) : '';
};

function entryOf({ path, lang, body }: ContentDocument<unknown>, keyPlaces: KeyPlaces) {
  return {
    source: path,
    lang,
    anchors: anchorsOf(body),
    links: outgoingLinks(body),
    dataFiles: dataFilesOf(body),
    keyPlaces,
  };
}
