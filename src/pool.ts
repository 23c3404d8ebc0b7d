/** Engines in worker threads, and the one way to give them work: in batches, each to whoever is free. */
import { Worker } from 'node:worker_threads';
import { createEngine, type Engine, type EngineOptions, type RenderSetup } from './engine.ts';

/** What a worker is asked to do, and what it answers. */
export type Request = { id: number } & (
  | { method: 'compile'; input: Parameters<Engine['compile']>[0] }
  | { method: 'render'; input: Parameters<Engine['render']>[0] }
  | { method: 'seal'; input: undefined }
  | { method: 'setUp'; input: RenderSetup }
  | { method: 'close'; input: undefined }
);
export interface Response {
  id: number;
  output?: unknown;
  error?: { message: string; code: string | undefined };
}

export interface Pool {
  /** Whether other threads do the work, while this one has nothing to do. */
  isElsewhere: boolean;
  /** Maps items to results, in the order of the items. `progress` is told how many are done, and the results of the latest. */
  compile(
    items: Parameters<Engine['compile']>[0],
    progress: (done: number, latest: ReturnType<Engine['compile']>) => void,
  ): Promise<ReturnType<Engine['compile']>>;
  seal(): Promise<void>;
  setUp(setup: RenderSetup): Promise<void>;
  render(
    items: Parameters<Engine['render']>[0],
    progress: (done: number) => void,
  ): Promise<ReturnType<Engine['render']>>;
  /** Writes what is pending to the cache, and ends. */
  close(): Promise<void>;
}

/** Items given to an engine at once: enough that messages cost little, few enough that all end together. */
const batchSize = 48;

/** Megabytes. With Node's own 16 for what is young a worker spends a sixth of its time on collecting what each article leaves behind. */
const youngGeneration = 32;
/** Megabytes: V8 collects what is old the later the more it may have, and takes 4,000 for itself on a large machine. No article needs so much. */
const oldGeneration = 1024;

type Call = <Method extends Request['method']>(
  method: Method,
  input: Extract<Request, { method: Method }>['input'],
) => Promise<unknown>;

/** @param workers how many threads; 0 runs everything in this one */
export function createPool(
  options: Omit<EngineOptions, 'packName'>,
  buildName: string,
  workers: number,
): Pool {
  const calls: Call[] =
    workers === 0
      ? [inlineCall(createEngine({ ...options, packName: `${buildName}-0` }))]
      : Array.from({ length: workers }, (_, index) =>
          workerCall({ ...options, packName: `${buildName}-${index}` }),
        );

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
        const latest = (await call(
          method,
          items.slice(batch * batchSize, (batch + 1) * batchSize) as never,
        )) as Result[];
        results[batch] = latest;
        done += latest.length;
        progress(done, latest);
      }
    };
    const fail = (error: unknown) => {
      failed = true;
      throw error;
    };
    // Who failed is told when the others have ended too, and write no more. While a worker is at one batch, the next is on its way.
    const ends = await Promise.allSettled([...calls, ...calls].map(call => drain(call).catch(fail)));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
    return results.flat();
  }

  const all = (method: Request['method'], input?: RenderSetup) =>
    Promise.all(calls.map(call => call(method, input as never)));
  return {
    isElsewhere: workers > 0,
    compile: (items, progress) => map('compile', items, progress),
    seal: async () => void (await all('seal')),
    setUp: async setup => void (await all('setUp', setup)),
    render: (items, progress) => map('render', items, progress),
    close: async () => void (await all('close')),
  };
}

/** Smaller jobs end before a worker has started. */
const workerThreshold = 400;

/** Starts threads when the first large job comes, none before. */
export function createLazyPool(
  workers: number,
  buildName: string,
  options: Parameters<typeof createPool>[0],
) {
  let inline: Pool | undefined;
  let threads: Pool | undefined;
  return {
    async sized(jobs: number): Promise<Pool> {
      if (workers > 0 && (threads || jobs >= workerThreshold)) {
        threads ??= createPool(options, buildName, workers);
        return threads;
      }
      inline ??= createPool(options, `${buildName}-inline`, 0);
      return inline;
    },
    async close(): Promise<void> {
      await Promise.all([inline?.close(), threads?.close()]);
      inline = undefined;
      threads = undefined;
    },
  };
}

function inlineCall(engine: Engine): Call {
  return async (method, input) => (engine[method] as (input: unknown) => unknown)(input);
}

function workerCall(options: EngineOptions): Call {
  const worker = new Worker(new URL('./worker.js', import.meta.url), {
    workerData: options,
    resourceLimits: { maxYoungGenerationSizeMb: youngGeneration, maxOldGenerationSizeMb: oldGeneration },
  });
  const waiting = new Map<number, { resolve: (output: unknown) => void; reject: (error: Error) => void }>();
  let ended: Error | undefined;
  let last = 0;
  const end = (reason: string) => {
    ended ??= Object.assign(new Error(reason), { code: 'ERR_WORKER' });
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  worker.on('message', ({ id, output, error }: Response) => {
    const request = waiting.get(id);
    waiting.delete(id);
    if (error) request?.reject(Object.assign(new Error(error.message), { code: error.code }));
    else request?.resolve(output);
  });
  worker.on('error', error => end(`A worker of the build failed: ${error.message}`));
  worker.on('exit', code => end(`A worker of the build ended early (code ${code})`));
  return (method, input) =>
    new Promise((resolve, reject) => {
      if (ended) return reject(ended);
      const id = ++last;
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, method, input });
    });
}
