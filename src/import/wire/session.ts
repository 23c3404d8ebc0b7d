/** Reads files of an agency's folder, and applies their items. */
import { basename, join } from 'node:path';
import { hashOf } from '../../base/hash.ts';
import { exists, isFile, readBytes, stampOf } from '../../disk/files.ts';
import { applyItem, writeItem } from './apply.ts';
import { type ReadWire, readWireFile, wireName } from './formats.ts';
import { type WireItem, withStrictestEmbargo } from './item.ts';
import type { WireJob } from './job.ts';
import type { ItemEntry } from './ledger.ts';
import { withPictures } from './reader.ts';
import { compareVersions } from './versions.ts';
import { withdrawPicture } from './withdrawals.ts';

/** Number of files whose items are sorted together. */
const batchSize = 200;

/** Milliseconds without a change after which an incomplete file is reported. */
const defaultPatience = 3_000;

export interface WireSession {
  /** Reads files that are new or have changed. @param names paths relative to the agency's folder */
  read(names: readonly string[]): Promise<void>;
  /** Number of files that seem to be incomplete. `read` and `retry` read them again. */
  pending(): number;
  /** Reads the incomplete files again, and reports those that have not changed for some time. */
  retry(): Promise<void>;
}

/** An incomplete file: when it was last seen to change, by the process's own clock. */
interface Pending {
  stamp: string;
  since: number;
}

/** Names that programs use for files that are still being written. */
const temporary = /\.(?:tmp|part|partial|filepart|crdownload|swp)$|~$/i;

/** Creates a session, which reads nothing yet. */
export function createSession(job: WireJob): WireSession {
  const { options, ledger } = job;
  const pending = new Map<string, Pending>();

  const readOne = (name: string): WireItem[] | undefined => {
    const path = join(options.folder, name);
    const stamp = stampOf(path);
    const bytes = readBytes(path);
    const seen = ledger.seen.get(name);
    const hash = hashOf(bytes);
    if (seen && seen.size === bytes.length && seen.hash === hash) return undefined;
    const read = readWireFile(path, name, bytes);
    if (read.kind === 'incomplete' && isPatient(name, stamp)) return undefined;
    pending.delete(name);
    ledger.add({ seen: name, size: bytes.length, hash });
    return itemsOf(name, read);
  };

  /** Whether an incomplete file may still be growing. */
  function isPatient(name: string, stamp: string): boolean {
    const before = pending.get(name);
    const now = performance.now();
    if (before?.stamp !== stamp) {
      pending.set(name, { stamp, since: now });
      return true;
    }
    return now - before.since < (options.patience ?? defaultPatience);
  }

  const itemsOf = (file: string, read: ReadWire): WireItem[] => {
    if (read.kind === 'items') {
      for (const { line, reason } of read.file.problems)
        job.report.find({ kind: 'problem', file, line, reason });
      return read.file.items;
    }
    if (read.kind !== 'other')
      job.report.find({ kind: 'problem', file, line: read.line, reason: read.reason });
    return [];
  };

  const readBatch = async (names: readonly string[]): Promise<void> => {
    const items: WireItem[] = [];
    const arrived = new Set<string>();
    for (const name of names) {
      try {
        if (!isFile(join(options.folder, name))) continue;
        if (wireName.test(name)) items.push(...(readOne(name) ?? []));
        else if (!temporary.test(name)) arrived.add(basename(name));
      } catch (error) {
        job.report.find({
          kind: 'problem',
          file: name,
          line: undefined,
          reason: `The file cannot be read: ${(error as Error).message}.`,
        });
      }
    }
    await applyAll(job, items, arrived);
  };

  return {
    pending: () => pending.size,
    async read(names) {
      for (let start = 0; start < names.length; start += batchSize)
        await readBatch(names.slice(start, start + batchSize));
    },
    async retry() {
      for (const name of pending.keys()) if (!exists(join(options.folder, name))) pending.delete(name);
      await readBatch([...pending.keys()]);
    },
  };
}

