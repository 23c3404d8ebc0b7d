/**
 * Runs work on heavy sources where it can be stopped: in threads of their own, one source at a time. Content is
 * untrusted, and a file that takes hours or all memory must not stop the build.
 */
import { setTimeout } from 'node:timers/promises';
import { createBudget, settleAll } from '../base/concurrency.ts';
import { createDiagnostic, type Diagnostic } from '../base/diagnostics.ts';
import type { SourceRecord } from '../cache/source-index.ts';
import type { Config } from '../config/config.ts';
import type { PictureProblem } from '../media/facts.ts';
import type { Stop } from '../media/file-reader.ts';
import type { PictureFacts } from '../media/recipes.ts';
import type { Recording } from '../site/recordings.ts';
import type { Engine, EngineOptions, Rendered, RenderInput, SignedPath } from './engine.ts';
import type { RenderJob } from './render-task.ts';
import { outOfMemory, type Request, startThread, type Thread } from './threads.ts';

/** Minimum size of a heavy source, in bytes. Few stories are as long. */
export const heavySource = 100_000;

/** Minimum size of a heavy document in the cache, in bytes of JSON. */
const heavyDocument = 500_000;

/** Whether a job renders a heavy document. */
export const isHeavy = ({ documents }: RenderJob): boolean =>
  documents.some(({ place }) => place.length >= heavyDocument);

/** Source of the largest document of a job. */
export const heaviestOf = ({ documents }: RenderJob): string =>
  documents.reduce((a, b) => (b.place.length > a.place.length ? b : a)).source;

/**
 * Reports that the work on a source was stopped.
 * @param bytes content of the source
 */
export function stopped(path: string, stop: Stop, limits: Config['limits'], bytes: Uint8Array): Diagnostic {
  const lines = Buffer.from(bytes).toString().split('\n');
  const longest = lines.reduce((most, line) => Math.max(most, line.length), 0);
  const size = { bytes: bytes.length, lines: lines.length, longest };
  return stop === 'time'
    ? createDiagnostic(path, 'error', 'source-stopped/time', undefined, { ...size, seconds: limits.seconds })
    : createDiagnostic(path, 'error', 'source-stopped/memory', undefined, {
        ...size,
        megabytes: limits.megabytes,
      });
}

export interface Guard {
  /** Compiles sources. @returns records, or why the work was stopped, in the order of the sources */
  compile(sources: readonly SignedPath[]): Promise<(SourceRecord | Stop)[]>;
  /** Renders jobs. @returns results, or why the work was stopped, in the order of the jobs */
  render(input: RenderInput, jobs: readonly RenderJob[]): Promise<(Rendered | Stop)[]>;
  /** Reads the facts of a picture. @returns facts, a problem, or why the work was stopped */
  readPicture(input: Parameters<Engine['readPicture']>[0]): Promise<PictureFacts | PictureProblem | Stop>;
  /** Sanitizes the drawing with an absolute path. @returns its text, or why the work was stopped */
  sanitizeDrawing(path: string): Promise<{ text: string } | Stop>;
  /**
   * Reads the metadata of recordings with absolute paths.
   * @returns metadata, null for a file that is not a recording, or why the work was stopped
   */
  readRecordings(paths: readonly string[]): Promise<(Recording | Stop | null)[]>;
}

interface GuardOptions {
  engine: Omit<EngineOptions, 'packName'>;
  /** Name of the build, with which the names of its packs begin. */
  buildName: string;
  limits: Config['limits'];
  /** Number of threads that may work at once; 0 is the same as 1. */
  workers: number;
  signal: AbortSignal | undefined;
}

/** Creates a guard, which starts threads only when there is work. */
export function createGuard({ engine, buildName, limits, workers, signal }: GuardOptions): Guard {
  let packs = 0;
  // Heavy pictures need much memory, so only one of them is in a thread at a time.
  const turn = createBudget(1);
  const open = (thread: Thread) =>
    thread.call({ method: 'open', input: { ...engine, packName: `${buildName}-guard-${packs++}` } });

  async function runEach<Item, Result>(
    items: readonly Item[],
    prepare: (thread: Thread) => Promise<unknown>,
    work: (thread: Thread, item: Item) => Promise<Result>,
  ): Promise<(Result | Stop)[]> {
    const results: (Result | Stop)[] = [];
    let next = 0;
    const drain = async () => {
      let thread: Thread | undefined;
      try {
        while (next < items.length) {
          signal?.throwIfAborted();
          const index = next++;
          if (!thread) {
            thread = startThread(limits.megabytes);
            await prepare(thread);
          }
          const result = await limited(work(thread, items[index]!), limits.seconds);
          results[index] = result;
          if (result === 'time' || result === 'memory') {
            await thread.end();
            thread = undefined;
          }
        }
      } finally {
        await thread?.end();
      }
    };
    const lanes = Math.min(items.length, Math.max(1, workers));
    await settleAll(Array.from({ length: lanes }, drain));
    return results;
  }

  const workAlone = <Result>(request: Request): Promise<Result | Stop> =>
    turn.use(1, async () => {
      const work = (thread: Thread) => thread.call(request) as Promise<Result>;
      return (await runEach([request], open, work))[0]!;
    });

  return {
    compile: sources =>
      runEach(
        sources,
        async () => {},
        async (thread, source) => {
          // Each source has a pack of its own, which remains when a later source is stopped.
          await open(thread);
          const [record] = (await thread.call({ method: 'compile', input: [source] })) as SourceRecord[];
          await thread.call({ method: 'seal', input: undefined });
          return record!;
        },
      ),
    render: (input, jobs) =>
      runEach(
        jobs,
        async thread => {
          await open(thread);
          await thread.call({ method: 'setUp', input });
        },
        async (thread, job) => ((await thread.call({ method: 'render', input: [job] })) as Rendered[])[0]!,
      ),
    readPicture: input => workAlone<PictureFacts | PictureProblem>({ method: 'readPicture', input }),
    sanitizeDrawing: input => workAlone<{ text: string }>({ method: 'sanitizeDrawing', input }),
    readRecordings: paths =>
      runEach(
        paths,
        open,
        (thread, input) => thread.call({ method: 'readRecording', input }) as Promise<Recording | null>,
      ),
  };
}

/** Waits for work, but not longer than the limit. Work that runs out of memory is stopped, too. */
async function limited<Result>(work: Promise<Result>, seconds: number): Promise<Result | Stop> {
  const timer = new AbortController();
  try {
    return await Promise.race([
      work,
      setTimeout(seconds * 1000, 'time' as const, { signal: timer.signal }).catch(() => 'time' as const),
    ]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === outOfMemory) return 'memory';
    throw error;
  } finally {
    timer.abort();
    // If the time is up, ending the thread rejects this promise.
    work.catch(() => {});
  }
}
