/** Converts stories in worker threads, where a story that takes too long can be stopped. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { codeFolder } from '../base/package.ts';
import type { MediaFile } from './media.ts';
import {
  convertStory,
  type PreparedContext,
  prepareContext,
  type StoryContext,
  type StoryResult,
  type StoryTask,
} from './story.ts';

/** A result, or the reason for its absence. */
export type Conversion = StoryResult | { problem: string };

export interface Converters {
  convert(task: StoryTask, files?: Readonly<Record<string, MediaFile>>): Promise<Conversion>;
  /** Number of stories to give out before waiting for results. */
  capacity: number;
  end(): Promise<void>;
}

/** Longest time for one story, in milliseconds. */
const timeLimit = 60_000;

/** Memory of a worker, in megabytes. */
const memoryLimit = 1024;

/** Number of stories that a worker has waiting. */
const queued = 8;

/** Converts a story, and turns exceptions into problems. @param downloads downloaded files by address */
export function convertSafely(
  task: StoryTask,
  context: PreparedContext,
  downloads: Readonly<Record<string, MediaFile>> = {},
): Conversion {
  try {
    const media = { ...context.media, downloads: { ...context.media.downloads, ...downloads } };
    return convertStory(task, { ...context, media });
  } catch (error) {
    const reason = error instanceof RangeError ? 'its text is nested too deeply' : (error as Error).message;
    return { problem: `The story could not be converted: ${reason.replace(/\.$/, '')}.` };
  }
}

/** Starts converters. Code that is not compiled, as in tests, converts in this thread. */
export function startConverters(context: StoryContext, workers: number): Converters {
  if (codeFolder.endsWith('src')) {
    const prepared = prepareContext(context);
    return {
      convert: async (task, files) => convertSafely(task, prepared, files),
      capacity: 1,
      end: async () => {},
    };
  }
  const threads = Array.from({ length: Math.max(1, workers) }, () => startThread(context));
  return {
    convert(task, files) {
      const least = threads.reduce((a, b) => (b.waiting() < a.waiting() ? b : a));
      return least.convert(task, files);
    },
    capacity: threads.length * queued,
    end: async () => {
      await Promise.all(threads.map(thread => thread.end()));
    },
  };
}

interface Job {
  task: StoryTask;
  files: Readonly<Record<string, MediaFile>> | undefined;
  resolve: (result: Conversion) => void;
}

/** A thread that converts one story at a time, and is replaced when a story stops it. */
function startThread(context: StoryContext) {
  const jobs: Job[] = [];
  let worker: Worker | undefined;
  let timer: NodeJS.Timeout | undefined;
  const finish = (result: Conversion) => {
    clearTimeout(timer);
    jobs.shift()?.resolve(result);
    next();
  };
  const fail = (problem: string) => {
    const failed = worker;
    worker = undefined;
    failed?.removeAllListeners();
    void failed?.terminate();
    finish({ problem });
  };
  const start = () => {
    worker = new Worker(join(codeFolder, 'import-worker.js'), {
      workerData: context,
      resourceLimits: { maxOldGenerationSizeMb: memoryLimit },
    });
    worker.on('message', finish);
    worker.on('error', (error: NodeJS.ErrnoException) =>
      fail(
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? `Converting the story needs more than ${memoryLimit} MB of memory. Split it, or remove what is repeated.`
          : `The story could not be converted: ${error.message}`,
      ),
    );
    return worker;
  };
  function next(): void {
    const [job] = jobs;
    if (!job) return;
    worker ??= start();
    timer = setTimeout(
      () =>
        fail(
          `Converting the story took longer than ${timeLimit / 1000} seconds. Split it, or remove what is repeated.`,
        ),
      timeLimit,
    );
    worker.postMessage({ task: job.task, files: job.files });
  }
  return {
    waiting: () => jobs.length,
    convert: (task: StoryTask, files?: Readonly<Record<string, MediaFile>>) =>
      new Promise<Conversion>(resolve => {
        jobs.push({ task, files, resolve });
        if (jobs.length === 1) next();
      }),
    end: async () => {
      clearTimeout(timer);
      worker?.removeAllListeners();
      await worker?.terminate();
    },
  };
}
