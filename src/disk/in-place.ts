/** Replaces the files of a site one by one, if its folder cannot be exchanged as a whole. */
import {
  chmodSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { stepOf, steps } from './write-order.ts';

/** Prefix of the folder, in the output folder, that has the new files until they replace the old ones. */
export const insidePrefix = '.broadsheet-';

export interface Replacement {
  /** Absolute path of the folder with the new files. It may be inside `target`, and is removed. */
  folder: string;
  /** Absolute path of the output folder. */
  target: string;
  /** Paths of the files in `target` that stay, relative to it. */
  kept: ReadonlySet<string>;
  /** Paths of the stories' pages, relative to `target`. */
  stories: ReadonlySet<string>;
  /** Modification time of the folders of the finished site, in milliseconds since the epoch. */
  writtenAt: number;
}

/**
 * Moves the new files into the output folder, in an order in which no file refers to a missing one. Removes all other
 * files afterwards.
 */
export function replaceInPlace({ folder, target, kept, stories, writtenAt }: Replacement): void {
  const files = filesIn(folder).sort((a, b) => rankOf(a, stories) - rankOf(b, stories));
  for (const path of files) {
    makeParents(target, path);
    const to = join(target, path);
    if (lstatSync(to, { throwIfNoEntry: false })?.isDirectory()) rmSync(to, { recursive: true });
    moveFile(join(folder, path), to);
  }
  const { mode } = statSync(folder);
  rmSync(folder, { recursive: true, force: true });
  const wanted = new Set([...kept, ...files]);
  for (const path of filesIn(target)) if (!wanted.has(path)) rmSync(join(target, path));
  settleFolders(target, new Date(writtenAt), mode);
}

/** Place of a file in the order of replacement. */
const rankOf = (path: string, stories: ReadonlySet<string>): number =>
  steps.indexOf(stepOf(path, page => !stories.has(page)));

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

/**
 * Removes empty folders. Sets the modification time of the others, and repairs the modes of those inside `folder`, whose
 * own mode is its owner's choice.
 */
function settleFolders(folder: string, time: Date, mode: number): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const path = join(folder, entry.name);
    settleFolders(path, time, mode);
    if (readdirSync(path).length === 0) rmdirSync(path);
    else if (statSync(path).mode !== mode) chmodSync(path, mode);
  }
  utimesSync(folder, time, time);
}
