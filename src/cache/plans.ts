/** What the last build of an output folder planned: for the next one, when nothing that a plan depends on has changed. */
import { rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';
import { listFolder } from './folder.ts';
import { createLineFile, type LineFile, readLines } from './lines.ts';
import { createPackReader, createPackWriter, type PackPlace, type PackWriter } from './packs.ts';

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

/** @param path absolute path of the plan's lines; its texts are in a pack beside them */
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
 * @param id no other plan has it
 * @param items their texts, if they have any, stay on the disk until they are asked for
 */
export async function savePlan(
  path: string,
  key: string,
  id: string,
  head: unknown,
  items: readonly { text?: string }[],
): Promise<void> {
  const folder = dirname(path);
  const packs = basename(path, '.jsonl');
  const pack = `${packs}-${id}.texts`;
  let lines: LineFile | undefined;
  let texts: PackWriter | undefined;
  try {
    lines = createLineFile(path, key);
    texts = createPackWriter(folder, pack);
    lines.put(JSON.stringify({ head: texts.write(serialize(head)), count: items.length }));
    for (const [index, { text, ...item }] of items.entries()) {
      lines.put(JSON.stringify({ ...item, place: text === undefined ? undefined : texts.write(text) }));
      if (index % savedAtOnce === 0) await setImmediate();
    }
    texts.close();
    lines.finish()();
    for (const name of listFolder(folder))
      if (name.startsWith(`${packs}-`) && name.endsWith('.texts') && name !== pack)
        rmSync(join(folder, name), { force: true });
  } catch {
    // A full disk: the site is built without it, and the next build plans again.
    lines?.abandon();
    texts?.abandon();
  }
}
