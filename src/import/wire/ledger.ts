/** The ledger of the wire: which files were read, and what was written. */
import { join } from 'node:path';
import { appendText, exists, readText, writeWhole } from '../../disk/files.ts';

/** Name of the file, in the site's folder. */
export const wireLedgerName = 'wire-ledger.jsonl';

/** A file of the newsroom that was written from an item. */
export interface WrittenFile {
  /** Path relative to the site's root. */
  path: string;
  /** Hash of the text that was written. */
  written: string;
}

export interface UsedPicture {
  guid?: string | undefined;
  /** Path relative to the site's root. */
  path: string;
  expires?: string | undefined;
}

/** An item. */
export interface ItemEntry {
  guid: string;
  version?: string | undefined;
  created?: string | undefined;
  state: 'written' | 'withdrawn';
  title: string;
  provider: string;
  /** File of the agency, relative to its folder. */
  source: string;
  /** The story; undefined if the item was withdrawn before it was written. */
  file?: WrittenFile | undefined;
  /** The newest version, beside a story that the newsroom edited. */
  update?: WrittenFile | undefined;
  /** Moment at which the story first appeared, if it was published without an editor. */
  published?: string | undefined;
  corrections?: readonly { date: string; text: string }[] | undefined;
  pictures?: readonly UsedPicture[] | undefined;
  /** Guids and file names of pictures that have not arrived. */
  waiting?: readonly string[] | undefined;
}

/** A file that was read. */
interface SeenEntry {
  seen: string;
  size: number;
  hash: string;
}

/** A picture that is an item of its own, and the file that describes it. */
interface PictureEntry {
  picture: string;
  source: string;
  isWithdrawn?: boolean;
}

/** Items that belong together. */
interface GroupEntry {
  group: readonly string[];
}

type Entry = ItemEntry | SeenEntry | PictureEntry | GroupEntry;

export interface WireLedger {
  items: ReadonlyMap<string, ItemEntry>;
  seen: ReadonlyMap<string, SeenEntry>;
  pictures: ReadonlyMap<string, PictureEntry>;
  groups: Iterable<readonly string[]>;
  /** Adds an entry, on disk too. It replaces the one with the same key. */
  add(entry: Entry): void;
}

/** Opens the ledger of a site. An incomplete last line, after a crash, is ignored. */
export function openWireLedger(root: string): WireLedger {
  const path = join(root, wireLedgerName);
  const items = new Map<string, ItemEntry>();
  const seen = new Map<string, SeenEntry>();
  const pictures = new Map<string, PictureEntry>();
  const groups = new Map<string, readonly string[]>();
  const take = (entry: Entry) => {
    if ('seen' in entry) seen.set(entry.seen, entry);
    else if ('picture' in entry) pictures.set(entry.picture, entry);
    else if ('group' in entry) groups.set(JSON.stringify(entry.group), entry.group);
    else items.set(entry.guid, entry);
  };
  const text = exists(path) ? readText(path) : '';
  for (const line of text.split('\n')) {
    const entry = readEntry(line);
    if (entry) take(entry);
  }
  // Rewriting drops the entries that later ones replace, and an incomplete line.
  const kept: Entry[] = [
    ...seen.values(),
    ...pictures.values(),
    ...[...groups.values()].map(group => ({ group })),
    ...items.values(),
  ];
  if (text !== '') writeWhole(path, kept.map(lineOf).join(''));
  return {
    items,
    seen,
    pictures,
    get groups() {
      return groups.values();
    },
    add(entry) {
      take(entry);
      appendText(path, lineOf(entry));
    },
  };
}

const lineOf = (entry: Entry): string => `${JSON.stringify(entry)}\n`;

const isText = (value: unknown): value is string => typeof value === 'string';

/** Reads a line. Paths outside content/ are not accepted, so that a damaged ledger cannot remove other files. */
function readEntry(line: string): Entry | undefined {
  let entry: Record<string, unknown>;
  try {
    entry = JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
  if (typeof entry !== 'object' || entry === null) return undefined;
  if (isText(entry.seen) && isText(entry.hash)) return entry as unknown as SeenEntry;
  if (isText(entry.picture) && isText(entry.source)) return entry as unknown as PictureEntry;
  if (Array.isArray(entry.group)) return { group: entry.group.filter(isText) };
  const files = [entry.file, entry.update].filter(file => file !== undefined);
  const isItem = isText(entry.guid) && isText(entry.state) && isText(entry.source) && files.every(isOurs);
  return isItem ? (entry as unknown as ItemEntry) : undefined;
}

function isOurs(file: unknown): boolean {
  const { path, written } = (file ?? {}) as Partial<WrittenFile>;
  return isText(path) && isText(written) && /^content\/articles\/(?!.*(?:\.\.|\\)).*\.md$/.test(path);
}
