/** Single files, for the commands and the servers. */
import { existsSync, mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Whether there is a file or folder at a path. */
export const exists = (path: string): boolean => existsSync(path);

/** Whether there is a file at a path, possibly through a symbolic link. */
export const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/** Reads a file as UTF-8. */
export const readText = (path: string): string => readFileSync(path, 'utf8');

/** Size and modification time of a file. @throws when it does not exist */
export function stampOf(path: string): string {
  const { size, mtimeMs } = statSync(path);
  return `${size}.${mtimeMs}`;
}

/** Follows the symbolic links of a path that exists. */
export const realPath = (path: string): string => realpathSync(path);

/** Writes a file, and the folders around it. @throws when the file exists */
export function createFile(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { flag: 'wx' });
}
