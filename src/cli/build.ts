/** The command `broadsheet build`. If nothing has changed, it ends without loading the generator. */
import { resolve } from 'node:path';
import { isFile, readText } from '../disk/files.ts';
import { type BuildResult, build, check, type SiteCheckOptions } from '../index.ts';
import {
  basePathOf,
  type Command,
  clockOf,
  outOf,
  rootOf,
  shardOf,
  UsageError,
  type Values,
  workersOf,
} from './options.ts';
import { createProgress, printJson, printResult } from './reporter.ts';
import { parseUrlList } from './url-list.ts';

export const buildCommand: Command = {
  help: 'Build the site into dist/',
  options: [
    'root',
    'out',
    'base-path',
    'drafts',
    'strict',
    'allow-removals',
    'in-place',
    'picture-store',
    'all',
    'json',
    'quiet',
    'now',
    'workers',
    'shard',
    'merge',
  ],
  run: values => runBuild(values, outOf(values)),
};

/**
 * Builds or checks a site, and prints the result.
 * @param out absolute path of the output folder; undefined to only check the site
 * @returns the exit code
 */
export async function runBuild(values: Values, out: string | undefined): Promise<number> {
  const start = performance.now();
  const progress = createProgress(start);
  const options = {
    root: rootOf(values),
    basePath: basePathOf(values),
    drafts: values.drafts ?? false,
    strict: values.strict ?? false,
    now: (await clockOf(values)) ?? Date.now(),
    workers: workersOf(values),
    progress: progress.update,
  };
  const result = await run(values, out, options).finally(progress.end);
  if (values.json) printJson(result);
  else
    printResult(result, {
      out,
      start,
      shard: values.shard,
      quiet: values.quiet ?? false,
      checksUrls: values.urls !== undefined,
      all: values.all ?? false,
    });
  const isMissing = result.urlAnswers?.some(({ status }) => status === 404) ?? false;
  return result.ok && !isMissing ? 0 : 1;
}

/** Reads the file of `--urls`. @throws UsageError if it does not exist */
function urlsOf({ urls }: Values): string[] | undefined {
  if (urls === undefined) return undefined;
  if (!isFile(urls))
    throw new UsageError(`The file ${resolve(urls)} does not exist. Correct the path after --urls.`);
  return parseUrlList(readText(urls));
}

/** Reads `--explain`. @throws UsageError if it does not name a page that can be explained */
function explainOf({ explain }: Values): 'front' | undefined {
  if (explain === undefined || explain === 'front') return explain;
  throw new UsageError(`'--explain ${explain}' is unknown. Write '--explain front'.`);
}

const run = async (
  values: Values,
  out: string | undefined,
  options: SiteCheckOptions,
): Promise<BuildResult> =>
  out === undefined
    ? check({
        ...options,
        countFiles: values.files ?? false,
        urls: urlsOf(values),
        explain: explainOf(values),
      })
    : build({
        ...options,
        out,
        shard: shardOf(values),
        merge: values.merge ?? false,
        allowRemovals: values['allow-removals'] ?? false,
        inPlace: values['in-place'] ?? false,
        pictureStore: values['picture-store'],
      });
