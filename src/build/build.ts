/** The stages in their order. All messages are collected, then reported; errors end the build before anything is written. */
import { setImmediate } from 'node:timers/promises';
import { checkParser } from '../article/markdown.ts';
import { type Diagnostic, formatPlace, settleDiagnostics } from '../base/diagnostics.ts';
import { hashOf } from '../base/hash.ts';
import { cacheFolderOf, makeCacheFolder } from '../cache/folder.ts';
import { outputPaths } from '../cache/output-index.ts';
import {
  createSourceIndexWriter,
  newBuildName,
  readSourceIndex,
  removeLeftovers,
  removePacks,
  type SourceIndexWriter,
  type SourceRecord,
  writeShardRecords,
} from '../cache/source-index.ts';
import { ruleIds } from '../check/rules.ts';
import { type Config, configPath, readConfig } from '../config/config.ts';
import { readAhead, readSiteYaml, unreadable, unreadPath } from '../disk/content.ts';
import { type Lock, lockFolder } from '../disk/lock.ts';
import { readInputs, type SiteInputs } from '../disk/snapshot.ts';
import { OutputError, refuseForeignFolder, toOutputError } from '../disk/staging.ts';
import { findStale, isOfShard, unreadInput } from './compile.ts';
import { collectGarbage } from './heap.ts';
import { type OutputPlan, planOutput } from './plan.ts';
import { createLazyPool } from './pool.ts';
import { updateOutput } from './publish.ts';
import { hasPagefind } from './search-index.ts';
import type { Thread } from './threads.ts';

export interface BuildOptions {
  /** Absolute path of the site's folder. */
  root: string;
  /** Absolute path of the package's own folder, whose templates and public files serve where the site has none. */
  packageRoot: string;
  /** Absolute path of the output folder; nothing to check alone. */
  out: string | undefined;
  /** Instead of the path of `url` in site.yaml. */
  basePath?: string | undefined;
  drafts: boolean;
  /** Warnings are errors. */
  strict: boolean;
  /** The build's one clock, milliseconds of the epoch. */
  now: number;
  /** How many threads work on a large site, this one among them if they are few; 0, the default, and 1 are this one alone. */
  workers?: number;
  /** Compile the sources of one part of `of` into the cache, and make no pages. Counted from 1. */
  shard?: { part: number; of: number } | undefined;
  /** Take every source from the caches of the shards; one that is in none of them is an error. */
  merge?: boolean;
  /** Pages link to the style sheet, whatever site.yaml says: for who exchanges it. */
  linkStyles?: boolean;
  /** Leaves a search index that there is as it is: making it anew takes longer than all else that a changed word makes new. */
  keepSearch?: boolean;
  /** Whether the program that makes the search index is here; without it the package is looked for. */
  searchProgram?: boolean;
  /** Told how far the build is, now and then. */
  progress?: (stage: string, done: number, of: number) => void;
}

export interface BuildResult {
  /** In the order of file, line and column. */
  diagnostics: Diagnostic[];
  /** Whether there was no error; only then is the output written. */
  ok: boolean;
  /** Path that the site's addresses begin with; absent when site.yaml has errors. */
  basePath?: string;
  articles: number;
  /** Files of the site. */
  files: number;
  /** Sources that were parsed, pages and files that were made; the others are as the cache and the output have them. */
  parsed: number;
  rendered: number;
  /** When the next story appears or expires, milliseconds of the epoch. */
  nextChange: number | undefined;
  /** Whether that change is a story that appears. */
  nextAppears: boolean;
  /** When the output was made, by the clock of its disk; 0 when it was not. */
  made: number;
  /** Until when the same input makes the same site, milliseconds of the epoch; nothing when for ever. */
  validUntil: number | undefined;
}

/**
 * @param inputs what the folders hold, if the caller has looked already
 * @param threads those that the caller has started already, and will end
 */
