/** Writes items as stories: new ones, and new versions of known ones. */
import { join, posix } from 'node:path';
import { hashOf } from '../../base/hash.ts';
import { exists, remove, writeWhole } from '../../disk/files.ts';
import { readMoment } from '../dates.ts';
import { stateOf } from '../ledger.ts';
import { safeName } from '../media.ts';
import type { ImportedStory } from '../model.ts';
import { slugFrom } from '../plan-site.ts';
import type { StoryTask } from '../story.ts';
import type { WireItem } from './item.ts';
import { isPublished, textOf, type WireJob } from './job.ts';
import type { ItemEntry, UsedPicture, WrittenFile } from './ledger.ts';
import { copyMedia, findItemMedia, type ItemMedia } from './media.ts';
import { storyOf } from './story.ts';
import { storiesFrom } from './uses.ts';
import { compareVersions, isNewer, isTrusted } from './versions.ts';
import { withdrawItem } from './withdrawals.ts';

/** Entry of an item, or of the item that it replaces. */
export function entryOf({ ledger }: WireJob, item: WireItem): ItemEntry | undefined {
  return [item.guid, ...item.about].map(guid => ledger.items.get(guid)).find(entry => entry !== undefined);
}

/** Processes an item: writes it, or withdraws what was written of it. */
export async function applyItem(job: WireJob, item: WireItem): Promise<void> {
  const entry = entryOf(job, item);
  if (item.withdrawal !== undefined) {
    withdrawItem(job, item, entry);
    return;
  }
  if (isEmpty(item)) {
    job.report.count('other');
    return;
  }
  // Versions of different items are counted apart.
  const known = entry && entry.guid !== item.guid ? { created: entry.created } : entry;
  const isOld =
    known && (entry?.state === 'withdrawn' ? compareVersions(item, known) <= 0 : !isNewer(item, known));
  if (isOld) job.report.count('older');
  else await writeItem(job, item, entry, false);
}

/** Whether an item has nothing to read, such as the data of an event. */
const isEmpty = ({ title, standfirst, body, pictures }: WireItem): boolean =>
  title === '' && standfirst === undefined && body.trim() === '' && pictures.length === 0;

/** Where a version is written. */
type Place =
  | { kind: 'new' | 'replace'; path: string }
  | { kind: 'beside'; path: string; update: string; wasPublished: boolean }
  | { kind: 'removed' };

/**
 * Writes a version of an item.
 * @param isRefresh whether the version is known, and only its pictures have changed
 */
export async function writeItem(
  job: WireJob,
  item: WireItem,
  entry: ItemEntry | undefined,
  isRefresh: boolean,
): Promise<void> {
  const { options, report, publishFrom } = job;
  const isDirect = isTrusted(item, publishFrom);
  const place = placeOf(job, item, entry, isDirect);
  if (place.kind === 'removed' || (isRefresh && place.kind === 'beside')) {
    if (!isRefresh) report.count('removed');
    store(job, item, entry, {});
    return;
  }
  const target = place.kind === 'beside' ? place.update : place.path;
  const media = await findItemMedia(item, {
    folder: options.folder,
    root: options.root,
    source: sourceOf(item),
    downloader: job.downloader,
  });
  const isOnline = isDirect && place.kind !== 'beside' && item.embargo !== 'unknown';
  const task = taskOf(job, item, { place, entry, media, target, isDraft: !isOnline });
  const result = await job.converters.convert(task, media.files);
  if ('problem' in result) {
    report.find({ kind: 'problem', file: item.place.file, line: item.place.line, reason: result.problem });
    return;
  }
  const before = textOf(job, target);
  const wasOnline = before !== undefined && place.kind === 'replace' && isPublished(job, target);
  copyMedia(result.files, options.root);
  if (before !== result.text) writeWhole(join(options.root, target), result.text);
  const written = { path: target, written: hashOf(result.text) };
  if (place.kind === 'beside') removeOldUpdate(job, entry, target);
  store(job, item, entry, {
    ...(place.kind === 'beside' ? { file: entry?.file, update: written } : { file: written }),
    ...(isOnline && { published: entry?.published ?? task.story.published }),
    pictures: picturesOf(job, item, media),
    waiting: [...new Set([...media.missing, ...absentPictures(job, item)])],
  });
  if (before === result.text) report.count('unchanged');
  else tell(job, item, place, { isOnline, wasOnline, isRefresh });
}

