/**
 * Everything that a build writes, as data: each task has a payload that describes how to produce its files,
 * and a hash of everything that it reads.
 */
import { hashOf } from '../base/hash.ts';
import type { OutputFile } from '../base/output-file.ts';
import type { CompiledSource } from '../cache/source-index.ts';
import type { Snapshot } from '../disk/snapshot.ts';
import { feedLimit } from '../emit/feeds.ts';
import { emitSiteFiles } from '../emit/outputs.ts';
import type { SitemapData } from '../emit/sitemaps.ts';
import { type Card, cardPath } from '../media/cards.ts';
import { pictureFolder, type Recipe } from '../media/recipes.ts';
import { documentSource } from '../render/page.ts';
import type { ArticleEntry, Site, Teaser } from '../site/model.ts';
import { hasFeeds, type Page } from '../site/pages.ts';
import type { Redirect } from '../site/redirects.ts';
import { mapTeasers } from '../site/teasers.ts';
import type { Media } from './enrich.ts';
import { pictureFilesOf } from './picture-files.ts';
import type { FeedStory, RenderTask } from './render-task.ts';
import { planSearch, type SearchYear } from './search-index.ts';
import { inlineStyles } from './theme.ts';

/**
 * Describes how to produce the files of a task. Workers render pages and feeds; the main thread does the
 * rest.
 */
export type OutputTask =
  | RenderTask
  /** A file that is copied unchanged. `from` is its absolute path. */
  | { kind: 'copy'; path: string; from: string }
  | { kind: 'picture'; recipe: Recipe }
  | { kind: 'card'; card: Card }
  /** `except` lists paths of files that the site's public/ provides instead. */
  | { kind: 'sitemaps'; data: SitemapData; except: string[] }
  | { kind: 'search'; year: SearchYear }
  /** Files that were produced during planning. */
  | { kind: 'files'; files: OutputFile[] };

/** A task in the form in which a plan is saved. */
export interface PlannedTask {
  /** Unique name, which is the same in every build. */
  name: string;
  kind: OutputTask['kind'];
  /**
   * Hash of everything that the task reads, except its sources. If a file that it reads changed a moment ago,
   * the hash is empty, so that the task runs.
   */
  base: string;
  /** Sources whose documents the task reads. */
  sources: string[];
  /** OutputTask as JSON. */
  payload: string;
}

/** A task in the cache. Its payload stays on disk. */
export type SavedTask = Omit<PlannedTask, 'payload'>;

/**
 * Hash of everything that a task reads; empty if a file that the task reads changed a moment ago. A task with the
 * same fingerprint as in the last build is skipped, unless the fingerprint is empty.
 */
export function fingerprintOfTask(
  { kind, base, sources }: SavedTask,
  sourceOf: (path: string) => CompiledSource | undefined,
): string {
  if (base === '' || sources.length === 0) return base;
  const own = sources.map(path => sourceOf(path)!);
  const hashes =
    kind === 'search'
      ? own.map(({ textHash }) => textHash)
      : own.flatMap(({ hash, reads }) => [hash, ...reads.map(read => read.hash)]);
  return hashOf(base + hashes.join());
}

const createTask = (name: string, task: OutputTask, base?: string, sources: string[] = []): PlannedTask => {
  const payload = JSON.stringify(task);
  return { name, kind: task.kind, base: base ?? hashOf(payload), sources, payload };
};

export interface TaskInput {
  snapshot: Snapshot;
  site: Site;
  pages: readonly Page[];
  redirects: readonly Redirect[];
  media: Media;
  sitemaps: SitemapData;
  /** Hash of the data that all pages are rendered with. */
  contextHash: string;
}

