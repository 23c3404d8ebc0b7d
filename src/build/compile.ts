/**
 * The compile stage: turns sources into records. Reuses the records of sources that have not changed since an
 * earlier build, or that a shard compiled.
 */
import { join } from 'node:path';
import { checkParser } from '../article/markdown.ts';
import { settleAll } from '../base/concurrency.ts';
import { createDiagnostic, type Diagnostic } from '../base/diagnostics.ts';
import { hashOf, sha256 } from '../base/hash.ts';
import {
  createSourceIndexWriter,
  type FileRead,
  readSourceIndex,
  removeLeftovers,
  removePacks,
  type SourceIndexWriter,
  type SourceRecord,
  writeShardRecords,
} from '../cache/source-index.ts';
import { configPath } from '../config/paths.ts';
import type { CompileSettings } from '../config/settings.ts';
import { hashOfDataFile, readAhead, readDataFile, readSource } from '../disk/content.ts';
import { lockFolder } from '../disk/lock.ts';
import { sizeOfFile } from '../disk/signature.ts';
import type { Snapshot } from '../disk/snapshot.ts';
import { failedRecord, type SignedPath } from './engine.ts';
import { heavySource, stopped } from './guard.ts';
import type { Run, Stage } from './run.ts';

export interface CompileInput {
  snapshot: Snapshot;
  settings: CompileSettings;
}

/** Compile stage. Returns records in path order; undefined if `merge` is set and a shard's record is missing. */
export const compile: Stage<CompileInput, readonly SourceRecord[] | undefined> = {
  name: 'compile',
  key: ({ snapshot, settings }) => hashOf(snapshot.codeHash + JSON.stringify(settings)),
  run: ({ snapshot }, run, key) => compileSources(snapshot, run, key!),
};

async function compileSources(
  snapshot: Snapshot,
  run: Run,
  key: string,
): Promise<readonly SourceRecord[] | undefined> {
  const { options, cacheFolder } = run;
  const { shard } = options;
  const known = readSourceIndex(cacheFolder, key);
  const { records, stale: all } = findStale(snapshot, known.records);
  const stale = shard ? all.filter(path => isOfShard(path, shard)) : all;
  run.record({ parsed: stale.length });
  if (options.merge && stale.length > 0) {
    run.report(stale.map(missingShard));
    return undefined;
  }
  const kept = [...records.values()];
  if (shard) {
    const lock = lockFolder(join(cacheFolder, `shard-${shard.part}-of-${shard.of}`));
    run.onEnd(lock.release);
  }
  const index =
    shard || options.unsaved
      ? undefined
      : createSourceIndexWriter(cacheFolder, key, known, kept, stale.length);
  const cleanups = [
    run.onEnd(() => index?.abandon()),
    run.onEnd(() => removePacks(cacheFolder, run.buildName)),
  ];
  for (const record of await compileStale(stale, snapshot, run, index)) records.set(record.path, record);
  const sorted = snapshot.content.markdown.flatMap(path => records.get(path) ?? []);
  for (const { diagnostics } of sorted) run.report(diagnostics);
  if (shard) {
    await run.pool.close();
    const own = sorted.filter(({ path }) => isOfShard(path, shard));
    writeShardRecords(cacheFolder, key, `${shard.part}-of-${shard.of}`, own);
  } else if (index) {
    index.finish();
    removeLeftovers(cacheFolder, sorted);
  }
  if (!options.unsaved) for (const cancel of cleanups) cancel();
  return sorted;
}

async function compileStale(
  stale: readonly string[],
  { root, signatures }: Snapshot,
  run: Run,
  index: SourceIndexWriter | undefined,
): Promise<SourceRecord[]> {
  if (stale.length > 0) run.report(checkParser(run.site.config.parser, configPath));
  const sources = stale.map(path => ({ path, signature: signatures.get(path)! }));
  const isHeavy = ({ path, signature }: SignedPath) =>
    !run.options.unsaved && sizeOfFile(join(root, path), signature) >= heavySource;
  const heavy = sources.filter(isHeavy);
  const light = heavy.length === 0 ? sources : sources.filter(source => !heavy.includes(source));
  const workers = await run.pool.forJobs(light.length);
  let compiledCount = 0;
  const [compiled] = await settleAll([
    workers.compile(light, (done, latest) => {
      compiledCount = done;
      index?.add(latest);
      run.progress('Reading', done, stale.length);
    }),
    workers.isElsewhere && readAhead(root, stale, () => compiledCount),
  ]);
  await workers.seal();
  const guarded = await compileHeavy(heavy, root, run);
  index?.add(guarded);
  return [...compiled, ...guarded];
}

/** Compiles heavy sources, each within the limits of site.yaml. */
async function compileHeavy(
  heavy: readonly SignedPath[],
  root: string,
  { guard, site: { config } }: Run,
): Promise<SourceRecord[]> {
  const results = await guard.compile(heavy);
  return results.map((result, index) => {
    if (typeof result === 'object') return result;
    const { path } = heavy[index]!;
    return failedRecord(path, stopped(path, result, config.limits, readSource({ root }, path).bytes));
  });
}

/** Finds the records that are up to date, and the paths of the sources that must be compiled. */
function findStale(snapshot: Snapshot, known: ReadonlyMap<string, readonly SourceRecord[]>) {
  const { content, signatures } = snapshot;
  const records = new Map<string, SourceRecord>();
  const stale: string[] = [];
  const isSame = (read: FileRead): boolean => {
    const signature = signatures.get(read.path) ?? 'absent';
    if (signature !== '' && signature === read.signature) return true;
    return hashOfDataFile(readDataFile(snapshot, read.path)) === read.hash;
  };
  for (const path of content.markdown) {
    const candidates = (known.get(path) ?? []).filter(({ reads }) => reads.every(isSame));
    const signature = signatures.get(path)!;
    const record =
      candidates.find(record => signature !== '' && record.signature === signature) ??
      findByHash(candidates, path, snapshot);
    if (record) records.set(path, record.signature === signature ? record : { ...record, signature });
    else stale.push(path);
  }
  return { records, stale };
}

function findByHash(candidates: readonly SourceRecord[], path: string, snapshot: Snapshot) {
  if (candidates.length === 0) return undefined;
  try {
    const hash = hashOf(readSource(snapshot, path).bytes);
    return candidates.find(record => record.hash === hash);
  } catch {
    // Compiling the file reports the error.
    return undefined;
  }
}

/**
 * Whether a source belongs to a shard. The path's hash decides, so that all machines agree and the shards
 * have about the same size.
 * @param shard `part` counts from 1
 */
export function isOfShard(path: string, { part, of }: { part: number; of: number }): boolean {
  return Number.parseInt(sha256(path, 'hex').slice(0, 12), 16) % of === part - 1;
}

const missingShard = (file: string): Diagnostic =>
  createDiagnostic(file, 'error', 'shard-missing', undefined);
