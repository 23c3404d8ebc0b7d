/** Checks whether anything changed before loading the generator, which takes longer than the check. */
import { isBetween } from '../base/dates.ts';
import { outputPaths, readLast, readOutputIndex, writeLast } from '../cache/output-index.ts';
import { hasSourceIndex } from '../cache/source-index.ts';
import { cacheFolderOf } from '../disk/cache-folder.ts';
import { isIntact } from '../disk/signature.ts';
import { hashSnapshot, type Snapshot, takeSnapshot } from '../disk/snapshot.ts';
import { isUntouched } from '../disk/staging.ts';
import type { BuildOptions, BuildResult } from './options.ts';
import { startThreads, type Thread, threadThreshold } from './threads.ts';

interface LastBuild {
  /** Hash of all inputs of the build, except the clock. */
  fingerprint: string;
  /** The build's clock, in milliseconds since the epoch. */
  now: number;
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
  if (fingerprint === undefined || !paths || out === undefined) return load(options, snapshot, threads);
  const last = readLast<LastBuild>(paths, snapshot.codeHash);
  if (
    last?.fingerprint === fingerprint &&
    isBetween(now, last.now, last.result.validUntil) &&
    isUnchanged(out, readOutputIndex(paths.index, snapshot.codeHash), last.result.writtenAt)
  )
    return { ...last.result, parsed: 0, planned: false, rendered: 0 };
  const result = await load(options, snapshot, threads);
  if (result.ok && !result.diagnostics.some(({ ruleId }) => machineRules.has(ruleId))) {
    try {
      writeLast(paths, snapshot.codeHash, { fingerprint, now, result } satisfies LastBuild);
    } catch {
      // Best effort: if saving fails, for example on a full disk, the next build only takes longer.
    }
  }
  return result;
}

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