/** Applies the items of a batch: pictures and packages first, because stories refer to them. */
async function applyAll(
  job: WireJob,
  items: readonly WireItem[],
  arrived: ReadonlySet<string>,
): Promise<void> {
  const { ledger, report } = job;
  const again = new Set<string>();
  const found = new Set(arrived);
  for (const item of items) {
    for (const group of item.groups ?? []) {
      ledger.add({ group });
      // A package can arrive after its items.
      for (const guid of group) if (ledger.items.has(guid)) again.add(guid);
    }
    if (item.kind !== 'picture') continue;
    const isWithdrawn = item.withdrawal !== undefined;
    ledger.add({ picture: item.guid, source: item.place.file, ...(isWithdrawn && { isWithdrawn }) });
    found.add(item.guid);
    if (isWithdrawn) for (const entry of withdrawPicture(job, item)) again.add(entry.guid);
    else report.count('picture');
  }
  const texts = items.filter(({ kind }) => kind === 'text').toSorted(byTime);
  for (const item of texts) await applyItem(job, complete(job, item, items));
  for (const item of items) if (item.kind === 'other') await applyOther(job, item);
  for (const { guid, waiting = [] } of ledger.items.values())
    if (waiting.some(name => found.has(name))) again.add(guid);
  for (const guid of again) await refresh(job, ledger.items.get(guid));
}

/** Recordings are not imported, but a withdrawal can concern a story. */
async function applyOther(job: WireJob, item: WireItem): Promise<void> {
  if (item.withdrawal === undefined) job.report.count('other');
  else await applyItem(job, item);
}

/** Older versions first; withdrawals after everything of the same moment. */
const byTime = (a: WireItem, b: WireItem): number =>
  (a.guid === b.guid
    ? compareVersions(a, b)
    : compareVersions({ created: a.created }, { created: b.created })) ||
  Number(a.withdrawal !== undefined) - Number(b.withdrawal !== undefined);

/** The item with the pictures that are items of their own, and without withdrawn ones. */
function complete(job: WireJob, item: WireItem, items: readonly WireItem[]): WireItem {
  const { ledger, options } = job;
  const groups = [...ledger.groups].filter(group => group.includes(item.guid));
  const wanted = new Set([...item.pictureRefs, ...groups.flat()]);
  const pictures = new Map<string, WireItem>();
  for (const guid of wanted) {
    const entry = ledger.pictures.get(guid);
    if (!entry || entry.isWithdrawn) continue;
    const picture = items.find(other => other.guid === guid) ?? readItem(options.folder, entry.source, guid);
    if (picture) pictures.set(guid, withPlace(picture, item));
  }
  const whole = withPictures(item, pictures, groups);
  return withStrictestEmbargo({
    ...whole,
    // The slots in the text name pictures by their number, so a withdrawn picture keeps its place without its files.
    pictures: whole.pictures.map(picture =>
      picture.guid !== undefined && ledger.pictures.get(picture.guid)?.isWithdrawn
        ? { guid: picture.guid, renditions: [] }
        : picture,
    ),
  });
}

/** The picture with paths relative to the file of the story. */
function withPlace(picture: WireItem, { place }: WireItem): WireItem {
  const [from, to] = [picture.place.file, place.file].map(file => file.split('/').slice(0, -1));
  const prefix = [...to!.map(() => '..'), ...from!].map(part => `${part}/`).join('');
  const moved = picture.pictures.map(own => ({
    ...own,
    renditions: own.renditions.map(rendition => ({
      ...rendition,
      href: /^(?:[a-z]+:|\/)/i.test(rendition.href) ? rendition.href : prefix + rendition.href,
    })),
  }));
  return { ...picture, pictures: moved };
}

/** Reads an item again, from the file that it came from. */
function readItem(folder: string, source: string, guid: string): WireItem | undefined {
  const path = join(folder, source);
  if (!isFile(path)) return undefined;
  const read = readWireFile(path, source);
  return read.kind === 'items' ? read.file.items.findLast(item => item.guid === guid) : undefined;
}

/** Writes a story again whose pictures have arrived or were withdrawn. */
async function refresh(job: WireJob, entry: ItemEntry | undefined): Promise<void> {
  if (entry?.state !== 'written' || entry.file === undefined) return;
  const item = readItem(job.options.folder, entry.source, entry.guid);
  if (item && item.withdrawal === undefined) await writeItem(job, complete(job, item, []), entry, true);
}
