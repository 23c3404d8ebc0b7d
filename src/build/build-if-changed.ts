/** A build that first looks whether there is anything to do. It loads the generator, which takes longer than the look, when there is. */

import { cacheFolderOf } from '../cache/folder.ts';
import { outputPaths, readLast, readOutputIndex, writeLast } from '../cache/output-index.ts';
import { hasSourceIndex } from '../cache/source-index.ts';
import { fingerprintOf, readInputs } from '../disk/snapshot.ts';
import { isIntact, isUntouched } from '../disk/staging.ts';
import type { BuildOptions, BuildResult } from './build.ts';
import { startThreads, type Thread, threadThreshold } from './threads.ts';

interface LastBuild {
  fingerprint: string;
  /** The clock of that build. */
  now: number;
  result: BuildResult;
}

export async function rebuild(options: BuildOptions): Promise<BuildResult> {
  const threads: Thread[] = [];
  try {
    return await rebuildWith(threads, options);
  } finally {
    for (const thread of threads) thread.end();
  }
}

async function rebuildWith(threads: Thread[], options: BuildOptions): Promise<BuildResult> {
  const { root, packageRoot, out, now, basePath, drafts, strict, shard, merge } = options;
  const cacheFolder = cacheFolderOf(root);
  const inputs = readInputs(root, packageRoot, ({ markdown }) => {
    // Without a cache there will be work for them, and this thread is busy for a while.
    if (markdown.length >= threadThreshold && !hasSourceIndex(cacheFolder))
      threads.push(...startThreads(options.workers ?? 0));
  });
  const paths = out === undefined || shard || merge ? undefined : outputPaths(cacheFolder, out);
  const fingerprint = paths && fingerprintOf(inputs, { out, basePath, drafts, strict });
  if (fingerprint !== undefined && paths && out !== undefined) {
    const last = readLast<LastBuild>(paths, inputs.codeHash);
    if (last?.fingerprint === fingerprint && isValid(last, now)) {
      const { records, made } = readOutputIndex(paths.index, inputs.codeHash);
      const files = [...records.values()].flatMap(({ files }) => files);
      if (
        last.result.made === made &&
        files.every(({ path, signature }) => isIntact(`${out}/${path}`, signature)) &&
        isUntouched({ folder: out, files, made })
      )
        return { ...last.result, parsed: 0, rendered: 0 };
    }
  }
  const { build } = await import('./build.ts');
  const result = await build(options, inputs, threads);
  if (fingerprint !== undefined && paths && result.ok) {
    const last: LastBuild = { fingerprint, now, result };
    try {
      writeLast(paths, inputs.codeHash, last);
    } catch {
      // The site is built; the next build looks closer.
    }
  }
  return result;
}

function isValid({ now: then, result: { validUntil } }: LastBuild, now: number): boolean {
  return now >= then && (validUntil === undefined || now < validUntil);
}
