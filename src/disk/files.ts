/**
 * Basic operations on files and folders. Unless a comment says otherwise, they throw the file system's error.
 */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Whether a file or a folder exists at a path. */
export const exists = (path: string): boolean => existsSync(path);

/** Whether a path is a file, or a symbolic link to one. */
export const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/** Size of a file in bytes; 0 if it does not exist. */
export const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** Size and modification time of a file, as text that changes when the file does. */
export function stampOf(path: string): string {
  const { size, mtimeMs } = statSync(path);
  return `${size}.${mtimeMs}`;
}

/** Resolves the symbolic links in an existing path. */
export const realPath = (path: string): string => realpathSync(path);

/** Names of a folder's entries; empty if the folder does not exist. */
export const listFolder = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);

/** Reads a file as UTF-8. */
export const readText = (path: string): string => readFileSync(path, 'utf8');

/** Reads a whole file. */
export const readBytes = (path: string): Uint8Array => readFileSync(path);

/** Reads a whole file without blocking the thread. */
export const readBytesLater = (path: string): Promise<Uint8Array> => readFile(path);

/** Writes a new file and creates its parent folders. Throws if the file exists. */
export function createFile(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { flag: 'wx' });
}

/** Appends text to a file, and creates the file if necessary. */
export function appendText(path: string, text: string): void {
  appendFileSync(path, text);
}

/** Removes a file or a folder, if it exists. */
export function remove(path: string): void {
  rmSync(path, { recursive: true, force: true });
}

/** Renames a file or a folder. The new path must be on the same disk. */
export function move(from: string, to: string): void {
  renameSync(from, to);
}
