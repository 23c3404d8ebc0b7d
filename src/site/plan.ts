/**
 * Plans the files of the site: every page with its address and everything that it depends on, and every
 * copied file.
 */

import { placeOfKey } from '../article/key-places.ts';
import type { WorkType } from '../article/keys.ts';
import { withoutSlash } from '../base/addresses.ts';
import { createDiagnostic, type Diagnostic, type Place } from '../base/diagnostics.ts';
import { languageName } from '../base/languages.ts';
import type { PlaceOf } from '../base/yaml.ts';
import { enabledOutputs } from '../config/outputs.ts';
import { configPath } from '../config/paths.ts';
import type { CardPaths } from './cards.ts';
import { homePage } from './front.ts';
import { linksOf } from './links.ts';
import { isAuthored, type Owner } from './messages.ts';
import {
  type ArticleEntry,
  type ArticleList,
  type Entry,
  type PageEntry,
  profileOf,
  type Site,
} from './model.ts';
import {
  hasFeeds,
  type LinkMap,
  type Page,
  type PictureMaps,
  type RecordingMaps,
  type Shown,
  yearOf,
} from './pages.ts';
import { paginate } from './paginate.ts';
import { leadPictureOf } from './picture-links.ts';
import { isPictureFile, plainFile } from './pictures.ts';
import { isWritten, ownerOfRedirect, planRedirects } from './plan-redirects.ts';
import type { Redirect } from './redirects.ts';
import { createNext, createRelated } from './related.ts';
import { chaptersOf, planSeries } from './series.ts';
import { mayShareAddress } from './sharing.ts';
import { createTeasers, type TeaserOf } from './teasers.ts';
import { hasTextEdition, textPath } from './text-edition.ts';
import { createPageFinder, outputFileOf } from './urls.ts';

export interface Plan {
  pages: Page[];
  /** All redirects, also those that have no page. */
  redirects: Redirect[];
  diagnostics: Diagnostic[];
}

const correctionsPath = '/corrections/';

/**
 * Plans all pages. Two pages at the same address are an error, even if they differ only in case, because some
 * file systems ignore case.
 * @param placeOfSetting finds the places of site.yaml's keys
 */
export function planPages(
  site: Site,
  pictures: PictureMaps = new Map(),
  cards: CardPaths = new Map(),
  recordings: RecordingMaps = new Map(),
  placeOfSetting: PlaceOf = () => undefined,
): Plan {
  const diagnostics: Diagnostic[] = [];
  const known = { site, placeOfSetting };
  const planned = new Map<string, Page>();
  // Further stories at an address, which are never published at the same time.
  const sharing = new Map<string, Page[]>();
  const { rendered, generated, folders } = reservedFiles(site);
  const isTaken = (file: string) =>
    [planned, rendered, generated].some(files => files.has(file.toLowerCase()));
  const claim = (page: Page) => {
    const file = claimedFile(page, isTaken);
    const key = file.toLowerCase();
    const first = planned.get(key);
    // Rules tell upper from lower case, but not all file systems do, so such a redirect has no page.
    if (page.kind === 'redirect' && first && outputFileOf(first.path) !== file) return;
    const sharers = sharing.get(key) ?? [];
    const rival = first && [first, ...sharers].find(other => areRivals(page, other, site));
    const isOwn = page.source === `public${page.path}`;
    if (
      folders.some(folder => key === folder || key.startsWith(`${folder}/`)) ||
      rendered.has(key) ||
      (generated.has(key) && !isOwn)
    )
      diagnostics.push(conflict(page, { kind: 'build' }, known));
    else if (!first) planned.set(key, page);
    else if (rival) diagnostics.push(pageConflict(page, rival, known));
    else if (page.kind !== 'copy') sharing.set(key, [...sharers, page]);
  };
  for (const page of allPages(site, pictures, cards, recordings)) claim(page);
  const redirects = planRedirects({
    site,
    findPage: createPageFinder(planned.values()),
    isGenerated: path => [rendered, generated].some(files => files.has(outputFileOf(path))),
    isTaken,
    placeOfSetting,
    placeOf: redirect => placeOf(redirect, known),
  });
  diagnostics.push(...redirects.diagnostics);
  for (const page of redirects.pages) claim(page);
  const textPages = new Map<string, Page>();
  for (const page of planned.values()) {
    if (!hasTextEdition(page, site.config)) continue;
    const path = textPath(page.path);
    const key = outputFileOf(path).toLowerCase();
    const other = planned.get(key);
    if (other) diagnostics.push(conflict(other, textEditionOf(page), known));
    else textPages.set(key, { ...page, path });
  }
  diagnostics.push(...fileFolderConflicts(textPages, planned, [...rendered, ...generated], known));
  const pages = [...planned.values()];
  const findPage = createPageFinder(pages);
  for (const page of pages) if ('links' in page) settleLinks(page.links, findPage, site);
  return { pages, redirects: redirects.redirects, diagnostics };
}