export async function build(
  options: BuildOptions,
  inputs: SiteInputs = readInputs(options.root, options.packageRoot),
  threads: readonly Thread[] = [],
): Promise<BuildResult> {
  const { root, out, progress = () => {} } = options;
  const { content, began, codeHash } = inputs;
  const diagnostics: Diagnostic[] = [];
  // One after the other: as arguments of one call 100,000 are too many.
  const tell = (more: readonly Diagnostic[]) => {
    for (const diagnostic of more) diagnostics.push(diagnostic);
  };
  const counts = {
    articles: 0,
    files: 0,
    parsed: 0,
    rendered: 0,
    made: 0,
    nextChange: undefined as number | undefined,
    nextAppears: false,
    validUntil: undefined as number | undefined,
  };
  let rules: Config['rules'] = {};
  let basePath: string | undefined;
  const result = (more: readonly Diagnostic[] = []): BuildResult => {
    const settled = settleDiagnostics([...diagnostics, ...more], rules, options.strict);
    const ok = settled.every(({ severity }) => severity !== 'error');
    return { diagnostics: settled, ok, ...(basePath !== undefined && { basePath }), ...counts };
  };

  tell(inputs.diagnostics);
  const { config, diagnostics: configDiagnostics } = readSiteConfig(options);
  tell(configDiagnostics);
  if (!config) return result();
  rules = config.rules;
  basePath = config.basePath;
  if (config.outputs.search && !(options.searchProgram ?? hasPagefind())) {
    config.outputs.search = false;
    diagnostics.push(searchAbsent);
  }

  const cacheFolder = cacheFolderOf(root);
  const cacheKey = hashOf(codeHash + JSON.stringify(config));
  const buildName = newBuildName();
  const pool = createLazyPool(options.workers ?? 0, threads, buildName, { root, cacheFolder, config, began });
  let lock: Lock | undefined;
  let index: SourceIndexWriter | undefined;
  let saved = false;
  let plan: OutputPlan | undefined;

  /** Every source as a record, of the cache or compiled now; nothing when the build ends here. */
  const compileSources = async (): Promise<SourceRecord[] | undefined> => {
    const known = readSourceIndex(cacheFolder, cacheKey);
    const fresh = findStale(inputs, known.records, root);
    const stale = fresh.stale.filter(path => !options.shard || isOfShard(path, options.shard));
    counts.parsed = stale.length;
    if (options.merge && stale.length > 0) {
      for (const file of stale) {
        diagnostics.push({
          file,
          place: undefined,
          severity: 'error',
          ruleId: 'shard-missing',
          reason:
            'No shard has compiled this file. Run every shard on these same files, and bring all their .cache/ folders together.',
        });
      }
      return undefined;
    }
    if (stale.length > 0) tell(checkParser(config.parser, configPath));
    const sized = await pool.sized(stale.length);
    if (!options.shard)
      index = createSourceIndexWriter(
        cacheFolder,
        cacheKey,
        known,
        [...fresh.records.values()],
        stale.length,
      );
    let compiledCount = 0;
    const [compiled] = await Promise.all([
      sized.compile(
        stale.map(path => ({ path, signature: inputs.signatures.get(path)! })),
        (done, latest) => {
          compiledCount = done;
          index?.add(latest);
          progress('Reading', done, stale.length);
        },
      ),
      sized.isElsewhere && readAhead(root, stale, () => compiledCount),
    ]);
    await sized.seal();
    for (const record of compiled) fresh.records.set(record.path, record);
    const records = content.markdown.flatMap(path => fresh.records.get(path) ?? []);
    for (const record of records) tell(record.diagnostics);
    if (options.shard) {
      await pool.close();
      writeShardRecords(
        cacheFolder,
        cacheKey,
        `${options.shard.part}-of-${options.shard.of}`,
        records.filter(({ path }) => isOfShard(path, options.shard!)),
      );
      saved = true;
      return undefined;
    }
    index?.finish();
    index = undefined;
    saved = true;
    removeLeftovers(cacheFolder, records);
    return records;
  };

  try {
    makeCacheFolder(cacheFolder);
    const paths = out === undefined ? undefined : outputPaths(cacheFolder, out);
    // What a large site's pages are not made from is let go before they are made.
    const planned = await compileSources().then(
      records =>
        records &&
        planOutput(
          {
            options: { ...options, progress },
            inputs,
            config,
            cacheFolder,
            cacheKey,
            records,
            isOk: more => result(more).ok,
          },
          paths?.plan,
          buildName,
        ),
    );
    if (!planned) return result();
    plan = planned;
    tell(plan.diagnostics);
    counts.articles = plan.articles;
    counts.nextChange = plan.nextChange;
    counts.nextAppears = plan.nextAppears;
    counts.validUntil = plan.validUntil;
    if (!plan.output) return result();
    if (out !== undefined) {
      refuseForeignFolder(out, root);
      lock = lockFolder(out, 'Wait until it has ended, or name another folder with --out.');
    }
    const { makings, setup } = plan.output;
    collectGarbage();
    const update = await updateOutput({
      out,
      paths,
      key: codeHash,
      makings,
      render: async (jobs, staging) => {
        const sized = await pool.sized(jobs.length);
        const [rendered] = await Promise.all([
          sized.render({ ...setup, staging }, jobs, done => progress('Rendering', done, jobs.length)),
          // When the others have something to do.
          setImmediate().then(() => planned.save()),
        ]);
        // What the cache could not take is told before the site is replaced.
        await pool.close();
        return rendered;
      },
    });
    tell(eachOnce(update.diagnostics));
    counts.files = update.files;
    counts.rendered = update.rendered;
    counts.made = update.made;
    plan.prune();
  } catch (error) {
    const cause = error instanceof OutputError && error.cause ? error.cause : error;
    const unread = unreadInput(cause, inputs, root);
    const file = out ?? cacheFolder;
    const told = toOutputError(file, error);
    if (unread !== undefined) diagnostics.push(unreadable(unread, cause));
    else if (!(told instanceof OutputError)) throw told;
    else
      diagnostics.push({ file, place: undefined, severity: 'error', ruleId: 'output', reason: told.message });
  } finally {
    await pool.close().catch(() => {});
    await plan?.close().catch(() => {});
    lock?.release();
    index?.abandon();
    if (!saved) removePacks(cacheFolder, buildName);
  }
  return result();
}

/** A mistake in a template is met on many pages, and each kind of them names other fields that it has. */
const eachOnce = (diagnostics: readonly Diagnostic[]): Diagnostic[] => [
  ...new Map(diagnostics.map(one => [`${formatPlace(one)} ${one.reason.split('. ')[0]}`, one])).values(),
];

const searchAbsent: Diagnostic = {
  file: configPath,
  place: undefined,
  severity: 'warning',
  ruleId: 'search-program',
  reason:
    "The program that makes the search index (Pagefind) is not installed for this machine: the site has no search. Install Broadsheet's packages again, or write 'outputs: {search: false}'.",
};

function readSiteConfig({ root, basePath }: BuildOptions): ReturnType<typeof readConfig> {
  try {
    return readConfig({ bytes: readSiteYaml(root), basePath, ruleIds });
  } catch (error) {
    if (unreadPath(error) === undefined) throw error;
    return { config: undefined, diagnostics: [unreadable(configPath, error)] };
  }
}