/** Plans every task. @returns the tasks, and the listed stories by key */
export function planTasks(input: TaskInput): { tasks: PlannedTask[]; teasers: Map<string, Teaser> } {
  const { snapshot, site, pages, media, sitemaps, contextHash } = input;
  const { outputs } = site.config;
  const { tasks: pageTasks, teasers } = planPageTasks(
    outputs.redirectPages ? pages : pages.filter(({ kind }) => kind !== 'redirect'),
    contextHash,
  );
  return {
    teasers,
    tasks: [
      ...pageTasks,
      ...(outputs.feeds ? planFeedTasks(site, pages, contextHash) : []),
      ...pages.flatMap(page => (page.kind === 'copy' ? [planCopy(page, snapshot)] : [])),
      ...media.recipes.map(recipe =>
        // A hash of the names is enough: the key in the task's name already covers the content.
        createTask(
          `${pictureFolder}/${recipe.key}/`,
          { kind: 'picture', recipe },
          hashOf(recipe.files.map(({ name }) => name).join()),
        ),
      ),
      ...media.cards.map(card => createTask(cardPath(card.key), { kind: 'card', card }, 'card')),
      ...planFiles(input),
      ...(outputs.sitemaps
        ? [createTask('sitemap.xml', { kind: 'sitemaps', data: sitemaps, except: [...site.publicFiles] })]
        : []),
      ...(outputs.search
        ? planSearch(site).map(({ year, sources }) =>
            createTask(year.folder, { kind: 'search', year }, undefined, sources),
          )
        : []),
    ],
  };
}

/**
 * Plans the pages. Replaces each listed story with a key, so that a story in many lists is stored only once.
 */
function planPageTasks(pages: readonly Page[], contextHash: string) {
  const teasers = new Map<string, Teaser>();
  const keys = new Map<Teaser, string>();
  const keyOf = (teaser: Teaser): string => {
    const known = keys.get(teaser);
    if (known !== undefined) return known;
    const key = hashOf(JSON.stringify(teaser));
    keys.set(teaser, key);
    teasers.set(key, teaser);
    return key;
  };
  const tasks = pages.flatMap(page => {
    if (page.kind === 'copy') return [];
    const source = documentSource(page);
    const task: RenderTask = { kind: 'page', page: mapTeasers(page, keyOf) };
    return planRendering(page.path, task, contextHash, source === undefined ? [] : [source]);
  });
  return { tasks, teasers };
}

function planRendering(name: string, task: RenderTask, contextHash: string, sources: string[]): PlannedTask {
  const payload = JSON.stringify(task);
  return { name, kind: task.kind, base: hashOf(contextHash + payload), sources, payload };
}

function planFeedTasks(site: Site, pages: readonly Page[], contextHash: string): PlannedTask[] {
  const shown = new Map(pages.flatMap(page => (page.kind === 'article' ? [[page.source, page]] : [])));
  const storyOf = (article: ArticleEntry): FeedStory => {
    const { path, title, lang, standfirst, modified } = article;
    const { published, authors, topics, type } = article.meta;
    const { links, pictures, recordings } = shown.get(article.source)!;
    const entry = { path, title, lang, standfirst, modified, meta: { published, authors, topics, type } };
    return { entry, links, pictures, recordings };
  };
  return site.lists.filter(hasFeeds).map(({ articles, ...list }) => {
    const newest = articles.slice(0, feedLimit);
    return planRendering(
      `${list.path}feed.xml`,
      { kind: 'feeds', list, stories: newest.map(storyOf) },
      contextHash,
      newest.map(({ source }) => source),
    );
  });
}

function planCopy({ path, source }: Page, snapshot: Snapshot): PlannedTask {
  const files = pictureFilesOf(snapshot);
  const from = files.absolute(source);
  const signature = files.signature(source);
  const base = signature === '' ? '' : hashOf(`${from} ${signature}`);
  return createTask(path, { kind: 'copy', path: path.slice(1), from }, base);
}

/** Plans style sheets, scripts, fonts and site-wide files. Files in the site's public/ replace them. */
function planFiles({ site, pages, redirects, media: { theme } }: TaskInput): PlannedTask[] {
  const groups: OutputFile[][] = [
    // One task per file, so that a changed style sheet does not affect the scripts.
    ...[
      theme.styles.file,
      ...(theme.textStyles ? [theme.textStyles] : []),
      ...Object.values(theme.scripts),
    ].map(file => [file]),
    theme.styles.assets,
    emitSiteFiles({ site, pages, redirects, inlineStyles: inlineStyles(theme) }),
  ];
  return groups.map(group => {
    const name = group.map(({ path }) => path).join();
    const files = group.filter(({ path }) => !site.publicFiles.has(path));
    return createTask(name, { kind: 'files', files });
  });
}