/** File that a page needs. For a redirect from the address of an existing file, this is the existing file. */
function claimedFile(page: Page, isTaken: (file: string) => boolean): string {
  const bare = withoutSlash(page.path).slice(1);
  return page.kind === 'redirect' && bare !== '' && isTaken(bare) ? bare : outputFileOf(page.path);
}

/** Whether two pages claim the same address at the same time. */
function areRivals(page: Page, other: Page, site: Site): boolean {
  if (page.kind === 'copy' && other.source === page.source && other.path === page.path) return false;
  return !mayShareAddress(page.source, other.source, site);
}

/**
 * Removes links to pages that do not exist at the moment. Marks links to pages that have a text edition as
 * `entry`, so that the text edition links to their text versions. Changes `links`.
 */
function settleLinks(links: LinkMap, findPage: (path: string) => Page | undefined, { config }: Site): void {
  for (const [url, target] of Object.entries(links)) {
    if (target.kind !== 'path') continue;
    const page = findPage(target.path);
    if (!page) delete links[url];
    else if (hasTextEdition(page, config)) links[url] = { ...target, kind: 'entry' };
  }
}

function* allPages(
  site: Site,
  pictures: PictureMaps,
  cards: CardPaths,
  recordings: RecordingMaps,
): Generator<Page> {
  const shown = new Map<Entry, Shown>();
  const shownOf = (entry: Entry): Shown => {
    const known = shown.get(entry);
    if (known) return known;
    const own = {
      links: linkMapOf(entry, site, pictures),
      pictures: pictures.get(entry.source) ?? {},
      recordings: recordings.get(entry.source) ?? {},
    };
    shown.set(entry, own);
    return own;
  };
  const teaserOf = createTeasers(site, pictures, recordings);
  yield homePage(site, teaserOf);
  yield {
    kind: 'notFound',
    path: '/404.html',
    source: 'templates/404.html',
    articles: site.lists[0]!.articles.slice(0, 4).map(teaserOf),
  };

  const related = createRelated(site);
  const nextOf = createNext(site);
  for (const entry of site.articles) {
    const versions = site.translations.get(entry.source)!;
    const others = related(entry);
    const next = nextOf(entry, others);
    const { seconds, pictures: pictureCount } = teaserOf(entry);
    yield {
      kind: 'article',
      path: entry.path,
      source: entry.source,
      modified: entry.modified,
      lead: leadPictureOf(entry.links)?.url,
      card: cards.get(entry.source),
      ...shownOf(entry),
      related: others.map(teaserOf),
      next: next && teaserOf(next),
      duration: seconds,
      pictureCount,
      languages:
        versions.length < 2
          ? []
          : versions.map(({ lang, path }) => ({ lang, name: languageName(lang), path })),
    };
  }
  yield* standingPages(site, shownOf);
  for (const list of site.lists) yield* listPages(list, site, shownOf, teaserOf);
  yield* overviewPages(site, shownOf);
  for (const entry of site.entries.values()) yield* copiedFiles(shownOf(entry));
  for (const file of site.publicFiles) yield { kind: 'copy', path: `/${file}`, source: `public/${file}` };
}

