/** Withdraws items and pictures: nothing stays online unnoticed, and nothing that the newsroom wrote is lost. */
import { join } from 'node:path';
import { exists, readText, remove, replaceText } from '../../disk/files.ts';
import { stateOf } from '../ledger.ts';
import type { WireItem } from './item.ts';
import { isPublished, type WireJob } from './job.ts';
import type { ItemEntry, WrittenFile } from './ledger.ts';
import type { HeldFile } from './report.ts';
import { filesWith, storiesFrom } from './uses.ts';
import { compareVersions } from './versions.ts';
import { withdraw } from './withdraw.ts';

/** Withdraws everything that was written of an item. @param entry entry of the item, or of the one that it withdraws */
export function withdrawItem(job: WireJob, item: WireItem, entry: ItemEntry | undefined): void {
  const { ledger, report, options } = job;
  if (entry && isOutdated(item, entry)) {
    report.count('older');
    return;
  }
  report.count('withdrawn');
  const guids = [...new Set([item.guid, ...item.about, ...(entry ? [entry.guid] : [])])];
  const entries = [...ledger.items.values()].filter(
    ({ guid, file }) => guids.includes(guid) || (file && file.path === entry?.file?.path),
  );
  const files = entries.flatMap(({ file, update }) => [file, update]).filter(file => file !== undefined);
  const known = new Map(files.map(file => [file.path, file]));
  for (const path of storiesFrom(options.root, [...guids, ...entries.map(({ guid }) => guid)]))
    if (!known.has(path)) known.set(path, { path, written: '' });
  const reason = item.withdrawal!;
  const taken = takeDown(
    job,
    [...known.values()],
    `WITHDRAWN by ${item.provider}: ${reason}. Do not publish`,
  );
  for (const guid of new Set([...guids, ...entries.map(({ guid }) => guid)])) remember(job, item, guid);
  const common = { title: entry?.title || item.title, provider: item.provider, reason };
  if (known.size > 0) {
    if (taken.removed.length + taken.held.length + taken.failed.length > 0)
      report.find({ kind: 'withdrawn', ...common, ...taken });
  } else if (item.status === 'usable' && !entry && item.about.length === 0)
    // Only the words say that something is withdrawn, and they do not name its guid.
    report.find({
      kind: 'withdrawal-unmatched',
      ...common,
      source: item.place.file,
      candidates: candidatesFor(job, item),
    });
}

/**
 * Whether the agency has sent a later version since it withdrew the item. If the version and the date disagree, the item
 * is withdrawn.
 */
function isOutdated(item: WireItem, entry: ItemEntry): boolean {
  const byDate = compareVersions({ created: item.created }, { created: entry.created });
  const byNumber =
    item.guid === entry.guid ? compareVersions({ version: item.version }, { version: entry.version }) : 0;
  return byDate <= 0 && byNumber <= 0 && byDate + byNumber < 0;
}

/** Remembers that a guid is withdrawn, so that an older version that arrives later is not written. */
function remember({ ledger }: WireJob, item: WireItem, guid: string): void {
  const entry = ledger.items.get(guid);
  ledger.add({
    title: item.title,
    provider: item.provider,
    ...entry,
    guid,
    version: guid === item.guid ? item.version : entry?.version,
    created: item.created ?? entry?.created,
    state: 'withdrawn',
    source: item.place.file,
  });
}

/** Removes untouched drafts, and makes drafts of all other files. */
function takeDown(job: WireJob, files: readonly WrittenFile[], comment: string) {
  const { root } = job.options;
  const removed: string[] = [];
  const held: HeldFile[] = [];
  const failed: string[] = [];
  for (const file of files) {
    const path = join(root, file.path);
    if (!exists(path)) continue;
    const wasPublished = isPublished(job, file.path);
    if (stateOf(root, file) === 'untouched' && !wasPublished) {
      remove(path);
      removed.push(file.path);
      continue;
    }
    const outcome = hold(path, comment);
    if (outcome === 'failed') failed.push(file.path);
    else if (outcome === 'changed') held.push({ path: file.path, wasPublished });
  }
  return { removed, held, failed };
}

/** Makes a draft of a file. `same` means that an earlier withdrawal did. */
function hold(path: string, comment: string): 'changed' | 'same' | 'failed' {
  const before = readText(path);
  const after = withdraw(before, comment.replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ').slice(0, 600));
  if (after === undefined) return 'failed';
  if (after === before) return 'same';
  replaceText(path, after);
  return 'changed';
}

/** Stories of the same provider that the words can mean, the newest first. */
function candidatesFor({ ledger }: WireJob, { title, provider, edNote = '' }: WireItem): string[] {
  const words = new Set(wordsOf(`${title} ${edNote}`));
  return [...ledger.items.values()]
    .filter(entry => entry.provider === provider && entry.file && entry.state === 'written')
    .map(entry => ({ entry, shared: wordsOf(entry.title).filter(word => words.has(word)).length }))
    .filter(({ shared }) => shared > 0)
    .toSorted(
      (a, b) => b.shared - a.shared || Date.parse(b.entry.created ?? '') - Date.parse(a.entry.created ?? ''),
    )
    .slice(0, 5)
    .map(({ entry }) => entry.file!.path);
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? [];

/**
 * Takes down stories that show a withdrawn picture, except untouched drafts.
 * @returns entries of untouched drafts, which are written again without the picture
 */
export function withdrawPicture(job: WireJob, item: WireItem): ItemEntry[] {
  const { ledger, report, options } = job;
  report.count('withdrawn');
  const entries = [...ledger.items.values()].filter(({ pictures = [] }) =>
    pictures.some(({ guid }) => guid === item.guid),
  );
  const paths = [
    ...new Set(
      entries.flatMap(({ pictures = [] }) =>
        pictures.filter(({ guid }) => guid === item.guid).map(({ path }) => path),
      ),
    ),
  ];
  const uses = [...new Set([...filesWith(options.root, paths).values()].flat())];
  const isUntouched = ({ file }: ItemEntry) =>
    file !== undefined && stateOf(options.root, file) === 'untouched' && !isPublished(job, file.path);
  const again = entries.filter(isUntouched);
  const rest = uses.filter(path => !again.some(({ file }) => file!.path === path));
  const isStory = (path: string) => path.startsWith('content/articles/');
  const taken = takeDown(
    job,
    rest.filter(isStory).map(path => ({ path, written: '' })),
    `PICTURE WITHDRAWN by ${item.provider}: ${paths.join(', ')}. ${item.withdrawal!}. Remove it before you publish`,
  );
  const failed = [...taken.failed, ...rest.filter(path => !isStory(path))];
  if (taken.held.length + failed.length > 0)
    report.find({
      kind: 'picture-withdrawn',
      title: item.title,
      provider: item.provider,
      picture: paths.join(', '),
      held: taken.held,
      failed,
    });
  return again;
}