/** Reports what was written. */
function tell(
  { report, map }: WireJob,
  item: WireItem,
  place: Exclude<Place, { kind: 'removed' }>,
  { isOnline, wasOnline, isRefresh }: { isOnline: boolean; wasOnline: boolean; isRefresh: boolean },
): void {
  const { title, provider } = item;
  const correction = item.correction ?? (item.isCorrection ? item.edNote : undefined);
  const common = { title, provider, path: place.path };
  report.unmapped(map(item).unmapped);
  if (place.kind === 'beside') {
    report.count('beside');
    const { update, wasPublished } = place;
    report.find({
      kind: 'update-beside',
      ...common,
      update,
      wasPublished,
      isCorrection: item.isCorrection,
      correction,
    });
    return;
  }
  report.written(place.path, title);
  report.count(place.kind === 'replace' ? 'updated' : isOnline ? 'published' : 'new');
  if (wasOnline && item.isCorrection && !isRefresh) report.find({ kind: 'corrected', ...common, correction });
  if (item.embargo === 'unknown') report.find({ kind: 'embargo-unknown', ...common });
}

function placeOf(job: WireJob, item: WireItem, entry: ItemEntry | undefined, isDirect: boolean): Place {
  const { root } = job.options;
  if (!entry?.file || (entry.state === 'withdrawn' && !exists(join(root, entry.file.path)))) {
    const moved = entry?.file ? movedFile(job, entry) : undefined;
    return moved === undefined
      ? { kind: 'new', path: newPath(job, item) }
      : besideOf(job, item, entry, moved);
  }
  const { path } = entry.file;
  const state = stateOf(root, entry.file);
  if (state === 'untouched' && (isDirect || !isPublished(job, path))) return { kind: 'replace', path };
  const actual = state === 'removed' ? movedFile(job, entry) : path;
  return actual === undefined ? { kind: 'removed' } : besideOf(job, item, entry, actual);
}

/** The file of an item that the newsroom has moved. */
const movedFile = ({ options }: WireJob, { guid, update }: ItemEntry): string | undefined =>
  storiesFrom(options.root, [guid]).find(path => path !== update?.path);

/** A path such as `story.update-2.md`, beside the story. */
function besideOf(job: WireJob, item: WireItem, entry: ItemEntry | undefined, path: string): Place {
  const { root } = job.options;
  const isFree = (candidate: string) =>
    !exists(join(root, candidate)) ||
    (entry?.update?.path === candidate && stateOf(root, entry.update) === 'untouched');
  let number = /^\d{1,6}$/.test(item.version ?? '') ? Math.max(2, Number(item.version)) : 2;
  const pathOf = () => `${path.replace(/\.md$/, '')}.update-${number}.md`;
  while (!isFree(pathOf())) number++;
  return { kind: 'beside', path, update: pathOf(), wasPublished: isPublished(job, path) };
}

/** Removes an earlier update, unless the newsroom has edited it. */
function removeOldUpdate({ options }: WireJob, entry: ItemEntry | undefined, path: string): void {
  const { update } = entry ?? {};
  if (update && update.path !== path && stateOf(options.root, update) === 'untouched')
    remove(join(options.root, update.path));
}

/** Name of the provider's folders. */
const sourceOf = ({ provider }: WireItem): string => nameFrom(provider.replace(/\./g, '-')) || 'wire';

/** A slug that is short enough for the name of a file, also in scripts whose letters have several bytes. */
const nameFrom = (text: string): string => {
  const slug = slugFrom(text);
  return slug === '' ? '' : safeName(slug).replace(/-+$/, '');
};