function* standingPages(site: Site, shownOf: (entry: Entry) => Shown): Generator<Page> {
  const series = planSeries(site);
  const linkTo = (entry: PageEntry | undefined) => entry && { path: entry.path, title: entry.title };
  for (const entry of site.pages) {
    if (entry.path === correctionsPath) continue;
    const place = series.get(entry.source);
    yield {
      kind: 'standing',
      path: entry.path,
      source: entry.source,
      chapters: chaptersOf(entry, site).map(({ path, title, description, lang }) => ({
        path,
        title,
        description,
        lang,
      })),
      series: place && {
        start: linkTo(place.start),
        previous: linkTo(place.previous),
        next: linkTo(place.next),
      },
      ...shownOf(entry),
    };
  }
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
  const lead = leadOfList(list);
  const work = workOf(all);
  for (const { path, articles, pager } of paginate(list.path, all, site.config.perPage)) {
    if (author) {
      yield {
        kind: 'author',
        path,
        source: author.source,
        entry: profileOf(author),
        list: head,
        work,
        articles: articles.map(teaserOf),
        pager,
        ...shownOf(author),
      };
    } else {
      const own = pager.number === undefined ? lead : undefined;
      yield {
        kind: 'list',
        path,
        source: configPath,
        list: head,
        lead: own && teaserOf(own),
        articles: articles.filter(article => article !== own).map(teaserOf),
        pager,
      };
    }
  }
}

/** Story at the top of a list: the newest of a desk, or the newest explainer or background story of a topic. */
function leadOfList({ kind, articles }: ArticleList): ArticleEntry | undefined {
  if (kind === 'desk') return articles[0];
  const explains = ({ meta }: ArticleEntry) => meta.type === 'explainer' || meta.type === 'background';
  return kind === 'topic' ? articles.find(explains) : undefined;
}

