/**
 * The runner runs stages and owns what they share: keys and reuse, diagnostics, progress, workers,
 * cancellation and cleanup. A stage is a function and its key. build.ts decides which stages run, and in
 * which order.
 */
import { createDiagnostic, type Diagnostic, hasErrors, settleDiagnostics } from '../base/diagnostics.ts';
import type { SiteConfig } from '../config/config.ts';
import { compileSettings } from '../config/settings.ts';
import { cacheFolderOf } from '../disk/cache-folder.ts';
import { OutputError, toOutputError } from '../disk/output-error.ts';
import { newOwnerName } from '../disk/process.ts';
import type { Snapshot } from '../disk/snapshot.ts';
import { unreadable, unreadInput } from '../disk/unreadable.ts';
import { createGuard, type Guard } from './guard.ts';
import { createMediaTools, type MediaTools } from './media-tools.ts';
import { describeAll } from './messages.ts';
import type { BuildOptions, BuildResult, Progress } from './options.ts';
import { createLazyPool, type LazyPool } from './pool.ts';
import type { Thread } from './threads.ts';

export interface Stage<Input, Output> {
  name: 'compile' | 'collect' | 'enrich' | 'plan' | 'publish';
  /**
   * Cache key: a hash of everything that the stage reads. A stage without a key is never reused as a whole.
   * @returns undefined if a file changed a moment ago, so that nothing is reused
   */
  key?(input: Input): string | undefined;
  /**
   * Finds the result that an earlier build saved under the key. A stage without this function can only reuse
   * its items one by one.
   * @returns undefined if there is no valid result
   */
  reuse?(key: string, input: Input, run: Run): Output | undefined;
  run(input: Input, run: Run, key: string | undefined): Promise<Output>;
}

/** Data and services that the stages of one build share. */
export interface Run {
  readonly options: BuildOptions;
  readonly snapshot: Snapshot;
  readonly site: SiteConfig;
  /** Absolute path of the cache. */
  readonly cacheFolder: string;
  /** Prefix of the names of the pack files that this build writes. */
  readonly buildName: string;
  readonly pool: LazyPool;
  readonly guard: Guard;
  readonly media: MediaTools;
  readonly progress: Progress;
  /** Runs a stage, or returns the result that the cache has under the stage's key. */
  stage<Input, Output>(stage: Stage<Input, Output>, input: Input): Promise<Output>;
  report(diagnostics: readonly Diagnostic[]): void;
  /** Sets fields of the result. */
  record(facts: Partial<BuildResult>): void;
  /** Whether neither these diagnostics nor those reported so far include an error. */
  isOk(diagnostics?: readonly Diagnostic[]): boolean;
  /**
   * Calls `cleanup` when the build ends, whether or not it succeeds. Cleanups run in the order of
   * registration.
   * @returns a function that cancels the cleanup and releases everything it refers to
   */
  onEnd(cleanup: Cleanup): () => void;
}

type Cleanup = () => void | Promise<void>;

export interface RunInput {
  options: BuildOptions;
  snapshot: Snapshot;
  site: SiteConfig;
  diagnostics: readonly Diagnostic[];
  /** Workers that were started early. The code that started them terminates them. */
  threads: readonly Thread[];
}

/**
 * Runs the stages of a build, then its cleanups.
 * @param stages runs the stages in order
 * @returns the result, with every diagnostic
 * @throws failures that concern neither a file nor the output
 */
export async function runStages(input: RunInput, stages: (run: Run) => Promise<void>): Promise<BuildResult> {
  const { options, snapshot, site } = input;
  const diagnostics = [...input.diagnostics];
  const cleanups = new Set<Cleanup>();
  const result = emptyResult(site.config);
  const run = createRun(input, diagnostics, result, cleanups);
  try {
    await stages(run);
  } catch (error) {
    diagnostics.push(explainFailure(error, options.out ?? run.cacheFolder, snapshot));
  } finally {
    for (const cleanup of cleanups) await cleanup();
  }
  return settledResult(result, diagnostics, site.config.rules, options.strict);
}

function createRun(
  { options, snapshot, site, threads }: RunInput,
  diagnostics: Diagnostic[],
  result: BuildResult,
  cleanups: Set<Cleanup>,
): Run {
  const cacheFolder = cacheFolderOf(snapshot.root);
  const buildName = newOwnerName();
  const { root, unsaved, began } = snapshot;
  const settings = compileSettings(site.config);
  const engine = { folder: { root, unsaved }, cacheFolder, settings, began };
  const workers = options.workers ?? 0;
  const pool = createLazyPool(workers, threads, buildName, engine, options.signal);
  const { limits } = site.config;
  const guard = createGuard({ engine, buildName, limits, workers, signal: options.signal });
  const media = createMediaTools(cacheFolder, snapshot.codeHash, guard, limits, {
    shared: options.pictureStore,
    shard: options.shard && `${options.shard.part}-of-${options.shard.of}`,
  });
  // Errors in writing pending data have already been reported.
  cleanups.add(() => pool.close().catch(() => {})).add(media.close);
  const run: Run = {
    options,
    snapshot,
    site,
    cacheFolder,
    buildName,
    pool,
    guard,
    media,
    progress: options.progress ?? (() => {}),
    async stage(stage, input) {
      options.signal?.throwIfAborted();
      const key = stage.key?.(input);
      const reused = key === undefined ? undefined : stage.reuse?.(key, input, run);
      return reused ?? stage.run(input, run, key);
    },
    // A single `push` call with 100,000 diagnostics could overflow the stack.
    report: more => {
      for (const diagnostic of more) diagnostics.push(diagnostic);
    },
    record: facts => void Object.assign(result, facts),
    isOk: (more = []) =>
      !hasErrors(settleDiagnostics([...diagnostics, ...more], site.config.rules, options.strict)),
    onEnd(cleanup) {
      cleanups.add(cleanup);
      return () => void cleanups.delete(cleanup);
    },
  };
  return run;
}

/**
 * Converts a failure to a diagnostic.
 * @throws the error itself if it concerns neither a file nor the output: a bug in Broadsheet, or a
 *   cancelled build
 */
function explainFailure(error: unknown, file: string, { root, signatures }: Snapshot): Diagnostic {
  const cause = error instanceof OutputError && error.cause ? error.cause : error;
  const unread = unreadInput(cause, signatures, root);
  if (unread !== undefined) return unreadable(unread, cause);
  const explained = toOutputError(file, error);
  if (!(explained instanceof OutputError)) throw explained;
  return createDiagnostic(file, 'error', 'output', undefined, { message: explained.message });
}

const emptyResult = (config: BuildResult['config']): BuildResult => ({
  diagnostics: [],
  ok: false,
  articles: 0,
  leftOut: { drafts: 0, scheduled: 0, expired: 0 },
  expired: [],
  files: 0,
  parsed: 0,
  planned: false,
  rendered: 0,
  nextChange: undefined,
  nextKind: 'appears',
  writtenAt: 0,
  validUntil: undefined,
  config,
});

function settledResult(
  result: BuildResult,
  all: readonly Diagnostic[],
  rules: SiteConfig['config']['rules'],
  strict: boolean,
): BuildResult {
  const settled = settleDiagnostics(all, rules, strict);
  return { ...result, diagnostics: describeAll(settled), ok: !hasErrors(settled) };
}

/** Result of a build that ends before its first stage. */
export const failedResult = (diagnostics: readonly Diagnostic[], strict: boolean): BuildResult =>
  settledResult(emptyResult(undefined), diagnostics, {}, strict);
