/** What the last build of an output folder planned: for the next one, when nothing that a plan depends on has changed. */
import { rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';
import { createLineFile, type LineFile, readLines } from '../disk/line-file.ts';
import { createPackReader, createPackWriter, type PackPlace, type PackWriter } from '../disk/pack-file.ts';
import { isAnotherRunning } from '../disk/process.ts';
import { listFolder } from './folder.ts';

export interface SavedPlan<Head, Item> {
  head: Head;
  items: Item[];
  /** The text that an item was saved with; nothing when it is not there or not whole. */
  textOf(item: Item): string | undefined;
  close(): void;
}

interface Located {
  place?: PackPlace;
}

/** The pack of a plan's texts stands beside its lines, and has their name and that of the build. */
const packOf = (path: string, buildName: string): string => `${basename(path, '.jsonl')}-${buildName}.texts`;

/** Removes the texts of plans before, and of builds that were killed. What another build is writing stays. */
function removeOthers(path: string, pack: string): void {
  const start = `${basename(path, '.jsonl')}-`;
  for (const name of listFolder(dirname(path))) {
    if (!name.startsWith(start) || !name.endsWith('.texts') || name === pack) continue;
    if (!isAnotherRunning(Number.parseInt(name.slice(start.length), 10)))
      rmSync(join(dirname(path), name), { force: true });
  }
}

/** What other plans of the same output have left goes with it. @param path absolute path of the plan's lines */
export function readPlan<Head, Item>(path: string, key: string): SavedPlan<Head, Item> | undefined {
  let first: { head: PackPlace; count: number } | undefined;
  const items: (Item & Located)[] = [];
  readLines(path, key, line => {
    const parsed = JSON.parse(line);
    if ('count' in parsed) first = parsed;
    else items.push(parsed);
  });
  if (!first || items.length !== first.count) return undefined;
  const packs = createPackReader(dirname(path));
  const head = packs.read(first.head);
  if (!head) {
    packs.close();
    return undefined;
  }
  removeOthers(path, first.head.pack);
  return {
    head: deserialize(head) as Head,
    items,
    textOf: item => {
      const { place } = item as Located;
      return place && packs.read(place)?.toString();
    },
    close: () => packs.close(),
  };
}

/** Items between two looks at what else there is to do. */
const savedAtOnce = 200;

/**
 * Writes a plan while other threads work. One that cannot be written is none.
 * @param buildName no other build has it; it begins with the process's id
 * @param items their texts, if they have any, stay on the disk until they are asked for
 */
export async function savePlan(
  path: string,
  key: string,
  buildName: string,
  head: unknown,
  items: readonly { text?: string }[],
): Promise<void> {
  const pack = packOf(path, buildName);
  let lines: LineFile | undefined;
  let texts: PackWriter | undefined;
  try {
    lines = createLineFile(path, key);
    texts = createPackWriter(dirname(path), pack);
    lines.put(JSON.stringify({ head: texts.write(serialize(head)), count: items.length }));
    for (const [index, { text, ...item }] of items.entries()) {
      lines.put(JSON.stringify({ ...item, place: text === undefined ? undefined : texts.write(text) }));
      if (index % savedAtOnce === 0) await setImmediate();
    }
    texts.close();
    lines.finish()();
    removeOthers(path, pack);
  } catch {
    // A full disk: the site is built without it, and the next build plans again.
    lines?.abandon();
    texts?.abandon();
  }
}
