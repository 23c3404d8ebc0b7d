/**
 * The .cache/ folder in a site's root. You may delete it at any time: builds compute missing or damaged entries
 * again.
 */
import { existsSync, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFolder, remove } from './files.ts';
import { isAbandoned, newOwnerName, ownerName } from './process.ts';

/** Absolute path of a site's cache folder. */
export const cacheFolderOf = (root: string): string => join(root, '.cache');

/** Creates the cache folder, with a .gitignore that keeps it out of the repository. */
export function makeCacheFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(folder, '.gitignore'))) writeFileSync(join(folder, '.gitignore'), '*\n');
}

/**
 * Writes a file under a temporary name and renames it, so that readers never see a partial file. Creates the
 * folder if necessary.
 * @returns the file's path
 */
export function writeWhole(folder: string, name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(folder, { recursive: true });
  const temporary = `${path}.${newOwnerName()}`;
  writeFileSync(temporary, bytes);
  renameSync(temporary, path);
  return path;
}

/**
 * Removes files whose names contain an owner name (see `newOwnerName`), if the process that wrote them has
 * ended.
 * @param isKept whether to keep a file even then, by its name
 */
export function removeAbandoned(folder: string, isKept: (name: string) => boolean): void {
  for (const name of listFolder(folder)) {
    const owner = ownerName.exec(name)?.[0];
    if (owner === undefined || isKept(name)) continue;
    const path = join(folder, name);
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    if (isAbandoned(owner, age)) remove(path);
  }
}