/** A free path for a new story: `content/articles/wire/<provider>/2026-11-27-headline.md`. */
function newPath({ options, zone }: WireJob, item: WireItem): string {
  const day = (
    readMoment(item.created ?? item.firstCreated, zone) ?? new Date(options.now()).toISOString()
  ).slice(0, 10);
  const slug = nameFrom(item.title || (item.slugline ?? '')) || 'story';
  const stem = `content/articles/wire/${sourceOf(item)}/${day}-${slug}`;
  for (let count = 1; ; count++) {
    const path = `${stem}${count === 1 ? '' : `-${count}`}.md`;
    if (!exists(join(options.root, path))) return path;
  }
}

function taskOf(
  job: WireJob,
  item: WireItem,
  given: {
    place: Exclude<Place, { kind: 'removed' }>;
    entry: ItemEntry | undefined;
    media: ItemMedia;
    target: string;
    isDraft: boolean;
  },
): StoryTask {
  const { options, lang } = job;
  const { place, entry, media, target, isDraft } = given;
  const authors = ownAuthors(job, item.byline);
  const { desk, topics } = job.map(item);
  const notes =
    place.kind === 'beside'
      ? [`Update of ${posix.basename(place.path)}. Copy what you need into that story, and delete this file`]
      : [];
  const made = storyOf(item, {
    fileOf: picture => media.addressOf.get(picture),
    lang,
    notes,
    isOwn: false,
    authors,
  });
  const story = { ...made, ...datesOf(item, made, entry, isDraft) };
  return {
    story,
    path: target,
    desk,
    topics,
    authors,
    aliases: [],
    slug: undefined,
    translationOf: undefined,
    fallbackDate: `${new Date(options.now()).toISOString().slice(0, 19)}Z`,
    isDraft,
  };
}

/** A story that is online keeps the date at which it appeared. */
function datesOf(item: WireItem, story: ImportedStory, entry: ItemEntry | undefined, isDraft: boolean) {
  if (isDraft || entry?.published === undefined) return {};
  const isLater = item.embargo === undefined || item.embargo === 'unknown';
  return { published: isLater ? entry.published : story.published, updated: item.created };
}

/** Authors of the site with the names of a byline. */
function ownAuthors({ options }: WireJob, byline: string | undefined): string[] {
  const names = (byline ?? '')
    .replace(/^(?:by|von|par|por)\s+/i, '')
    .split(/\s*(?:,|;|\band\b|\bund\b|\bet\b)\s*/);
  const ids = names.map(slugFrom).filter(Boolean);
  return ids.length > 0 && ids.every(id => exists(join(options.root, `content/authors/${id}.md`))) ? ids : [];
}

const picturesOf = ({ zone }: WireJob, item: WireItem, { files, addressOf }: ItemMedia): UsedPicture[] =>
  item.pictures.flatMap(picture => {
    const file = files[addressOf.get(picture) ?? ''];
    return file ? { guid: picture.guid, path: file.to, expires: readMoment(picture.expires, zone) } : [];
  });

/** Guids of pictures to which an item refers, and which have not arrived. */
const absentPictures = ({ ledger }: WireJob, { guid, pictureRefs }: WireItem): string[] =>
  [...pictureRefs, ...[...ledger.groups].filter(group => group.includes(guid)).flat()].filter(
    ref => ref !== guid && !ledger.pictures.has(ref) && !ledger.items.has(ref),
  );

/** Writes the entry of an item, and of the item that it replaces. */
function store(
  { ledger }: WireJob,
  item: WireItem,
  entry: ItemEntry | undefined,
  changes: Partial<ItemEntry> & { file?: WrittenFile | undefined },
): void {
  const added: ItemEntry = {
    ...entry,
    guid: item.guid,
    version: item.version,
    created: item.created,
    state: 'written',
    title: item.title,
    provider: item.provider,
    source: item.place.file,
    ...changes,
  };
  ledger.add(added);
  if (entry && entry.guid !== item.guid)
    ledger.add({ ...added, guid: entry.guid, version: entry.version, created: item.created });
}
