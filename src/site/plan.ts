/** Which files the site has: every page with its address and all that it is made from, and every copied file. */

import { createDiagnostic, type Diagnostic } from '../base/diagnostics.ts';
import { languageName } from '../base/languages.ts';
import { configPath } from '../config/config.ts';
import type { CardPaths } from './cards.ts';
import { homePage } from './front.ts';
import type { Owner } from './messages.ts';
import {
  type ArticleEntry,
  type ArticleList,
  type AuthorProfile,
  type Entry,
  type PageEntry,
  profileOf,
  type Site,
  type Teaser,
} from './model.ts';
import { type Pager, paginate } from './paginate.ts';
import { isPictureFile, leadPictureOf, type PictureMap, plainFile } from './pictures.ts';
import type { RecordingMap } from './recordings.ts';
import { createRelated } from './related.ts';
import { createTeasers, type TeaserOf } from './teasers.ts';
import { hasTextEdition, textPath } from './text-edition.ts';
import { type LinkTarget, outputFileOf, resolveLink } from './urls.ts';

/** What the addresses in a document's text lead to: by the address as written, what to print. Those that must not be followed are absent. */
export type LinkMap = Record<string, LinkTarget>;

/** The pictures of every document that is published, by its source. */
export type PictureMaps = ReadonlyMap<string, PictureMap>;

/** The same of videos and sound. */
export type RecordingMaps = ReadonlyMap<string, RecordingMap>;

/** A story in one of its languages. */
export interface LanguageVersion {
  lang: string;
  name: string;
  path: string;
}

export interface CorrectionNotice {
  date: string;
  text: string;
  title: string;
  path: string;
  lang: string;
}

/** A list as its pages and feeds name it. */
export type ListHead = Omit<ArticleList, 'articles'>;

/**
 * A page and all that it is made from, besides the configuration, the templates and its own document. `path` is the address from the site's root,
 * without the base path; `source` what to name in a message about it, and `key` which of its keys. `Story` is how it has the stories that it lists.
 */
export type Page<Story = Teaser> = { path: string; source: string; key?: string | undefined } & (
  | ArticlePage<Story>
  | ({ kind: 'standing' } & Shown)
  | HomePage<Story>
  | { kind: 'list'; list: ListHead; articles: Story[]; pager: Pager }
  | ({ kind: 'author'; entry: AuthorProfile; list: ListHead; articles: Story[]; pager: Pager } & Shown)
  | { kind: 'archive'; months: { id: string; count: number }[] }
  | { kind: 'directory'; of: 'topic' | 'author'; lists: (ListHead & { count: number })[] }
  /** `entry` is content/pages/corrections.md, where the newsroom says how it corrects. */
  | ({
      kind: 'corrections';
      corrections: CorrectionNotice[];
      entry: Pick<PageEntry, 'source' | 'title'> | undefined;
    } & Shown)
  | { kind: 'feeds'; lists: ListHead[] }
  | { kind: 'redirect'; title: string; lang: string; target: string }
  | { kind: 'notFound'; articles: Story[] }
  /** The years that have an index, the newest first. */
  | { kind: 'search'; years: string[] }
  /** A file of content/ or public/, copied as it is. */
  | { kind: 'copy' }
);

/** A page that is rendered, by a template. */
export type RenderedPage<Story = Teaser> = Exclude<Page<Story>, { kind: 'copy' }>;

export type PageOf<Kind extends Page['kind']> = Extract<Page, { kind: Kind }>;

/** What a document's addresses stand for. */
export interface Shown {
  links: LinkMap;
  pictures: PictureMap;
  recordings: RecordingMap;
}

/** Every story stands on it once. */
export interface HomePage<Story = Teaser> {
  kind: 'home';
  lead: Story | undefined;
  /** Beside the lead: the prominent ones, else the newest. */
  high: Story[];
  /** The newest of the others. */
  articles: Story[];
  /** What else the desks have, where there is more. */
  desks: { list: ListHead; articles: Story[] }[];
}

export interface ArticlePage<Story = Teaser> extends Shown {
  kind: 'article';
  /** RFC 3339. */
  modified: string;
  /** Address of the picture that stands for the story, in `pictures`. */
  lead: string | undefined;
  /** Address of the card that stands for it where it has no picture of its own, from the site's root. */
  card: string | undefined;
  related: Story[];
  /** All versions of the story, this one too, the original first; empty when there is but one. */
  languages: LanguageVersion[];
}

