/** All that the output is made of, each thing with a hash of what it is made from. */
import { join } from 'node:path';
import { hashOf } from './cache/hash.ts';
import type { DocumentPlace } from './cache/packs.ts';
import type { SourceRecord } from './cache/sources.ts';
import type { Config } from './config.ts';
import type { DocumentRef } from './documents.ts';
import { emitArticleSchema } from './emit/article-json.ts';
import { feedLimit } from './emit/feeds.ts';
import { emitHostFiles, emitRedirects } from './emit/host-files.ts';
import { emitRobots } from './emit/robots.ts';
import type { FeedStory } from './engine.ts';
import type { SiteInputs } from './inputs.ts';
import type { PictureFiles } from './media/pictures.ts';
import { navigationOf } from './render/frame.ts';
import { documentSource, type OutputFile } from './render/page.ts';
import type { Site, Teaser } from './site/model.ts';
import { hasFeeds, type Page } from './site/plan.ts';
import { mapTeasers } from './site/teasers.ts';
import { hasTextEdition } from './site/text-edition.ts';
import type { Making } from './update.ts';

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

/** What workers make, and the stories that the pages of their jobs list, by key. */
export interface RenderMakings {
  makings: Making[];
  teasers: Map<string, Teaser>;
}

/** Pages, and the feeds of each list; with a hash of all that each is made from. */
export function renderMakings(
  site: Site,
  pages: readonly Page[],
  bySource: ReadonlyMap<string, SourceRecord>,
  contextHash: string,
): RenderMakings {
  const refOf: RefOf = source => ({ source, place: bySource.get(source)!.document as DocumentPlace });
  const hashOfSource: HashOfSource = source => {
    if (source === undefined) return '';
    const { hash, reads } = bySource.get(source)!;
    return hash + reads.map(read => read.hash).join('');
  };
  const { makings, teasers } = pageMakings(pages, refOf, hashOfSource, contextHash);
  const feeds = site.config.outputs.feeds ? feedMakings(site, pages, refOf, hashOfSource, contextHash) : [];
  return { makings: [...makings, ...feeds], teasers };
}

type RefOf = (source: string) => DocumentRef;
type HashOfSource = (source: string | undefined) => string;

function pageMakings(
  pages: readonly Page[],
  refOf: RefOf,
  hashOfSource: HashOfSource,
  contextHash: string,
): RenderMakings {
  const makings: Making[] = [];
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
  for (const page of pages) {
    if (page.kind === 'copy') continue;
    const source = documentSource(page);
    const keyed = mapTeasers(page, keyOf);
    makings.push({
      name: page.path,
      input: hashOf(contextHash + hashOfSource(source) + JSON.stringify(keyed)),
      job: {
        kind: 'page',
        name: page.path,
        page: keyed,
        document: source === undefined ? undefined : refOf(source),
      },
    });
  }
  return { makings, teasers };
}

function feedMakings(
  site: Site,
  pages: readonly Page[],
  refOf: RefOf,
  hashOfSource: HashOfSource,
  contextHash: string,
): Making[] {
  const lists = site.lists
    .filter(hasFeeds)
    .map(({ articles, ...list }) => ({ list, newest: articles.slice(0, feedLimit) }));
  const shown = new Set(lists.flatMap(({ newest }) => newest.map(({ path }) => path)));
  const stories = new Map<string, { story: Omit<FeedStory, 'entry'>; input: string }>();
  for (const page of pages) {
    if (page.kind !== 'article' || !shown.has(page.path)) continue;
    const { path, source, modified, links, pictures, recordings } = page;
    stories.set(path, {
      story: { links, pictures, recordings, document: refOf(source) },
      input: hashOf(hashOfSource(source) + JSON.stringify([path, modified, links, pictures, recordings])),
    });
  }
  return lists.map(({ list, newest }) => {
    const name = `${list.path}feed.xml`;
    const inputs = newest.map(({ path }) => stories.get(path)!.input);
    return {
      name,
      input: hashOf(contextHash + JSON.stringify(list) + inputs.join()),
      job: {
        kind: 'feeds',
        name,
        list,
        stories: newest.map(entry => ({ entry, ...stories.get(entry.path)!.story })),
      },
    };
  });
}

/** Pictures by their paths from the site's root: those of public/ may be the package's. */
export function pictureFilesOf({ signatures, publicFiles }: SiteInputs, root: string): PictureFiles {
  const publicFile = (source: string) =>
    source.startsWith('public/') ? publicFiles.get(source.slice('public/'.length)) : undefined;
  return {
    absolute: source => publicFile(source) ?? join(root, source),
    signature: source => signatures.get(publicFile(source) ?? source) ?? '',
  };
}

export function copyOf(page: Page, { signatures, publicFiles }: SiteInputs, root: string): Making {
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
export function withoutOwn(
  own: ReadonlySet<string>,
  makings: readonly { name: string; input: string; make: () => OutputFile[] | Promise<OutputFile[]> }[],
): Making[] {
  const names = hashOf([...own].join('\n'));
  return makings.map(({ name, input, make }) => ({
    name,
    input: input + names,
    make: async () => (await make()).filter(({ path }) => !own.has(path)),
  }));
}
