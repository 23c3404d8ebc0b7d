/**
 * The search index, built by Pagefind. Each year of stories has its own index, so that a new story causes
 * only its year's index to be rebuilt. The search page queries all of them. Indexes are cached.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { PagefindIndex } from 'pagefind';
import type { ContentDocument } from '../article/model.ts';
import { textBlocks } from '../article/text.ts';
import { compareText } from '../base/diagnostics.ts';
import { hashOf } from '../base/hash.ts';
import type { OutputFile } from '../base/output-file.ts';
import { readLines, writeLines } from '../disk/line-file.ts';
import { OutputError } from '../disk/output-error.ts';
import { createSearchPages, createSearchStories, type SearchStory } from '../emit/search.ts';
import type { Site } from '../site/model.ts';
import { searchIndexPath, yearOf } from '../site/pages.ts';

/** Number of pages to send to Pagefind at once. */
const pagesAtOnce = 64;

/** Whether Pagefind is installed, with a binary for this machine. */
export function hasPagefind(): boolean {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    createRequire(import.meta.resolve('pagefind')).resolve(
      `@pagefind/${platform}-${process.arch}/package.json`,
    );
    return true;
  } catch {
    return false;
  }
}

/** Inputs of a year's index, except the texts of its stories. */
export interface SearchYear {
  year: string;
  /** Folder of the index, relative to the output folder, with a slash at its end. */
  folder: string;
  /** Language tag of the site (BCP 47). */
  lang: string;
  timeZone: string;
  /** Whether the index includes Pagefind's scripts and stemmers. Only the newest year's index does. */
  withProgram: boolean;
  /** Stories ordered by URL, because the order affects the bytes of the index. */
  stories: SearchStory[];
}

/**
 * Groups the published stories by year, because each year has its own index.
 * @returns each year, with the sources of its stories in the order of their URLs
 */
export function planSearch(site: Site): { year: SearchYear; sources: string[] }[] {
  const { config, authors } = site;
  const { lang, timeZone } = config;
  const storyOf = createSearchStories(config, authors);
  const years = new Map<string, { source: string; story: SearchStory }[]>();
  for (const article of site.articles) {
    const year = yearOf(article);
    const stories = years.get(year) ?? [];
    stories.push({ source: article.source, story: storyOf(article) });
    years.set(year, stories);
  }
  const newest = [...years.keys()].sort().at(-1);
  return [...years].map(([year, unsorted]) => {
    const stories = unsorted.sort((a, b) => compareText(a.story.url, b.story.url));
    const folder = searchIndexPath(year).slice(1);
    const withProgram = year === newest;
    return {
      year: { year, folder, lang, timeZone, withProgram, stories: stories.map(({ story }) => story) },
      sources: stories.map(({ source }) => source),
    };
  });
}

export interface SearchIndexing {
  /** Absolute path of the cache folder. */
  cacheFolder: string;
  /** Hash of the generator's code. */
  codeHash: string;
  /** Whether the index includes drafts. The cache keeps these indexes separate. */
  drafts: boolean;
  documentOf: (source: string) => ContentDocument<unknown>;
  /** Called for each indexed story. */
  onStory: () => void;
}

/**
 * Creates the function that builds search indexes.
 * @returns a function that builds the index of a year or reads it from the cache. It throws an OutputError if
 * Pagefind fails. It builds one index at a time, because Pagefind uses all cores and keeps the whole index in
 * memory.
 */
export function createSearchIndexer({ cacheFolder, codeHash, drafts, documentOf, onStory }: SearchIndexing) {
  let turn: Promise<unknown> = Promise.resolve();
  const index = async (year: SearchYear, sources: readonly string[], fingerprint: string) => {
    const kept = join(cacheFolder, `search-${year.year}${drafts ? '-drafts' : ''}.jsonl`);
    const key = codeHash + fingerprint;
    const known = readIndex(kept, key);
    if (known) return known;
    const pageOf = createSearchPages(year);
    const pages = year.stories.map((story, at) => () => {
      onStory();
      return { url: story.url, content: pageOf(story, textBlocks(documentOf(sources[at]!).body)) };
    });
    const files = (await runPagefind(pages, year.lang)).filter(
      ({ path }) => year.withProgram || !isProgram(path),
    );
    writeIndex(kept, key, files);
    return files;
  };
  return async (year: SearchYear, sources: readonly string[], fingerprint: string): Promise<OutputFile[]> => {
    const files = turn.then(() => index(year, sources, fingerprint));
    turn = files.catch(() => {});
    return (await files).map(({ path, bytes }) => ({ path: year.folder + path, bytes }));
  };
}

interface IndexFile {
  path: string;
  bytes: Uint8Array;
}

interface IndexedPage {
  url: string;
  content: string;
}

async function runPagefind(pages: readonly (() => IndexedPage)[], lang: string): Promise<IndexFile[]> {
  const { close, createIndex } = await import('pagefind');
  try {
    // One language for all stories, so that one query finds stories in every language, with the stemming of
    // the site's language.
    const { index, errors } = await createIndex({ forceLanguage: lang.toLowerCase() });
    if (!index) throw new Error(errors.join(' '));
    for (let next = 0; next < pages.length; next += pagesAtOnce)
      await addPages(index, pages.slice(next, next + pagesAtOnce));
    const { files, errors: problems } = await index.getFiles();
    if (problems.length > 0) throw new Error(problems.join(' '));
    await index.deleteIndex();
    return files
      .filter(({ path }) => isServed(path))
      .map(({ path, content }) => ({ path, bytes: content }))
      .sort((a, b) => compareText(a.path, b.path));
  } catch (error) {
    // Pagefind runs in its own process, which ends with this one. End it after a failure, so that the next
    // index does not start from a broken state.
    await close();
    throw new OutputError(
      `The search index cannot be built (Pagefind: ${(error as Error).message.split('\n')[0]}). Build again, or set 'outputs: {search: false}' in content/site.yaml.`,
    );
  }
}

async function addPages(index: PagefindIndex, pages: readonly (() => IndexedPage)[]): Promise<void> {
  const added = await Promise.all(pages.map(page => index.addHTMLFile(page())));
  const problems = added.flatMap(({ errors }) => errors);
  if (problems.length > 0) throw new Error(problems.join(' '));
}

/**
 * Whether a path is one of Pagefind's scripts or stemmers. Pagefind also writes user interfaces, which the
 * search page does not use.
 */
const isProgram = (path: string): boolean => /^(pagefind(-worker)?\.js|wasm\..*\.pagefind)$/.test(path);
const isServed = (path: string): boolean =>
  isProgram(path) || /^(index|fragment|filter)\/|^pagefind-entry\.json$|\.pf_meta$/.test(path);

function readIndex(file: string, key: string): IndexFile[] | undefined {
  const files: IndexFile[] = [];
  let count = -1;
  readLines(file, hashOf(key), line => {
    const record = JSON.parse(line) as { count: number } | { path: string; base64: string };
    if ('count' in record) count = record.count;
    else files.push({ path: record.path, bytes: Buffer.from(record.base64, 'base64') });
  });
  return files.length === count ? files : undefined;
}

function writeIndex(file: string, key: string, files: readonly IndexFile[]): void {
  try {
    writeLines(file, hashOf(key), function* () {
      yield JSON.stringify({ count: files.length });
      for (const { path, bytes } of files)
        yield JSON.stringify({ path, base64: Buffer.from(bytes).toString('base64') });
    });
  } catch {
    // Best effort: if saving fails, for example on a full disk, the next build builds the index again.
  }
}