export interface Plan {
  pages: Page[];
  diagnostics: Diagnostic[];
}

const correctionsPath = '/corrections/';

/** Two pages at one address, on a disk that may not tell large letters from small, are an error that names both sources. */
export function planPages(
  site: Site,
  pictures: PictureMaps = new Map(),
  cards: CardPaths = new Map(),
  recordings: RecordingMaps = new Map(),
): Plan {
  const diagnostics: Diagnostic[] = [];
  const planned = new Map<string, Page>();
  const rendered = renderedFiles(site);
  const made = madeFiles(site);
  for (const page of allPages(site, pictures, cards, recordings)) {
    const key = outputFileOf(page.path).toLowerCase();
    const other = planned.get(key);
    const isOwn = page.source === `public${page.path}`;
    if (isOfSearch(key, site) || rendered.has(key) || (made.has(key) && !isOwn))
      diagnostics.push(conflict(page, { kind: 'build' }));
    else if (!other) planned.set(key, page);
    else if (page.kind !== 'copy' || other.source !== page.source || other.path !== page.path)
      diagnostics.push(conflict(page, ownerOf(rivalOf(page, other, site))));
  }
  const textPages = new Map<string, Page>();
  for (const page of planned.values()) {
    if (!hasTextEdition(page, site.config)) continue;
    const path = textPath(page.path);
    const key = outputFileOf(path).toLowerCase();
    const other = planned.get(key);
    if (other) diagnostics.push(conflict(other, textEditionOf(page)));
    else textPages.set(key, { ...page, path });
  }
  diagnostics.push(...fileFolderConflicts(textPages, planned, [...rendered, ...made]));
  for (const page of planned.values()) if ('links' in page) namePages(page.links, planned, site);
  return { pages: [...planned.values()], diagnostics };
}

/** Tells an address that leads to a page with a text edition, whatever makes it, from others. */
function namePages(links: LinkMap, planned: ReadonlyMap<string, Page>, { config }: Site): void {
  for (const [url, target] of Object.entries(links)) {
    if (target.kind !== 'path') continue;
    const key = outputFileOf(target.path).toLowerCase();
    const page = planned.get(key) ?? planned.get(`${key}/index.html`);
    if (page && hasTextEdition(page, config)) links[url] = { ...target, kind: 'entry' };
  }
}

/** Pagefind's own folder; what it writes there nobody knows beforehand. */
const searchFolder = 'pagefind';

const isOfSearch = (key: string, { config }: Site): boolean =>
  config.outputs.search && (key === searchFolder || key.startsWith(`${searchFolder}/`));

/** The year whose search index has a story. */
export const yearOf = ({ meta }: ArticleEntry): string => meta.published.slice(0, 4);

/** Where the search index of a year stands, from the site's root. */
export const searchIndexPath = (year: string): string => `/${searchFolder}/${year}/`;

function* allPages(
  site: Site,
  pictures: PictureMaps,
  cards: CardPaths,
  recordings: RecordingMaps,
): Generator<Page> {
  const { config } = site;
  const shown = new Map<Entry, Shown>();
  const shownOf = (entry: Entry): Shown => {
    const known = shown.get(entry);
    if (known) return known;
    const own = {
      links: linksOf(entry, site, pictures),
      pictures: pictures.get(entry.source) ?? {},
      recordings: recordings.get(entry.source) ?? {},
    };
    shown.set(entry, own);
    return own;
  };
  const teaserOf = createTeasers(pictures);
  yield homePage(site, teaserOf);
  yield {
    kind: 'notFound',
    path: '/404.html',
    source: 'templates/404.html',
    articles: site.lists[0]!.articles.slice(0, 4).map(teaserOf),
  };

  const related = createRelated(site);
  for (const entry of site.articles) {
    const versions = site.translations.get(entry.source)!;
    yield {
      kind: 'article',
      path: entry.path,
      source: entry.source,
      modified: entry.modified,
      lead: leadPictureOf(entry.links)?.url,
      card: cards.get(entry.source),
      ...shownOf(entry),
      related: related(entry).map(teaserOf),
      languages:
        versions.length < 2
          ? []
          : versions.map(({ lang, path }) => ({ lang, name: languageName(lang), path })),
    };
  }
  for (const entry of site.pages) {
    if (entry.path !== correctionsPath)
      yield { kind: 'standing', path: entry.path, source: entry.source, ...shownOf(entry) };
  }
  for (const list of site.lists) yield* listPages(list, site, shownOf, teaserOf);
  yield* overviewPages(site, shownOf);
  for (const entry of site.entries.values()) yield* copiedFiles(shownOf(entry));
  for (const file of site.publicFiles) yield { kind: 'copy', path: `/${file}`, source: `public/${file}` };
  if (config.outputs.redirects) for (const entry of site.articles) yield* redirects(entry);
}

