/** Engines in worker threads and in this one, and the one way to give them work: in batches, each to whoever is free. */
import { setImmediate } from 'node:timers/promises';
import {
  createEngine,
  type Engine,
  type EngineOptions,
  type Rendered,
  type RenderJob,
  type RenderSetup,
} from './engine.ts';
import { type Call, isShared, type Request, startThreads, type Thread, threadThreshold } from './threads.ts';

export interface Pool {
  /** Whether other threads do all the work, while this one has nothing to do. */
  isElsewhere: boolean;
  /** Maps items to results, in the order of the items. `progress` is told how many are done, and the results of the latest. */
  compile(
    items: Parameters<Engine['compile']>[0],
    progress: (done: number, latest: ReturnType<Engine['compile']>) => void,
  ): Promise<ReturnType<Engine['compile']>>;
  seal(): Promise<void>;
  /** Ends when nobody writes any more, whatever has failed. */
  render(
    setup: RenderSetup,
    items: Parameters<Engine['render']>[0],
    progress: (done: number) => void,
  ): Promise<ReturnType<Engine['render']>>;
  /** Writes what is pending to the cache, and ends. */
  close(): Promise<void>;
}

/** Items given to an engine at once: enough that messages cost little, few enough that all end together. */
const batchSize = 48;

/** @param threads those besides this one, which does its share of the work where they are few */
export function createPool(
  options: Omit<EngineOptions, 'packName'>,
  buildName: string,
  threads: readonly Thread[],
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
    // Who failed is told when the others have ended too, and write no more. While another thread is at one batch, the next is on its way.
    const ends = await Promise.allSettled([...others, ...calls].map(call => drain(call).catch(fail)));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
    return results.flat();
  }

  const all = (request: Request) => Promise.all(calls.map(call => call(request)));
  return {
    isElsewhere: own.length === 0,
    compile: (items, progress) => map('compile', items, progress),
    seal: async () => void (await all({ method: 'seal', input: undefined })),
    async render(setup, items, progress) {
      // The first pages are on their way while the setup is read.
      const [settingUp, rendering] = await Promise.allSettled([
        all({ method: 'setUp', input: setup }),
        map<RenderJob, Rendered>('render', items, progress),
      ]);
      for (const end of [settingUp, rendering]) if (end.status === 'rejected') throw end.reason;
      return (rendering as PromiseFulfilledResult<Rendered[]>).value;
    },
    close: async () => void (await all({ method: 'close', input: undefined })),
  };
}

/**
 * Gives large jobs to threads, and does small ones here.
 * @param workers how many threads may work
 * @param started those that are there already
 */
export function createLazyPool(
  workers: number,
  started: readonly Thread[],
  buildName: string,
  options: Parameters<typeof createPool>[0],
) {
  let inline: Pool | undefined;
  let threads: Pool | undefined;
  return {
    async sized(jobs: number): Promise<Pool> {
      if (workers > 1 && (threads || jobs >= threadThreshold)) {
        threads ??= createPool(options, buildName, started.length > 0 ? started : startThreads(workers));
        return threads;
      }
      inline ??= createPool(options, `${buildName}-inline`, []);
      return inline;
    },
    async close(): Promise<void> {
      await Promise.all([inline?.close(), threads?.close()]);
      inline = undefined;
      threads = undefined;
    },
  };
}

function ownCall(engine: Engine): Call {
  return async ({ method, input }) => {
    // What the others have answered meanwhile goes first.
    await setImmediate();
    return (engine[method as keyof Engine] as (input: unknown) => unknown)(input);
  };
}

function threadCall(thread: Thread, options: EngineOptions): Call {
  const opened = thread.call({ method: 'open', input: options });
  // Each call tells of it.
  opened.catch(() => {});
  return async request => {
    await opened;
    return thread.call(request);
  };
}
