/** Which sources the cache has already, and where in one a message belongs. */
import { relative, sep } from 'node:path';
import { placeOfKey } from '../article/locate.ts';
import type { Diagnostic } from '../base/diagnostics.ts';
import { hashOf } from '../base/hash.ts';
import { type FileRead, loadEntry, type SourceRecord } from '../cache/source-index.ts';
import { configPath } from '../config/config.ts';
import { hashOfBeside, readBeside, readSiteYaml, readSource, unreadPath } from '../disk/content.ts';
import type { SiteInputs } from '../disk/snapshot.ts';
import type { Entry, FlawedEntry } from '../site/model.ts';

/** The records that still hold, and the paths of the files that have none: new, changed, or lost. */
export function findStale(
  { content, signatures }: SiteInputs,
  known: ReadonlyMap<string, readonly SourceRecord[]>,
  root: string,
) {
  const records = new Map<string, SourceRecord>();
  const stale: string[] = [];
  const holds = (read: FileRead): boolean => {
    const signature = signatures.get(read.path) ?? 'absent';
    if (signature !== '' && signature === read.signature) return true;
    return hashOfBeside(readBeside(root, read.path)) === read.hash;
  };
  for (const path of content.markdown) {
    const candidates = (known.get(path) ?? []).filter(({ reads }) => reads.every(holds));
    const signature = signatures.get(path)!;
    const record =
      candidates.find(record => signature !== '' && record.signature === signature) ??
      findByHash(candidates, path, root);
    if (record) records.set(path, record.signature === signature ? record : { ...record, signature });
    else stale.push(path);
  }
  return { records, stale };
}

function findByHash(candidates: readonly SourceRecord[], path: string, root: string) {
  if (candidates.length === 0) return undefined;
  const bytes = bytesOf(root, path);
  const hash = bytes && hashOf(bytes);
  return candidates.find(record => record.hash === hash);
}

/** Nothing for a file that cannot be read: it is told when it is compiled. */
function bytesOf(root: string, path: string): Uint8Array | undefined {
  try {
    return readSource(root, path).bytes;
  } catch {
    return undefined;
  }
}

/** The file of the site, by its path from the site's root, that the disk did not let be read. */
export function unreadInput(error: unknown, { signatures }: SiteInputs, root: string): string | undefined {
  const path = unreadPath(error);
  if (path === undefined) return undefined;
  const own = relative(root, path).replaceAll(sep, '/');
  return signatures.has(own) || signatures.has(path) ? own : undefined;
}

export function isOfShard(path: string, { part, of }: { part: number; of: number }): boolean {
  return Number.parseInt(Buffer.from(hashOf(path)).toString('hex').slice(0, 8), 16) % of === part - 1;
}

/** The entries of the records, which let go of their texts: of a large site they are much. */
export function takeEntries(records: readonly SourceRecord[]) {
  type Known = Entry | FlawedEntry;
  const entries = records.flatMap(record => {
    const { entry } = record;
    record.entry = undefined;
    return entry ? loadEntry(entry) : [];
  });
  const of = <Kind extends Known['kind']>(kind: Kind) =>
    entries.filter((entry): entry is Extract<Known, { kind: Kind }> => entry.kind === kind);
  return { articles: of('article'), pages: of('page'), authors: of('author'), flawed: of('flawed') };
}

export function located({ key, ...diagnostic }: Diagnostic, root: string): Diagnostic {
  if (key === undefined) return diagnostic;
  const { file } = diagnostic;
  const bytes = file === configPath ? readSiteYaml(root) : readSource(root, file).bytes;
  return { ...diagnostic, place: bytes && placeOfKey({ path: file, bytes }, key) };
}
