/**
 * Basic operations on files and folders. Unless a comment says otherwise, they throw the file system's error.
 */
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { hashOf } from '../base/hash.ts';

/** Whether a file or a folder exists at a path. */
export const exists = (path: string): boolean => existsSync(path);

/** Whether a path is a file, or a symbolic link to one. */
export const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/** Whether a path is a folder, or a symbolic link to one. */
export const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

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

/** Flags that open a file for reading, and never wait for another process to write to a FIFO. */
const readingFlags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * Opens a file for reading.
 * @returns its descriptor
 * @throws the file system's error, also if it is a FIFO, a socket or a device
 */
export function openRegular(path: string): number {
  const file = openSync(path, readingFlags);
  const stats = fstatSync(file);
  // Reading a folder throws an error of its own.
  if (stats.isFile() || stats.isDirectory()) return file;
  closeSync(file);
  throw notRegular(path);
}

function notRegular(path: string): Error {
  const error = new Error(`it is a FIFO or a socket or a device, open '${path}'`);
  return Object.assign(error, { code: 'EINVAL', syscall: 'open', path });
}

/** Reads a file as UTF-8. */
export const readText = (path: string): string => readBytes(path).toString();

/** Reads a whole file. */
export function readBytes(path: string): Buffer {
  const file = openRegular(path);
  try {
    return readFileSync(file);
  } catch (error) {
    // Node omits the path, because it reads from a descriptor.
    throw Object.assign(error as Error, { path });
  } finally {
    closeSync(file);
  }
}

/** Reads the first bytes of a file: fewer than `length` if it is shorter, none if it cannot be read. */
export function readStart(path: string, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  try {
    const file = openRegular(path);
    try {
      return bytes.subarray(0, readSync(file, bytes, 0, length, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    return bytes.subarray(0, 0);
  }
}

/** Reads a whole file without blocking the thread. */
export async function readBytesLater(path: string): Promise<Uint8Array> {
  const file = await open(path, readingFlags);
  try {
    const stats = await file.stat();
    if (!stats.isFile() && !stats.isDirectory()) throw notRegular(path);
    return await file.readFile();
  } catch (error) {
    throw Object.assign(error as Error, { path });
  } finally {
    await file.close();
  }
}

/** Writes a new file and creates its parent folders. Throws if the file exists. */
export function createFile(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { flag: 'wx' });
}

/** Writes a file in one step, so that readers see either the old content or the new. Creates its folders. */
export function writeWhole(path: string, data: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, data);
  renameSync(temporary, path);
}

/** Copies a file, and creates the folders of the copy. */
export function copyWhole(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  const temporary = `${to}.${process.pid}.tmp`;
  copyFileSync(from, temporary, constants.COPYFILE_FICLONE);
  renameSync(temporary, to);
}

/** Reads a file in pieces of up to a megabyte. */
export async function* readPieces(path: string): AsyncIterable<Uint8Array> {
  const file = await open(path, readingFlags);
  try {
    const buffer = Buffer.allocUnsafe(1 << 20);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length);
      if (bytesRead === 0) return;
      // The buffer is used again, so the piece is only valid until the next one is read.
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** Hash of a file's content. */
export const hashFile = (path: string): string => hashOf(readBytes(path));

/** Replaces the text of an existing file at once, so that a failure leaves the old text. Keeps its mode. */
export function replaceText(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text, { flag: 'wx', mode: statSync(path).mode });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Appends text to a file, and creates the file if necessary. */
export function appendText(path: string, text: string): void {
  appendFileSync(path, text);
}

/** Appends bytes to a file, and creates the file and its folders if necessary. */
export function appendBytes(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  appendFileSync(path, bytes);
}

/** Writes a new file in one step. @returns false if a file with this path exists */
export function createOnly(path: string, text: string): boolean {
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, text);
  try {
    linkSync(temporary, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Lists all files below a folder, hidden ones included, as paths relative to it with forward slashes. Omits links. */
export const listAllFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).split(sep).join('/'))
    .sort();

/** MD5 of a file's content, in hex. Object stores and other machines know it. */
export const md5Of = (path: string): string => createHash('md5').update(readFileSync(path)).digest('hex');

/** Removes a file, and the folders that are empty without it. @param path path below `root` */
export function removeWithFolders(root: string, path: string): void {
  rmSync(join(root, path), { force: true });
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    try {
      rmdirSync(join(root, folder));
    } catch {
      return;
    }
  }
}

/** Copies a folder with hard links, or with copies where the disk has no links. */
export function linkFolder(from: string, to: string): void {
  for (const path of listAllFiles(from)) {
    mkdirSync(dirname(join(to, path)), { recursive: true });
    try {
      linkSync(join(from, path), join(to, path));
    } catch {
      copyFileSync(join(from, path), join(to, path), constants.COPYFILE_FICLONE);
    }
  }
}

/** Removes a file or a folder, if it exists. */
export function remove(path: string): void {
  rmSync(path, { recursive: true, force: true });
}

/** Renames a file or a folder. The new path must be on the same disk. */
export function move(from: string, to: string): void {
  renameSync(from, to);
}
