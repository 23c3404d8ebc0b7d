/** All that the output is made of, each thing with a hash of what it is made from. */
import { join } from 'node:path';
import { hashOf } from '../base/hash.ts';
import type { SourceRecord } from '../cache/source-index.ts';
import type { Config } from '../config/config.ts';
import type { SiteInputs } from '../disk/snapshot.ts';
import { emitArticleSchema } from '../emit/article-json.ts';
import { feedLimit } from '../emit/feeds.ts';
import { emitHostFiles, emitRedirects } from '../emit/host-files.ts';
import { emitRobots } from '../emit/robots.ts';
import type { PictureFiles } from '../media/pictures.ts';
import { navigationOf } from '../render/frame.ts';
import { documentSource, type OutputFile } from '../render/page.ts';
import type { ArticleEntry, Site, Teaser } from '../site/model.ts';
import { hasFeeds, type Page } from '../site/plan.ts';
import { mapTeasers } from '../site/teasers.ts';
import { hasTextEdition } from '../site/text-edition.ts';
import type { FeedStory, RenderTask } from './engine.ts';
import type { FileMaking, RenderMaking } from './publish.ts';

/** The addresses of the menus that lead to pages of the text edition. */
export function textMenu(config: Config, pages: readonly Page[]): string[] {
  const urls = new Set([
    ...[...navigationOf(config), ...config.footer].map(({ url }) => url),
    ...Object.values(config.policies),
  ]);
  return pages
    .filter(page => hasTextEdition(page, config))
    .flatMap(({ path }) => [path, path.replace(/\/$/, '')])
    .filter(path => urls.has(path));
}

/** What an engine is to render, whatever the documents say that are in it. */
export interface PlannedTask {
  name: string;
  /** Of all that it is made from but the sources. */
  base: string;
  /** Whose documents are in it. */
  sources: string[];
  /** A RenderTask as JSON. */
  text: string;
}

/** What workers make, and the stories that their pages list, by key. */
export interface RenderPlan {
  tasks: PlannedTask[];
  teasers: Map<string, Teaser>;
}

/** Pages, and the feeds of each list. @param context hash of what all are rendered with */
export function planTasks(site: Site, pages: readonly Page[], context: string): RenderPlan {
  const plan = (name: string, sources: string[], task: RenderTask): PlannedTask => {
    const text = JSON.stringify(task);
    return { name, base: hashOf(context + text), sources, text };
  };
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
    return plan(page.path, source === undefined ? [] : [source], {
      kind: 'page',
      page: mapTeasers(page, keyOf),
    });
  });
  if (site.config.outputs.feeds) {
    for (const { name, list, stories } of feedsOf(site, pages))
      tasks.push(
        plan(
          name,
          stories.map(({ source }) => source),
          { kind: 'feeds', list, stories: stories.map(({ story }) => story) },
        ),
      );
  }
  return { tasks, teasers };
}

function feedsOf(site: Site, pages: readonly Page[]) {
  const shown = new Map(pages.flatMap(page => (page.kind === 'article' ? [[page.source, page]] : [])));
  const storyOf = ({ source, path, title, lang, standfirst, modified, meta }: ArticleEntry) => {
    const { links, pictures, recordings } = shown.get(source)!;
    const { published, authors, topics } = meta;
    const entry = { path, title, lang, standfirst, modified, meta: { published, authors, topics } };
    return { source, story: { entry, links, pictures, recordings } satisfies FeedStory };
  };
  return site.lists.filter(hasFeeds).map(({ articles, ...list }) => ({
    name: `${list.path}feed.xml`,
    list,
    stories: articles.slice(0, feedLimit).map(storyOf),
  }));
}

/** @param text gives the task's text */
export function renderMaking(
  { name, base, sources }: Omit<PlannedTask, 'text'>,
  text: () => string | Promise<string>,
  records: ReadonlyMap<string, SourceRecord>,
): RenderMaking {
  const { documents, hashes } = lookUp(sources, records);
  return {
    name,
    input: hashOf(base + hashes.join()),
    job: async () => ({ name, task: await text(), documents }),
  };
}

function lookUp(sources: readonly string[], records: ReadonlyMap<string, SourceRecord>) {
  const own = sources.map(source => records.get(source)!);
  return {
    documents: own.map(({ path, document }) => ({ source: path, place: document! })),
    hashes: own.flatMap(({ hash, reads }) => [hash, ...reads.map(read => read.hash)]),
  };
}

export const textOf =
  ({ text }: PlannedTask) =>
  () =>
    text;

/** Pictures by their paths from the site's root: those of public/ may be the package's. */
export function pictureFilesOf({ signatures, publicFiles }: SiteInputs, root: string): PictureFiles {
  const publicFile = (source: string) =>
    source.startsWith('public/') ? publicFiles.get(source.slice('public/'.length)) : undefined;
  return {
    absolute: source => publicFile(source) ?? join(root, source),
    signature: source => signatures.get(publicFile(source) ?? source) ?? '',
  };
}

export function copyOf(page: Page, { signatures, publicFiles }: SiteInputs, root: string): FileMaking {
  const { source } = page;
  const isPublic = source.startsWith('public/');
  const copyFrom = isPublic ? publicFiles.get(source.slice('public/'.length))! : join(root, source);
  const signature = signatures.get(isPublic ? copyFrom : source)!;
  return {
    name: page.path,
    input: signature === '' ? '' : `${copyFrom} ${signature}`,
    make: () => [{ path: page.path.slice(1), copyFrom }],
  };
}

/** What is made of the site as a whole, in little time: it is made at every build and written when it differs. */
export function emitFiles(site: Site, pages: readonly Page[], inlineStyles: readonly string[]): OutputFile[] {
  const { config } = site;
  const { outputs } = config;
  return [
    ...(outputs.articleJson ? [emitArticleSchema(config)] : []),
    ...(outputs.robots ? [emitRobots(config)] : []),
    ...(outputs.redirects ? [emitRedirects(pages, config)] : []),
    ...(outputs.hostFiles ? emitHostFiles(config, inlineStyles) : []),
  ];
}

export const ready = (files: OutputFile[]) => ({
  name: files.map(({ path }) => path).join(),
  input: hashOf(JSON.stringify(files)),
  make: () => files,
});

/** A file of the owner's own public/ takes the place of a made one. */
export function withoutOwn(own: ReadonlySet<string>, makings: readonly FileMaking[]): FileMaking[] {
  const names = hashOf([...own].join('\n'));
  return makings.map(({ name, input, make }) => ({
    name,
    input: input + names,
    make: async () => (await make()).filter(({ path }) => !own.has(path)),
  }));
}
