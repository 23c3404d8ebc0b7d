/** The folder .cache/ below a site's root. It may be deleted at any time: whatever is missing or damaged is computed again. */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAbandoned, newOwnerName, ownerName } from './process.ts';

/** Absolute path of a site's cache folder. */
export const cacheFolderOf = (root: string): string => join(root, '.cache');

/** Creates the folder, with a .gitignore that keeps it out of the repository. */
export function makeCacheFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(folder, '.gitignore'))) writeFileSync(join(folder, '.gitignore'), '*\n');
}

/** Names of a folder's entries; empty if there is no such folder. */
export const listFolder = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);

/** Size of a file in bytes; 0 if there is none. */
export const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** Reads a whole file. @throws the file system's error */
export const readBytes = (path: string): Uint8Array => readFileSync(path);

/** Reads a whole file without blocking the thread. @throws the file system's error */
export const readBytesLater = (path: string): Promise<Uint8Array> => readFile(path);

/** Whether there is a file or a folder at a path. */
export const fileExists = (path: string): boolean => existsSync(path);

/** Removes a file or a folder; does nothing if there is none. */
export function remove(path: string): void {
  rmSync(path, { recursive: true, force: true });
}

/** Moves a file or a folder. @throws the file system's error */
export function move(from: string, to: string): void {
  renameSync(from, to);
}

/** Appends to a file. @throws the file system's error */
export function appendText(path: string, text: string): void {
  appendFileSync(path, text);
}

/** Writes a file under a temporary name and renames it, so that readers never see a part of it. Creates its folder. */
export function writeWhole(folder: string, name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(folder, { recursive: true });
  const temporary = `${path}.${newOwnerName()}`;
  writeFileSync(temporary, bytes);
  renameSync(temporary, path);
  return path;
}

/**
 * Removes files of a folder whose name contains an owner name, if the process that wrote them has ended.
 * @param isKept which of them stay all the same
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