/** Counts stories by type of work. */
function workOf(articles: readonly ArticleEntry[]): { type: WorkType; count: number }[] {
  const counts = new Map<WorkType, number>();
  for (const { meta } of articles) counts.set(meta.type, (counts.get(meta.type) ?? 0) + 1);
  return [...counts].map(([type, count]) => ({ type, count })).sort((a, b) => b.count - a.count);
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

function* copiedFiles({ links }: Shown): Generator<Page> {
  for (const target of Object.values(links)) {
    if (target.kind === 'asset') yield { kind: 'copy', path: target.path, source: target.asset };
  }
}

function linkMapOf(entry: Entry, site: Site, pictures: PictureMaps): LinkMap {
  const links: LinkMap = {};
  for (const {
    link: { url, kind },
    target,
  } of linksOf(entry, site)) {
    if (kind === 'picture') continue;
    if (target.kind === 'asset' && isPictureFile(target.asset)) {
      // Links to the largest encoded file. The original is not published, because its metadata may contain
      // the location and the camera's serial number.
      const picture = pictures.get(entry.source)?.[url];
      if (picture) links[url] = { kind: 'picture', path: plainFile(picture).path };
    } else if (target.kind !== 'broken') links[url] = target;
  }
  return links;
}

const ownerOf = (page: Pick<Page, 'source'> & { kind?: Page['kind'] }): Owner =>
  page.kind === 'redirect' ? ownerOfRedirect(page) : { kind: 'source', source: page.source };
const textEditionOf = ({ source }: Page): Owner => ({ kind: 'text-edition', source });

const fileKeys = (paths: readonly string[]): Set<string> =>
  new Set(paths.map(path => outputFileOf(path).toLowerCase()));

/** Paths, in lower case, of the files that the enabled outputs generate. */
function reservedFiles({ config, lists, articles, entries }: Site) {
  const declared = enabledOutputs(config.outputs);
  const beside = (places: readonly { path: string }[], names: readonly string[]) =>
    places.flatMap(({ path }) => names.map(name => path + name));
  return {
    /** Files generated from documents, in addition to their pages. */
    rendered: fileKeys([
      ...[...entries.values()].flatMap(({ path, dataFiles }) => dataFiles.map(name => path + name)),
      ...beside(
        lists.filter(hasFeeds),
        declared.flatMap(({ list = [] }) => list),
      ),
      ...beside(
        articles,
        declared.flatMap(({ story = [] }) => story),
      ),
    ]),
    /** Files generated from the whole site, which files in the site's public/ replace. */
    generated: fileKeys(declared.flatMap(({ site = [], task = [] }) => [...site, ...task])),
    folders: declared.flatMap(({ folder }) => folder ?? []),
  };
}

/**
 * Reports pages whose file has the same path as a folder, such as public/world and the pages below /world/.
 */
function* fileFolderConflicts(
  textPages: ReadonlyMap<string, Page>,
  planned: ReadonlyMap<string, Page>,
  generated: readonly string[],
  known: Known,
): Generator<Diagnostic> {
  const owners: [file: string, owner: Owner][] = [
    ...[...textPages].map(([file, page]): [string, Owner] => [file, textEditionOf(page)]),
    ...[...planned].map(([file, page]): [string, Owner] => [file, ownerOf(page)]),
    // Reserves assets/, which also contains style sheets, scripts and fonts.
    ...[...generated, 'assets/style.css'].map((file): [string, Owner] => [file, { kind: 'build' }]),
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
    if (owner) yield folderConflict(page, owner, known);
  }
}

/** Site and settings, which conflicts refer to. */
interface Known {
  site: Site;
  placeOfSetting: PlaceOf;
}

/**
 * Reports that two pages have the same address. The diagnostic points to the one that an editor can change: a
 * redirect, a file or a desk's id.
 */
function pageConflict(page: Page, other: Page, known: Known): Diagnostic {
  if (page.kind === 'redirect' || isAuthored(page.source))
    return conflict(page, ownerOf(rivalOf(page, other, known.site)), known);
  const isDesk = page.kind === 'list' && page.list.kind === 'desk' && !isAuthored(other.source);
  return isDesk ? conflict(page, ownerOf(other), known) : conflict(other, ownerOf(page), known);
}

/** Reports that the path of a page's file is also a folder. */
function folderConflict(page: Page, owner: Owner, known: Known): Diagnostic {
  const { source, path } = page;
  const at = placeOf(page, known);
  if (page.kind !== 'redirect')
    return createDiagnostic(source, 'error', 'url-conflict/folder', at, { path, owner });
  if (isWritten(page))
    return createDiagnostic(source, 'error', 'redirect-conflict/folder', at, { path, owner });
  if (page.key) return createDiagnostic(source, 'error', 'alias-conflict/folder', at, { path, owner });
  return createDiagnostic(source, 'error', 'alias-conflict/former', at, { path, owner });
}

/**
 * Finds the page that claims the same address. If two author files have the same id, `authors` has only the
 * last one, so the other is looked up by its path.
 */
function rivalOf(page: Page, other: Page, { entries }: Site): Pick<Page, 'source'> {
  if (page.kind !== 'author' || page.source !== other.source) return other;
  const isRival = ({ path, source }: Entry) => path === page.list.path && source !== page.source;
  return [...entries.values()].find(isRival) ?? other;
}

function placeOf(
  { source, key }: Pick<Page, 'source' | 'key'>,
  { site: { entries, authorFiles }, placeOfSetting }: Known,
): Place | undefined {
  if (source === configPath && key !== undefined) return placeOfSetting(key);
  if (!source.endsWith('.md')) return undefined;
  const entry = entries.get(source) ?? [...authorFiles.values()].find(author => author.source === source);
  return placeOfKey(entry?.keyPlaces ?? '{}', key ?? '') ?? { line: 1, column: 1 };
}

/** Reports that a page's address already has another owner. */
function conflict(page: Page, owner: Owner, known: Known): Diagnostic {
  const { source, path, key } = page;
  const place = placeOf(page, known);
  if (page.kind === 'list' && page.list.kind === 'desk') {
    const { id } = page.list;
    const index = known.site.config.desks.findIndex(desk => desk.id === id);
    const at = known.placeOfSetting(`desks.${index}.id`);
    return createDiagnostic(configPath, 'error', 'url-conflict/reserved', at, { id, path: page.list.path });
  }
  if (page.kind !== 'redirect')
    return createDiagnostic(source, 'error', 'url-conflict', place, { path, owner, source });
  if (isWritten(page)) return createDiagnostic(source, 'error', 'redirect-conflict', place, { path, owner });
  if ('path' in page.target && outputFileOf(path) === outputFileOf(page.target.path))
    return createDiagnostic(source, 'error', 'alias-conflict/itself', place, { path });
  // Aliases have a front-matter key; addresses from former permalink patterns do not.
  const code = key ? 'alias-conflict/taken' : 'alias-conflict/former';
  return createDiagnostic(source, 'error', code, place, { path, owner });
}
