/** Replaces the files of a site one by one, if its folder cannot be exchanged as a whole. */
import {
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  utimesSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** Prefix of the folder, in the output folder, that has the new files until they replace the old ones. */
export const insidePrefix = '.broadsheet-';

export interface Replacement {
  /** Absolute path of the folder with the new files. It may be inside `target`, and is removed. */
  folder: string;
  /** Absolute path of the output folder. */
  target: string;
  /** Paths of the files in `target` that stay, relative to it. */
  kept: ReadonlySet<string>;
  /** Modification time of the folders of the finished site, in milliseconds since the epoch. */
  writtenAt: number;
}

/**
 * Moves the new files into the output folder, in an order in which no page refers to a missing file: pictures
 * and data, then pages, then feeds and sitemaps. Removes all other files afterwards.
 */
export function replaceInPlace({ folder, target, kept, writtenAt }: Replacement): void {
  const files = filesIn(folder).sort((a, b) => rankOf(a) - rankOf(b));
  for (const path of files) {
    makeParents(target, path);
    const to = join(target, path);
    if (lstatSync(to, { throwIfNoEntry: false })?.isDirectory()) rmSync(to, { recursive: true });
    moveFile(join(folder, path), to);
  }
  rmSync(folder, { recursive: true, force: true });
  const wanted = new Set([...kept, ...files]);
  for (const path of filesIn(target)) if (!wanted.has(path)) rmSync(join(target, path));
  removeEmpty(target, new Date(writtenAt));
}

/** Place of a file in the order of replacement. */
function rankOf(path: string): number {
  if (path.endsWith('.xml') || /(?:^|\/)feed\.json$/.test(path)) return 2;
  return path.endsWith('.html') ? 1 : 0;
}

/** Paths of all files and links in a folder, relative to it. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => !entry.isDirectory())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).replaceAll(sep, '/'));

/** Creates the parents of a file. Replaces files and symbolic links in their place. */
function makeParents(target: string, path: string): void {
  const parent = dirname(path);
  if (parent === '.') return;
  makeParents(target, parent);
  const folder = join(target, parent);
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  if (stats?.isDirectory()) return;
  if (stats) rmSync(folder);
  mkdirSync(folder);
}

function moveFile(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    // Readers must never see half a file, so copy it under another name first.
    const temporary = join(dirname(to), `${insidePrefix}file`);
    copyFileSync(from, temporary);
    renameSync(temporary, to);
  }
}

/** Removes empty folders, and sets the modification time of the others. */
function removeEmpty(folder: string, time: Date): void {
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) removeEmpty(join(folder, entry.name), time);
  if (readdirSync(folder).length === 0) rmdirSync(folder);
  else utimesSync(folder, time, time);
}
