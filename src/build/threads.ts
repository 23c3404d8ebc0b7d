/** Worker threads. They load the generator by themselves, while the thread that starts them has other things to do. */
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { packageRoot } from '../base/package.ts';
import type { Engine, EngineOptions, RenderSetup } from './engine.ts';

/** What a worker is asked to do: first to `open`. */
export type Request =
  | { method: 'open'; input: EngineOptions }
  | { method: 'compile'; input: Parameters<Engine['compile']>[0] }
  | { method: 'render'; input: Parameters<Engine['render']>[0] }
  | { method: 'seal'; input: undefined }
  | { method: 'setUp'; input: RenderSetup }
  | { method: 'close'; input: undefined };

/** What it answers to the request of that number. */
export interface Response {
  id: number;
  output?: unknown;
  error?: { message: string; code: string | undefined };
}

export type Call = (request: Request) => Promise<unknown>;

export interface Thread {
  call: Call;
  /** Without an effect on one that has closed. */
  end(): void;
}

/** Files from which on threads are worth their start: fewer are done before a thread has loaded. */
export const threadThreshold = 400;

/** Megabytes. With Node's own 16 for what is young a worker spends a sixth of its time on collecting what each article leaves behind. */
const youngGeneration = 32;
/** Megabytes: V8 collects what is old the later the more it may have, and takes 4,000 for itself on a large machine. No article needs so much. */
const oldGeneration = 1024;

/** As many threads share work with the one that gives it out, which is one of them; where there are more, it has enough to do with giving. */
const mostShared = 4;

/** @param threads how many there are besides this one */
export const isShared = (threads: number): boolean => threads < mostShared;

/** Percent of what is in use, that a heap grows by until V8 collects what is old. By itself it waits for up to three times as much. */
const heapGrowth = 100;

/** @param workers how many threads shall work: up to four, this one is among them */
export function startThreads(workers: number): Thread[] {
  const count = workers > mostShared ? workers : Math.max(0, workers - 1);
  if (count > 0) {
    // Every core has a thread that works: none is idle and could help another with its garbage, which waits for it then.
    setFlagsFromString('--no-parallel-scavenge');
    setFlagsFromString(`--heap-growing-percent=${heapGrowth}`);
  }
  return Array.from({ length: count }, startThread);
}

function startThread(): Thread {
  const worker = new Worker(join(packageRoot, 'lib/worker.js'), {
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
  return {
    call: request =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended);
        const id = ++last;
        waiting.set(id, { resolve, reject });
        worker.postMessage({ id, request });
      }),
    end: () => {
      if (!ended) void worker.terminate();
    },
  };
}
