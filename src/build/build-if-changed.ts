/** Checks whether anything changed before loading the generator, which takes longer than the check. */
import { isBetween } from '../base/dates.ts';
import { codeFolder } from '../base/package.ts';
import { outputPaths, readLast, readOutputIndex, writeLast } from '../cache/output-index.ts';
import { hasSourceIndex } from '../cache/source-index.ts';
import { cacheFolderOf } from '../disk/cache-folder.ts';
import { commitOf } from '../disk/git.ts';
import { codeHashOf, isIntact } from '../disk/signature.ts';
import { hashSnapshot, type Snapshot, takeSnapshot } from '../disk/snapshot.ts';
import { isUntouched } from '../disk/staging.ts';
import type { BuildOptions, BuildResult } from './options.ts';
import { startThreads, type Thread, threadThreshold } from './threads.ts';

interface LastBuild {
  /** Hash of all inputs of the build, except the clock; undefined if a file had changed a moment before. */
  fingerprint: string | undefined;
  /** The build's clock, in milliseconds since the epoch. */
  now: number;
  /** Commit of the sources; undefined outside CI, or if they differed from the commit. */
  commit: string | undefined;
  result: BuildResult;
}

/**
 * Rules about this machine rather than the site. Their problems may be fixed without changing a file of the
 * site, so a result with such a problem is not reused.
 */
const machineRules: ReadonlySet<string> = new Set(['cards-unavailable', 'parser-slow', 'search-program']);

/** Builds the site. If nothing has changed since the last build, returns its result. */
export async function buildIfChanged(options: BuildOptions): Promise<BuildResult> {
  const threads: Thread[] = [];
  try {
    return await buildWith(threads, options);
  } finally {
    for (const thread of threads) void thread.end();
  }
}

async function buildWith(threads: Thread[], options: BuildOptions): Promise<BuildResult> {
  const cacheFolder = cacheFolderOf(options.root);
  const snapshot = takeSnapshot({
    ...options,
    onListed({ markdown }) {
      // Without a cache, every source must be compiled. Start the workers now, so that they load while this
      // thread is busy.
      if (markdown.length >= threadThreshold && !hasSourceIndex(cacheFolder))
        threads.push(...startThreads(options.workers ?? 0));
    },
  });
  const { out, basePath, drafts, strict, shard, merge, now } = options;
  const paths = out === undefined || shard || merge ? undefined : outputPaths(cacheFolder, out);
  const fingerprint = paths && hashSnapshot(snapshot, { out, basePath, drafts, strict });
  if (!paths || out === undefined) return load(options, snapshot, threads);
  const last = readLast<LastBuild>(paths, snapshot.codeHash);
  if (
    last &&
    fingerprint !== undefined &&
    last.fingerprint === fingerprint &&
    isCurrent(last, now) &&
    isUnchanged(out, readOutputIndex(paths.index, snapshot.codeHash), last.result.writtenAt)
  )
    return { ...last.result, parsed: 0, planned: false, rendered: 0 };
  const result = await load(options, snapshot, threads);
  if (result.ok && !result.diagnostics.some(({ ruleId }) => machineRules.has(ruleId))) {
    try {
      const commit = process.env.CI ? commitOf(options.root) : undefined;
      writeLast(paths, snapshot.codeHash, { fingerprint, now, commit, result } satisfies LastBuild);
    } catch {
      // Best effort: if saving fails, for example on a full disk, the next build only takes longer.
    }
  }
  return result;
}

/** Whether the site of an earlier build is still right at a moment. */
const isCurrent = ({ now: then, result }: LastBuild, now: number): boolean =>
  isBetween(now, then, result.validUntil);

/**
 * Whether a build would change the site, because sources changed or because of the clock. A machine that has only the
 * cache of an earlier build, such as a CI runner, compares commits, because its files have other times.
 */
export function isBuildDue(options: BuildOptions & { out: string }): boolean {
  const { root, out, basePath, drafts, strict, now } = options;
  const snapshot = takeSnapshot(options);
  const last = readLast<LastBuild>(outputPaths(cacheFolderOf(root), out), snapshot.codeHash);
  if (!last || !isCurrent(last, now)) return true;
  const fingerprint = hashSnapshot(snapshot, { out, basePath, drafts, strict });
  if (fingerprint !== undefined && last.fingerprint === fingerprint) return false;
  return last.commit === undefined || last.commit !== commitOf(root);
}

/** Result of the last build into a folder; undefined if it failed, or if the cache does not know it. */
export const lastResult = (root: string, out: string): BuildResult | undefined =>
  readLast<LastBuild>(outputPaths(cacheFolderOf(root), out), codeHashOf(codeFolder))?.result;

async function load(options: BuildOptions, snapshot: Snapshot, threads: Thread[]): Promise<BuildResult> {
  const { build } = await import('./build.ts');
  return build(options, { snapshot, threads });
}

/** Whether every file of the output is as the last build wrote it, and no file was added or removed. */
function isUnchanged(
  out: string,
  { records, writtenAt }: ReturnType<typeof readOutputIndex>,
  expected: number,
): boolean {
  const files = [...records.values()].flatMap(record => record.files);
  return (
    writtenAt === expected &&
    files.every(({ path, signature }) => isIntact(`${out}/${path}`, signature)) &&
    isUntouched({ folder: out, files, writtenAt })
  );
}
