/** The readers of agencies' formats for `broadsheet import`. */
import { posix } from 'node:path';
import { readStart } from '../../disk/files.ts';
import type {
  ImportedAuthor,
  ImportedItem,
  ImportedTerm,
  ImportSource,
  Reader,
  ReaderOptions,
} from '../model.ts';
import { slugFrom } from '../plan-site.ts';
import { formatOf, headSize, readWireFile, type WireFormat, wireName } from './formats.ts';
import { type WireItem, type WireSubject, withStrictestEmbargo } from './item.ts';
import { rankRenditions } from './renditions.ts';
import { storyOf } from './story.ts';
import { isNewer, isTrusted } from './versions.ts';

/** Number of files of a folder that are looked at to recognize it. */
const probes = 40;

/** Creates the reader of a format. */
export const createWireReader = (format: WireFormat, label: string): Reader => ({
  name: format,
  label,
  detect: source => isFolderOf(source, format),
  read: (source, options) => readItems(source, format, options),
});

/** Whether a file, or most files of a folder that could contain items, are in a format. */
function isFolderOf({ path, isFolder, files, head }: ImportSource, format: WireFormat): boolean {
  if (!isFolder) return wireName.test(path) && formatOf(head) === format;
  const texts = files.filter(file =>
    /\.(?:xml|nitf|newsml|g2|json|ninjs|html?|md|markdown|txt|csv|docx)$/i.test(file),
  );
  const step = Math.max(1, Math.floor(texts.length / probes));
  const probed = texts.filter((_, index) => index % step === 0).slice(0, probes);
  const fitting = probed.filter(
    file =>
      wireName.test(file) &&
      formatOf(readStart(posix.join(path, file), headSize).toString('utf8')) === format,
  );
  return fitting.length > probed.length / 2;
}

function* filesOf({ path, isFolder, files }: ImportSource): Iterable<[path: string, name: string]> {
  if (!isFolder) yield [path, posix.basename(path)];
  else for (const file of files) if (wireName.test(file)) yield [posix.join(path, file), file];
}

function* readItems(
  source: ImportSource,
  format: WireFormat,
  options: ReaderOptions,
): Iterable<ImportedItem> {
  // The newest version of each item, and the pictures that are items of their own.
  const newest = new Map<string, Pick<WireItem, 'version' | 'created' | 'place'>>();
  const pictures = new Map<string, WireItem>();
  const groups: (readonly string[])[] = [];
  for (const [path, name] of filesOf(source)) {
    if (formatOf(readStart(path, headSize).toString('utf8')) !== format) continue;
    const read = readWireFile(path, name);
    if (read.kind === 'other') continue;
    if (read.kind !== 'items') {
      yield {
        kind: 'problem',
        place: { file: name, line: read.line },
        reason: `${read.reason} Ask the agency for the file again.`,
      };
      continue;
    }
    for (const { line, reason } of read.file.problems)
      yield { kind: 'problem', place: { file: name, line }, reason };
    for (const item of read.file.items) {
      if (item.kind === 'picture') pictures.set(item.guid, item);
      if (item.groups) groups.push(...item.groups);
      const known = newest.get(item.guid);
      if (!known || isNewer(item, known))
        newest.set(item.guid, { version: item.version, created: item.created, place: item.place });
    }
  }
  const seen = new Set<string>();
  for (const file of new Set([...newest.values()].map(({ place }) => place.file))) {
    const read = readWireFile(source.isFolder ? posix.join(source.path, file) : source.path, file);
    if (read.kind !== 'items') continue;
    for (const item of read.file.items) {
      const { place } = newest.get(item.guid)!;
      if (place.file !== file || place.line !== item.place.line) continue;
      yield* itemsOf(withStrictestEmbargo(withPictures(item, pictures, groups)), options, seen);
    }
  }
}

/** The item with the pictures to which it, or a package, refers. */
export function withPictures(
  item: WireItem,
  pictures: ReadonlyMap<string, Pick<WireItem, 'pictures' | 'withdrawal' | 'status'>>,
  groups: Iterable<readonly string[]>,
): WireItem {
  const linked = [...groups].filter(group => group.includes(item.guid)).flat();
  const own = new Set(item.pictures.map(({ guid }) => guid));
  const added = [...new Set([...item.pictureRefs, ...linked])].flatMap(guid => {
    const picture = pictures.get(guid);
    return picture && picture.withdrawal === undefined && !own.has(guid) ? picture.pictures : [];
  });
  return added.length === 0 ? item : { ...item, pictures: [...item.pictures, ...added] };
}

function* itemsOf(item: WireItem, { publishFrom }: ReaderOptions, seen: Set<string>): Iterable<ImportedItem> {
  const isOwn = isTrusted(item, publishFrom);
  const { place, title } = item;
  const leaveOut = (what: string): ImportedItem => ({
    kind: 'left-out',
    what,
    place,
    example: title || item.guid,
  });
  if (item.kind === 'package') return;
  if (item.kind !== 'text')
    return yield leaveOut(item.kind === 'picture' ? 'pictures without a story' : 'items that are not text');
  if (item.withdrawal !== undefined) return yield leaveOut('withdrawn items');
  if (isOwn && item.url !== undefined && !seen.has('site')) {
    seen.add('site');
    yield { kind: 'site', site: { url: new URL(item.url).origin, lang: item.lang } };
  }
  const terms = item.subjects.map(subject => termOf(subject));
  const authors = isOwn ? authorsOf(item.byline) : [];
  for (const term of terms) if (!seen.has(term.key) && seen.add(term.key)) yield { kind: 'term', term };
  for (const author of authors)
    if (!seen.has(`author:${author.key}`) && seen.add(`author:${author.key}`))
      yield { kind: 'author', author };
  yield {
    kind: 'story',
    story: storyOf(item, {
      isOwn,
      lang: item.lang ?? 'en',
      fileOf: ({ renditions }) => rankRenditions(renditions)[0]?.href,
      terms: terms.map(({ key }) => key),
      authors: authors.map(({ key }) => key),
    }),
  };
}

function termOf({ names, codes, url, isSection }: WireSubject): ImportedTerm {
  const name = names[0] ?? codes[0]!;
  const path = url === undefined || codes.length > 0 ? [] : new URL(url).pathname.split('/').filter(Boolean);
  const isMain = isSection ?? codes.some(code => /^(?:medtop|subj):\d\d000000$/.test(code));
  return {
    key: codes[0] ?? url ?? `name:${name.toLowerCase()}`,
    name,
    slug: slugFrom(path.at(-1) ?? name),
    kind: isMain ? 'category' : 'tag',
    urls: [],
  };
}

/** Authors of a byline such as `By Jane Doe and John Smith`. */
function authorsOf(byline: string | undefined): ImportedAuthor[] {
  return (byline ?? '')
    .replace(/^(?:by|von|par|por)\s+/i, '')
    .split(/\s*(?:,|;|\band\b|\bund\b|\bet\b|\by\b)\s*/)
    .filter(name => slugFrom(name) !== '')
    .map(name => ({ key: slugFrom(name), name, slug: slugFrom(name), urls: [] }));
}
