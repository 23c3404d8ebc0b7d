/** Folders with the files of an old site. */
import { basename, dirname, join, posix } from 'node:path';
import { exists, hashFile, sizeOf } from '../disk/files.ts';
import { listFiles } from '../disk/list-files.ts';
import type { MediaSources } from './media.ts';
import type { ImportSource } from './model.ts';

/** Folders that generators and WordPress publish, and the address below which they do so. */
const published: readonly [folder: string, prefix: string][] = [
  ['wp-content/uploads', 'wp-content/uploads/'],
  ['uploads', 'wp-content/uploads/'],
  ['content/images', 'content/images/'],
  ['static', '/'],
  ['public', '/'],
  ['assets', '/assets/'],
  ['images', '/images/'],
  ['img', '/img/'],
  ['files', '/files/'],
  ['source', '/'],
  ['src', '/'],
  ['content', '/'],
  ['.', '/'],
];

/**
 * Finds the folders of a source's files.
 * @param uploads absolute path of the folder that the command line names
 */
export function mediaFolders(
  { path, isFolder }: ImportSource,
  uploads: string | undefined,
): MediaSources['folders'] {
  const base = isFolder ? path : dirname(path);
  const named =
    uploads === undefined
      ? []
      : [
          { prefix: 'wp-content/uploads/', folder: uploads },
          { prefix: '/', folder: uploads },
        ];
  const found = (isFolder ? published : published.slice(0, 3))
    .map(([folder, prefix]) => ({ prefix, folder: folder === '.' ? base : join(base, folder) }))
    .filter(({ folder }) => exists(folder));
  return [...named, ...found];
}

/** Finds files with the same content below the folders of uploads. @returns the first such file, by the path of each other */
export function findDuplicates(folders: MediaSources['folders']): Record<string, string> {
  const bySize = new Map<number, string[]>();
  const seen = new Set<string>();
  for (const { folder, prefix } of folders) {
    if (prefix === '/' || seen.has(folder)) continue;
    seen.add(folder);
    for (const file of listFiles(dirname(folder), basename(folder), { onLink() {}, onUnreadable() {} })) {
      const path = posix.join(dirname(folder), file);
      const size = sizeOf(path);
      bySize.set(size, [...(bySize.get(size) ?? []), path]);
    }
  }
  const duplicates: Record<string, string> = {};
  for (const [size, paths] of bySize) {
    if (size === 0 || paths.length < 2) continue;
    const first = new Map<string, string>();
    for (const path of paths) {
      const hash = hashFile(path);
      const original = first.get(hash);
      if (original === undefined) first.set(hash, path);
      else duplicates[path] = original;
    }
  }
  return duplicates;
}
