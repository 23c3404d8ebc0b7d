/**
 * The ledger of an import: which file each story was written to, and what was written. With it, a second import
 * recognizes stories that the newsroom has edited, and an interrupted import continues.
 */
import { join } from 'node:path';
import { hashOf } from '../base/hash.ts';
import { appendText, exists, readText, writeWhole } from '../disk/files.ts';

/** Name of the file, in the site's folder. */
export const ledgerName = 'import-ledger.jsonl';

/** Numbers of one story, for the report of a later import. */
export interface StoryStats {
  words: number;
  lost: number;
  added: number;
  replaced: number;
  pictures: number;
  picturesKept: number;
  credits: number;
  creditsKept: number;
}

export interface LedgerEntry {
  id: string;
  path: string;
  /** Hash of every input of the story. */
  source: string;
  /** Hash of the file's text. */
  written: string;
  stats: StoryStats;
}

export interface Ledger {
  /** Entries of earlier imports. */
  entries: ReadonlyMap<string, LedgerEntry>;
  /** Adds an entry on disk. */
  add(entry: LedgerEntry): void;
}

/** Opens the ledger of a site. An incomplete last line, after a crash, is ignored. */
export function openLedger(root: string, isDryRun: boolean): Ledger {
  const path = join(root, ledgerName);
  const entries = new Map<string, LedgerEntry>();
  const text = exists(path) ? readText(path) : '';
  for (const line of text.split('\n')) {
    const entry = readEntry(line);
    if (entry) entries.set(entry.id, entry);
  }
  // Rewriting drops the entries that later ones replace.
  if (!isDryRun && text !== '') writeWhole(path, [...entries.values()].map(lineOf).join(''));
  return {
    entries,
    add(entry) {
      if (!isDryRun) appendText(path, lineOf(entry));
    },
  };
}

const lineOf = (entry: LedgerEntry): string => `${JSON.stringify(entry)}\n`;

function readEntry(line: string): LedgerEntry | undefined {
  try {
    const entry = JSON.parse(line) as Partial<LedgerEntry>;
    return typeof entry.id === 'string' &&
      typeof entry.path === 'string' &&
      /^content\/(?!.*\.\.)/.test(entry.path)
      ? (entry as LedgerEntry)
      : undefined;
  } catch {
    return undefined;
  }
}

/** State of the file of an entry. */
export function stateOf(
  root: string,
  { path, written }: Pick<LedgerEntry, 'path' | 'written'>,
): 'untouched' | 'edited' | 'removed' {
  const file = join(root, path);
  if (!exists(file)) return 'removed';
  return hashOf(readText(file)) === written ? 'untouched' : 'edited';
}
