/** Saves the plan of an output folder's last build. The next build with the same key reuses it. */
import { basename, dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';
import { removeAbandoned } from '../disk/cache-folder.ts';
import { createLineFile, type LineFile, readLines } from '../disk/line-file.ts';
import { createPackReader, createPackWriter, type PackPlace, type PackWriter } from '../disk/pack-file.ts';

/** A plan from the cache. The payloads of its tasks stay on disk until they are needed. */
export interface SavedPlan<Head, Task> {
  head: Head;
  tasks: Task[];
  /** Loads a task's payload. @returns undefined if it is missing or damaged */
  payloadOf(task: Task): string | undefined;
  close(): void;
}

interface Placed {
  place?: PackPlace;
}

/** Name of the pack file with a plan's payloads: the plan's name, and the name of the build that wrote it. */
const packOf = (path: string, buildName: string): string => `${basename(path, '.jsonl')}-${buildName}.texts`;

/** Whether a file name is that of a plan's pack file. */
export const isPlanPack = (name: string): boolean => name.endsWith('.texts');

/**
 * Removes the pack files of earlier plans of the same output and of killed builds, but not those that a running
 * build is writing.
 */
function removeOthers(path: string, pack: string): void {
  const start = `${basename(path, '.jsonl')}-`;
  removeAbandoned(dirname(path), name => !name.startsWith(start) || !isPlanPack(name) || name === pack);
}

/**
 * Reads a plan. Removes the pack files of older plans of the same output.
 * @param path absolute path of the plan's line file
 * @returns undefined if there is no complete plan with this key
 */
export function readPlan<Head, Task>(path: string, key: string): SavedPlan<Head, Task> | undefined {
  let first: { head: PackPlace; count: number } | undefined;
  const tasks: (Task & Placed)[] = [];
  readLines(path, key, line => {
    const parsed = JSON.parse(line);
    if ('count' in parsed) first = parsed;
    else tasks.push(parsed);
  });
  if (!first || tasks.length !== first.count) return undefined;
  const packs = createPackReader(dirname(path));
  const head = packs.read(first.head);
  if (!head) {
    packs.close();
    return undefined;
  }
  removeOthers(path, first.head.pack);
  return {
    head: deserialize(head) as Head,
    tasks,
    payloadOf(task) {
      const { place } = task as Placed;
      return place && packs.read(place)?.toString();
    },
    close: () => packs.close(),
  };
}

/**
 * Number of tasks to write between two turns of the event loop, so that the workers do not wait for this
 * thread.
 */
const writtenAtOnce = 200;

/**
 * Writes a plan while other threads work. If the plan cannot be written, nothing is saved.
 * @param buildName an owner name (disk/process.ts)
 */
export async function savePlan(
  path: string,
  key: string,
  buildName: string,
  head: unknown,
  tasks: readonly { payload: string }[],
): Promise<void> {
  const pack = packOf(path, buildName);
  let lines: LineFile | undefined;
  let payloads: PackWriter | undefined;
  try {
    lines = createLineFile(path, key);
    payloads = createPackWriter(dirname(path), pack);
    lines.put(JSON.stringify({ head: payloads.write(serialize(head)), count: tasks.length }));
    for (const [index, { payload, ...task }] of tasks.entries()) {
      lines.put(JSON.stringify({ ...task, place: payloads.write(payload) }));
      if (index % writtenAtOnce === 0) await setImmediate();
    }
    payloads.close();
    lines.finish()();
    removeOthers(path, pack);
  } catch {
    // Best effort: if saving fails, for example on a full disk, the next build plans again.
    lines?.abandon();
    payloads?.abandon();
  }
}
