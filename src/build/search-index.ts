/**
 * The search index, by Pagefind, a program of its own. Each year of stories has one, so that a new story has its own year's made again and no other; the search
 * page asks all of them. What was made is kept in the cache.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { PagefindIndex } from 'pagefind';
import type { ContentDocument } from '../article/model.ts';
import { textBlocks } from '../article/text.ts';
import { compareText } from '../base/diagnostics.ts';
import { hashOf } from '../base/hash.ts';
import type { Config } from '../config/config.ts';
import { readLines, writeLines } from '../disk/line-file.ts';
import { OutputError } from '../disk/staging.ts';
import { createSearchPages, createSearchStories, type SearchStory } from '../emit/search.ts';
import type { OutputFile } from '../render/page.ts';
import type { Site } from '../site/model.ts';
import { searchIndexPath, yearOf } from '../site/plan.ts';
import type { FileMaking } from './publish.ts';

/** The program is one for all builds of a process, and is told to end when the last of them needs it no more. */
let builds = 0;

/** Pages that are on their way to the program at once. */
const ahead = 64;

/** Whether the package has the program for this machine. */
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

export interface SearchOptions {
  site: Site;
  cacheFolder: string;
  /** What an index depends on besides the stories: the generator's code. */
  key: string;
  /** Whether drafts are in it: the cache keeps those apart. */
  drafts: boolean;
  /** By the path of a source: its document, and the hash of its text. */
  documentOf: (source: string) => ContentDocument<unknown>;
  textHashOf: TextHashOf;
  /** Told of each story. */
  progress: () => void;
}

type TextHashOf = (source: string) => string | undefined;

/** What an index is made from besides the texts of its stories. */
export interface SearchBase {
  base: string;
  /** Sources of the stories. */
  stories: string[];
}

export interface Search {
  makings: (FileMaking & SearchBase)[];
  close(): Promise<void>;
}

export const searchInput = ({ base, stories }: SearchBase, textHashOf: TextHashOf): string =>
  hashOf(base + stories.map(textHashOf).join());

export function planSearch(options: SearchOptions): Search {
  const { site, cacheFolder, key, drafts, documentOf, textHashOf, progress } = options;
  const { config, authors } = site;
  const storyOf = createSearchStories(config, authors);
  const years = new Map<string, { source: string; story: SearchStory }[]>();
  for (const article of site.articles) {
    const year = yearOf(article);
    const stories = years.get(year) ?? [];
    stories.push({ source: article.source, story: storyOf(article) });
    years.set(year, stories);
  }
  const newest = [...years.keys()].sort().at(-1);
  const pageOf = createSearchPages(config);
  let busy: Promise<unknown> = Promise.resolve();
  let started = false;

  const makings = [...years].map(([year, unsorted]) => {
    // The order decides the bytes of the index.
    const stories = unsorted.sort((a, b) => compareText(a.story.url, b.story.url));
    const withProgram = year === newest;
    const base: SearchBase = {
      base: hashOf(
        JSON.stringify([config.lang, config.timeZone, withProgram, stories.map(({ story }) => story)]),
      ),
      stories: stories.map(({ source }) => source),
    };
    const input = searchInput(base, textHashOf);
    const cached = join(cacheFolder, `search-${year}${drafts ? '-drafts' : ''}.jsonl`);
    const folder = searchIndexPath(year).slice(1);
    const index = async () => {
      if (!started) builds++;
      started = true;
      const pages = stories.map(({ source, story }) => () => {
        progress();
        return { url: story.url, content: pageOf(story, textBlocks(documentOf(source).body)) };
      });
      return (await indexOf(pages, config)).filter(({ path }) => withProgram || !isProgram(path));
    };
    return {
      name: folder,
      ...base,
      input,
      make: async (): Promise<OutputFile[]> => {
        // One at a time: the program takes all cores, and keeps a whole index in memory.
        const turn = busy.then(async () => {
          const known = readIndex(cached, key + input);
          if (known) return known;
          const files = await index();
          writeIndex(cached, key + input, files);
          return files;
        });
        busy = turn.catch(() => {});
        return (await turn).map(({ path, bytes }) => ({ path: folder + path, bytes }));
      },
    };
  });
  return {
    makings,
    close: async () => {
      if (started && --builds === 0) await (await import('pagefind')).close();
      started = false;
    },
  };
}

interface IndexFile {
  path: string;
  bytes: Uint8Array;
}

/** @throws OutputError when the program fails */
async function indexOf(
  pages: readonly (() => { url: string; content: string })[],
  { lang }: Config,
): Promise<IndexFile[]> {
  try {
    const { createIndex } = await import('pagefind');
    // In one language: readers find stories of all languages with one question, and stems are those of the site's own.
    const { index, errors } = await createIndex({ forceLanguage: lang.toLowerCase() });
    if (!index) throw new Error(errors.join(' '));
    for (let next = 0; next < pages.length; next += ahead)
      await addAll(index, pages.slice(next, next + ahead));
    const { files, errors: problems } = await index.getFiles();
    if (problems.length > 0) throw new Error(problems.join(' '));
    await index.deleteIndex();
    return files
      .filter(({ path }) => isServed(path))
      .map(({ path, content }) => ({ path, bytes: content }))
      .sort((a, b) => compareText(a.path, b.path));
  } catch (error) {
    throw new OutputError(
      `The search index cannot be made (Pagefind: ${(error as Error).message.split('\n')[0]}). Build again, or set 'outputs: {search: false}' in content/site.yaml.`,
    );
  }
}

async function addAll(
  index: PagefindIndex,
  pages: readonly (() => { url: string; content: string })[],
): Promise<void> {
  const added = await Promise.all(pages.map(page => index.addHTMLFile(page())));
  const problems = added.flatMap(({ errors }) => errors);
  if (problems.length > 0) throw new Error(problems.join(' '));
}

/** The program and its stems; it also writes user interfaces, which the search page does not use. */
const isProgram = (path: string): boolean => /^(pagefind(-worker)?\.js|wasm\..*\.pagefind)$/.test(path);
const isServed = (path: string): boolean =>
  isProgram(path) || /^(index|fragment|filter)\/|^pagefind-entry\.json$|\.pf_meta$/.test(path);

function readIndex(file: string, key: string): IndexFile[] | undefined {
  const files: IndexFile[] = [];
  let count = -1;
  readLines(file, key, line => {
    const record = JSON.parse(line) as { count: number } | { path: string; base64: string };
    if ('count' in record) count = record.count;
    else files.push({ path: record.path, bytes: Buffer.from(record.base64, 'base64') });
  });
  return files.length === count ? files : undefined;
}

function writeIndex(file: string, key: string, files: readonly IndexFile[]): void {
  try {
    writeLines(file, key, function* () {
      yield JSON.stringify({ count: files.length });
      for (const { path, bytes } of files)
        yield JSON.stringify({ path, base64: Buffer.from(bytes).toString('base64') });
    });
  } catch {
    // A full disk: the site has its index, and the next build makes it again.
  }
}