function* listPages(
  list: ArticleList,
  site: Site,
  shownOf: (entry: Entry) => Shown,
  teaserOf: TeaserOf,
): Generator<Page> {
  if (list.kind === 'site') return;
  const { articles: all, ...head } = list;
  const author = list.kind === 'author' ? site.authors.get(list.id) : undefined;
  for (const { path, articles, pager } of paginate(list.path, all, site.config.perPage)) {
    const teasers = articles.map(teaserOf);
    if (author) {
      yield {
        kind: 'author',
        path,
        source: author.source,
        entry: profileOf(author),
        list: head,
        articles: teasers,
        pager,
        ...shownOf(author),
      };
    } else {
      yield { kind: 'list', path, source: configPath, list: head, articles: teasers, pager };
    }
  }
}

function* overviewPages(site: Site, shownOf: (entry: Entry) => Shown): Generator<Page> {
  const heads = (kind: ArticleList['kind']) =>
    site.lists
      .filter(list => list.kind === kind)
      .map(({ articles, ...head }) => ({ ...head, count: articles.length }));
  yield {
    kind: 'archive',
    path: '/archive/',
    source: 'templates/archive.html',
    months: heads('month').map(({ id, count }) => ({ id, count })),
  };
  for (const of of ['topic', 'author'] as const) {
    const lists = heads(of);
    if (lists.length > 0)
      yield { kind: 'directory', of, path: `/${of}s/`, source: 'templates/directory.html', lists };
  }
  const corrections = site.articles
    .flatMap(({ meta, title, path, lang }) =>
      meta.corrections.map(({ date, text }) => ({ date, text, title, path, lang })),
    )
    .sort((a, b) => Date.parse(b.date) - Date.parse(a.date));
  const entry = site.pages.find(({ path }) => path === correctionsPath);
  const source = entry?.source ?? 'templates/corrections.html';
  yield {
    kind: 'corrections',
    path: correctionsPath,
    source,
    corrections,
    entry: entry && { source: entry.source, title: entry.title },
    ...(entry ? shownOf(entry) : { links: {}, pictures: {}, recordings: {} }),
  };
  if (site.config.outputs.search) {
    const years = [...new Set(site.articles.map(yearOf))].sort().reverse();
    yield { kind: 'search', path: '/search/', source: 'templates/search.html', years };
  }
  if (site.config.outputs.feeds) {
    const lists = site.lists.filter(hasFeeds).map(({ articles: _, ...head }) => head);
    yield { kind: 'feeds', path: '/feeds/', source: 'templates/feeds.html', lists };
  }
}

/** Years and months get no feed: nothing new comes to them. */
export function hasFeeds({ kind }: Pick<ArticleList, 'kind'>): boolean {
  return kind !== 'year' && kind !== 'month';
}

function* copiedFiles({ links }: Shown): Generator<Page> {
  for (const target of Object.values(links)) {
    if (target.kind === 'asset') yield { kind: 'copy', path: target.path, source: target.asset };
  }
}

function* redirects({ formerPaths, source, title, lang, path, meta }: ArticleEntry): Generator<Page> {
  const keyOf = (former: string) =>
    meta.aliases.includes(former) ? `aliases.${meta.aliases.indexOf(former)}` : undefined;
  for (const former of formerPaths) {
    const alias = former.endsWith('/') || /\.\w+$/.test(former) ? former : `${former}/`;
    yield { kind: 'redirect', path: alias, source, key: keyOf(former), title, lang, target: path };
  }
}

