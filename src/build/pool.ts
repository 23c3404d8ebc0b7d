/** Engines in worker threads and in this thread. The pool sends each batch of work to a free engine. */
import { setImmediate } from 'node:timers/promises';
import { settleAll } from '../base/concurrency.ts';
import { createEngine, type Engine, type EngineOptions, type Rendered } from './engine.ts';
import type { RenderJob } from './render-task.ts';
import { type Call, isShared, type Request, startThreads, type Thread, threadThreshold } from './threads.ts';

export interface Pool {
  /** Whether other threads do all the work. */
  isElsewhere: boolean;
  /**
   * Compiles sources.
   * @param progress receives the number of compiled sources, and the latest records
   * @returns records in the order of the sources
   */
  compile(
    sources: Parameters<Engine['compile']>[0],
    progress: (done: number, latest: ReturnType<Engine['compile']>) => void,
  ): Promise<ReturnType<Engine['compile']>>;
  /** Writes pending documents to the cache. Call it after the last `compile`. */
  seal(): Promise<void>;
  /** Renders jobs. Settles only when no engine is writing any more, even if an engine has failed. */
  render(
    input: Parameters<Engine['setUp']>[0],
    jobs: readonly RenderJob[],
    progress: (done: number) => void,
  ): Promise<Rendered[]>;
  /** Writes pending data to the cache, and closes the engines. */
  close(): Promise<void>;
}

/** A pool that starts threads only for large jobs. */
export interface LazyPool {
  /**
   * Returns the engines for a number of jobs: threads if there are enough jobs, or if threads are already
   * running; otherwise this thread.
   * @param jobs number of jobs
   */
  forJobs(jobs: number): Promise<Pool>;
  close(): Promise<void>;
}

/**
 * Number of jobs in a batch: enough to make messages cheap, and few enough for all engines to finish at about
 * the same time.
 */
const batchSize = 48;

type SharedOptions = Omit<EngineOptions, 'packName'>;

/**
 * Creates an engine in each thread.
 * @param threads other threads; if there are fewer than four, this thread works too
 * @param signal aborts the work before the next batch
 */
export function createPool(
  options: SharedOptions,
  buildName: string,
  threads: readonly Thread[],
  signal?: AbortSignal,
): Pool {
  const own = isShared(threads.length)
    ? [ownCall(createEngine({ ...options, packName: `${buildName}-own` }))]
    : [];
  const others = threads.map((thread, index) =>
    threadCall(thread, { ...options, packName: `${buildName}-${index}` }),
  );
  const calls: readonly Call[] = [...others, ...own];

  async function map<Item, Result>(
    method: 'compile' | 'render',
    items: readonly Item[],
    progress: (done: number, latest: Result[]) => void,
  ): Promise<Result[]> {
    const results: Result[][] = [];
    let next = 0;
    let done = 0;
    let failed = false;
    const drain = async (call: Call): Promise<void> => {
      while (next * batchSize < items.length && !failed) {
        signal?.throwIfAborted();
        const batch = next++;
        const input = items.slice(batch * batchSize, (batch + 1) * batchSize);
        const latest = (await call({ method, input } as Request)) as Result[];
        results[batch] = latest;
        done += latest.length;
        progress(done, latest);
      }
    };
    const fail = (error: unknown) => {
      failed = true;
      throw error;
    };
    // Other threads get two batches at a time: the next one arrives while they work on the first.
    // Fails only after every worker has stopped writing.
    await settleAll([...others, ...calls].map(call => drain(call).catch(fail)));
    return results.flat();
  }

  const all = (request: Request) => settleAll(calls.map(call => call(request)));
  return {
    isElsewhere: own.length === 0,
    compile: (items, progress) => map('compile', items, progress),
    seal: async () => void (await all({ method: 'seal', input: undefined })),
    async render(input, jobs, progress) {
      // Sends the first jobs without waiting for `setUp`, so that they arrive while the engines read the
      // setup.
      const [, rendered] = await settleAll([
        all({ method: 'setUp', input }),
        map<RenderJob, Rendered>('render', jobs, progress),
      ]);
      return rendered;
    },
    close: async () => void (await all({ method: 'close', input: undefined })),
  };
}

/**
 * Creates a pool. Engines are created when the first job arrives.
 * @param workers number of threads that may work
 * @param started threads that are already running
 */
export function createLazyPool(
  workers: number,
  started: readonly Thread[],
  buildName: string,
  options: SharedOptions,
  signal?: AbortSignal,
): LazyPool {
  let inline: Pool | undefined;
  let threads: Pool | undefined;
  return {
    async forJobs(jobs) {
      if (workers > 1 && (threads || jobs >= threadThreshold)) {
        threads ??= createPool(
          options,
          buildName,
          started.length > 0 ? started : startThreads(workers),
          signal,
        );
        return threads;
      }
      inline ??= createPool(options, `${buildName}-inline`, [], signal);
      return inline;
    },
    async close() {
      await settleAll([inline?.close(), threads?.close()]);
      inline = undefined;
      threads = undefined;
    },
  };
}

function ownCall(engine: Engine): Call {
  return async ({ method, input }) => {
    // Yields to the event loop, so that the other threads get new batches before this thread is busy.
    await setImmediate();
    return (engine[method as keyof Engine] as (input: unknown) => unknown)(input);
  };
}

function threadCall(thread: Thread, options: EngineOptions): Call {
  const opened = thread.call({ method: 'open', input: options });
  // Every call awaits this promise and reports its failure; this avoids an unhandled rejection.
  opened.catch(() => {});
  return async request => {
    await opened;
    return thread.call(request);
  };
}
