/** All that the output is made of, each thing with a hash of what it is made from. */
import { join } from 'node:path';
import { hashOf } from './cache/hash.ts';
import type { DocumentPlace } from './cache/packs.ts';
import type { SourceRecord } from './cache/sources.ts';
import type { Config } from './config.ts';
import { emitArticleSchema } from './emit/article-json.ts';
import { feedLimit } from './emit/feeds.ts';
import { emitHostFiles, emitRedirects } from './emit/host-files.ts';
import { emitRobots } from './emit/robots.ts';
import type { RenderJob } from './engine.ts';
import type { SiteInputs } from './inputs.ts';
import type { PictureFiles } from './media/pictures.ts';
import { navigationOf } from './render/frame.ts';
import { documentSource, type OutputFile } from './render/page.ts';
import type { Site } from './site/model.ts';
import { type ArticlePage, hasFeeds, type Page } from './site/plan.ts';
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

/** What workers make: pages, and the feeds of each list; with a hash of all that each is made from. */
export function renderJobs(
  site: Site,
  pages: readonly Page[],
  bySource: ReadonlyMap<string, SourceRecord>,
  contextHash: string,
): Making[] {
  const refOf = (source: string) => ({ source, place: bySource.get(source)!.document as DocumentPlace });
  const hashOfSource = (source: string | undefined) => {
    if (source === undefined) return '';
    const { hash, reads } = bySource.get(source)!;
    return hash + reads.map(read => read.hash).join('');
  };
  const makings: Making[] = [];
  const articlePages = new Map<string, Page & ArticlePage>();
  for (const page of pages) {
    if (page.kind === 'copy') continue;
    if (page.kind === 'article') articlePages.set(page.path, page);
    const source = documentSource(page);
    const job: RenderJob = {
      kind: 'page',
      name: page.path,
      page,
      document: source === undefined ? undefined : refOf(source),
    };
    makings.push({
      name: page.path,
      input: hashOf(contextHash + hashOfSource(source) + JSON.stringify(page)),
      job,
    });
  }
  if (!site.config.outputs.feeds) return makings;
  const inputs = new Map<string, string>();
  for (const { articles, ...list } of site.lists.filter(hasFeeds)) {
    const newest = articles.slice(0, feedLimit);
    const stories = newest.map(entry => {
      const { links, pictures, recordings } = articlePages.get(entry.path)!;
      return { entry, links, pictures, recordings, document: refOf(entry.source) };
    });
    const storyInputs = stories.map(({ entry, links, pictures, recordings }) => {
      const { path, source, modified } = entry;
      const input =
        inputs.get(path) ??
        hashOf(hashOfSource(source) + JSON.stringify([path, modified, links, pictures, recordings]));
      inputs.set(path, input);
      return input;
    });
    const name = `${list.path}feed.xml`;
    makings.push({
      name,
      input: hashOf(contextHash + JSON.stringify(list) + storyInputs.join()),
      job: { kind: 'feeds', name, list, stories },
    });
  }
  return makings;
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