function linksOf(entry: Entry, site: Site, pictures: PictureMaps): LinkMap {
  const links: LinkMap = {};
  for (const { url, kind } of entry.links) {
    if (kind === 'picture') continue;
    const target = resolveLink(url, entry, site);
    if (target.kind === 'asset' && isPictureFile(target.asset)) {
      // The file itself, with the place where it was taken and the camera's number in it, is not published.
      const picture = pictures.get(entry.source)?.[url];
      if (picture)
        links[url] = { kind: 'path', path: plainFile(picture, Infinity).path, fragment: undefined };
    } else if (target.kind !== 'broken') links[url] = target;
  }
  return links;
}

const ownerOf = ({ source }: Pick<Page, 'source'>): Owner => ({ kind: 'source', source });
const textEditionOf = ({ source }: Page): Owner => ({ kind: 'text-edition', source });

const fileKeys = (paths: readonly string[]): Set<string> =>
  new Set(paths.map(path => outputFileOf(path).toLowerCase()));

/** What is made of documents besides their pages. */
const renderedFiles = ({ config: { outputs }, lists, articles, entries }: Site): Set<string> =>
  fileKeys([
    ...[...entries.values()].flatMap(({ path, dataFiles }) => dataFiles.map(name => path + name)),
    ...(outputs.feeds ? lists.filter(hasFeeds) : []).flatMap(({ path }) =>
      ['feed.xml', 'atom.xml', 'feed.json'].map(name => path + name),
    ),
    ...(outputs.articleJson ? articles : []).map(({ path }) => `${path}article.json`),
    ...(outputs.ninjs ? articles : []).map(({ path }) => `${path}ninjs.json`),
  ]);

/** What is made of the site as a whole: a file of the owner's own public/ takes its place. */
const madeFiles = ({ config: { outputs } }: Site): Set<string> =>
  fileKeys([
    ...(outputs.sitemaps ? ['/sitemap.xml', '/news-sitemap.xml'] : []),
    ...(outputs.robots ? ['/robots.txt'] : []),
    ...(outputs.redirects ? ['/_redirects'] : []),
    ...(outputs.hostFiles ? ['/_headers', '/.nojekyll'] : []),
    ...(outputs.articleJson ? ['/schema/article.v1.json'] : []),
  ]);

/** Pages whose file is in the place of a folder: public/world, and the pages below /world/. */
function* fileFolderConflicts(
  textPages: ReadonlyMap<string, Page>,
  planned: ReadonlyMap<string, Page>,
  made: readonly string[],
): Generator<Diagnostic> {
  const owners: [file: string, owner: Owner][] = [
    ...[...textPages].map(([file, page]): [string, Owner] => [file, textEditionOf(page)]),
    ...[...planned].map(([file, page]): [string, Owner] => [file, ownerOf(page)]),
    // In assets/ style sheets, scripts and typefaces.
    ...[...made, 'assets/style.css'].map((file): [string, Owner] => [file, { kind: 'build' }]),
  ];
  const below = new Map<string, Owner>();
  for (const [file, owner] of owners) {
    for (let slash = file.indexOf('/'); slash > 0; slash = file.indexOf('/', slash + 1)) {
      const folder = file.slice(0, slash);
      if (!below.has(folder)) below.set(folder, owner);
    }
  }
  for (const [file, page] of [...textPages, ...planned]) {
    const owner = below.get(file);
    if (owner) yield conflict(page, owner);
  }
}

/** Of two authors' files with one id the site knows the last alone. */
function rivalOf(page: Page, other: Page, { entries }: Site): Pick<Page, 'source'> {
  if (page.kind !== 'author' || page.source !== other.source) return other;
  const isRival = ({ path, source }: Entry) => path === page.list.path && source !== page.source;
  return [...entries.values()].find(isRival) ?? other;
}

/** A page's address is already another's. */
function conflict(page: Page, owner: Owner): Diagnostic {
  const { source, path, key } = page;
  const place = source.endsWith('.md') ? { line: 1, column: 1 } : undefined;
  return { ...found(), key };

  function found(): Diagnostic {
    if (page.kind !== 'redirect')
      return createDiagnostic(source, 'error', 'url-conflict', place, { path, owner });
    if (owner.kind === 'source' && owner.source === source && path === page.target)
      return createDiagnostic(source, 'error', 'alias-conflict/itself', place, { path });
    // Without a key it is not one of the article's aliases.
    const code = key ? 'alias-conflict/taken' : 'alias-conflict/former';
    return createDiagnostic(source, 'error', code, place, { path, owner });
  }
}
