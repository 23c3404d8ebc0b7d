/** Worker threads. Each loads the generator itself, while the thread that started it does other work. */
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { packageRoot } from '../base/package.ts';
import type { Engine, EngineOptions } from './engine.ts';

/** A request to a worker. The first one must be `open`. */
export type Request =
  | { method: 'open'; input: EngineOptions }
  | { method: 'compile'; input: Parameters<Engine['compile']>[0] }
  | { method: 'seal'; input: undefined }
  | { method: 'setUp'; input: Parameters<Engine['setUp']>[0] }
  | { method: 'render'; input: Parameters<Engine['render']>[0] }
  | { method: 'readPicture'; input: Parameters<Engine['readPicture']>[0] }
  | { method: 'sanitizeDrawing'; input: Parameters<Engine['sanitizeDrawing']>[0] }
  | { method: 'readRecording'; input: Parameters<Engine['readRecording']>[0] }
  | { method: 'close'; input: undefined };

/** The response to the request with the same id. */
export interface Response {
  id: number;
  output?: unknown;
  error?: { message: string; code: string | undefined };
}

export type Call = (request: Request) => Promise<unknown>;

export interface Thread {
  call: Call;
  /** Terminates the thread, unless it has already exited. */
  end(): Promise<void>;
}

/** Minimum number of jobs for which threads pay off. Fewer jobs are done before a thread has loaded. */
export const threadThreshold = 400;

/**
 * Maximum size of a worker's young generation, in megabytes. With Node's default of 16, a worker spends a
 * sixth of its time on garbage collection.
 */
const youngGeneration = 32;
/**
 * Maximum size of a worker's old generation, in megabytes. With Node's default of 4,000 on a large machine,
 * V8 collects old objects late.
 */
const oldGeneration = 1024;

/** V8 flags. decisions/0009-v8-flags.md has the measurements. */
const flags = [
  // Every core runs a working thread, so no idle core could help with a collection.
  '--no-parallel-scavenge',
  // Collects old objects when the heap has doubled, instead of when it is up to four times as large.
  '--heap-growing-percent=100',
];

/**
 * Minimum number of other threads with which the coordinating thread only distributes work. With fewer threads,
 * that does not keep it busy, so it works too.
 */
const mostShared = 4;

/** Whether the coordinating thread works too. @param threads number of other threads */
export const isShared = (threads: number): boolean => threads < mostShared;

/**
 * Starts worker threads.
 * @param workers number of threads that work; if there are at most `mostShared`, the calling thread is one of
 * them
 * @returns the other threads; empty if `workers` is 0 or 1
 */
export function startThreads(workers: number): Thread[] {
  const count = workers > mostShared ? workers : Math.max(0, workers - 1);
  if (count > 0) for (const flag of flags) setFlagsFromString(flag);
  return Array.from({ length: count }, () => startThread(oldGeneration));
}

/** Code of the error with which calls are rejected if a thread needs more memory than it may use. */
export const outOfMemory = 'ERR_WORKER_OUT_OF_MEMORY';

/** Starts a worker thread. @param megabytes maximum size of its old generation */
export function startThread(megabytes: number): Thread {
  const worker = new Worker(join(packageRoot, 'lib/worker.js'), {
    resourceLimits: { maxYoungGenerationSizeMb: youngGeneration, maxOldGenerationSizeMb: megabytes },
  });
  const waiting = new Map<number, { resolve: (output: unknown) => void; reject: (error: Error) => void }>();
  let ended: Error | undefined;
  let last = 0;
  const end = (reason: string, code = 'ERR_WORKER') => {
    ended ??= Object.assign(new Error(reason), { code });
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  worker.on('message', ({ id, output, error }: Response) => {
    const request = waiting.get(id);
    waiting.delete(id);
    if (error) request?.reject(Object.assign(new Error(error.message), { code: error.code }));
    else request?.resolve(output);
  });
  worker.on('error', (error: NodeJS.ErrnoException) =>
    end(`A build worker failed: ${error.message}`, error.code === outOfMemory ? outOfMemory : undefined),
  );
  worker.on('exit', code => end(`A build worker stopped early (exit code ${code})`));
  return {
    call: request =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended);
        const id = ++last;
        waiting.set(id, { resolve, reject });
        worker.postMessage({ id, request });
      }),
    async end() {
      if (!ended) await worker.terminate();
    },
  };
}
