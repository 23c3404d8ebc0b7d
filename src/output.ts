/** The end that writes the disk: a whole site is staged beside dist/, then swapped with it. What did not change is linked, not written. */
import {
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { outputSignatureOf } from './cache.ts';
import type { OutputFile } from './render/page.ts';

/** Marks a folder as one that a build may replace. */
const marker = '.broadsheet';
const markerText = 'Broadsheet made this folder. Each build replaces all of it.\n';

/** The output cannot be written; the message says why and what to do. The previous output is as it was. */
export class OutputError extends Error {
  override name = 'OutputError';
}

/** What the disk says of a failed step, told for the newsroom; another error as it is. */
export function toOutputError(out: string, error: unknown): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  if (error instanceof OutputError || code === undefined) return error as Error;
  if (code === 'ERR_WORKER')
    return new OutputError(`${message}. Build again; the site in ${out} is as it was.`);
  return new OutputError(
    `${out} cannot be written (${message}). Free the space or the folder's permissions, then build again; the site there is as it was.`,
  );
}

/** Where `dev` builds: apart from dist/, since its pages have drafts in them. */
export const devFolder = (root: string): string => join(root, '.cache', 'dev');

/** @throws OutputError when `out` is not a folder that a build may replace */
export function refuseForeignFolder(path: string, siteRoot: string): void {
  const root = realpathSync(siteRoot);
  const out = realPathOf(path);
  if (contains(out, root))
    throw new OutputError(`${out} holds the site's sources. Name another folder with --out.`);
  for (const folder of ['content', 'templates', 'public', 'src', '.cache']) {
    if (contains(join(root, folder), out) && out !== devFolder(root))
      throw new OutputError(`${out} is within ${folder}/. Name another folder with --out.`);
  }
  if (existsSync(out) && !existsSync(join(out, marker)) && readdirSync(out).length > 0) {
    throw new OutputError(
      `${out} is not empty and was not made by Broadsheet. Empty it, or name another folder with --out.`,
    );
  }
}

/** The path with its links followed, as far as it exists. */
function realPathOf(path: string): string {
  const parent = dirname(path);
  if (!existsSync(path)) return parent === path ? path : join(realPathOf(parent), basename(path));
  const real = realpathSync(path);
  if (!statSync(real).isDirectory())
    throw new OutputError(`${real} is a file. Name another folder with --out.`);
  return real;
}

function contains(outer: string, inner: string): boolean {
  const path = relative(outer, inner);
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

export interface Staging {
  folder: string;
  /** Takes a file of the present output over, by its path below it. */
  keep(path: string): void;
  /** Puts the staged site in the place of the present one. */
  commit(): void;
  abandon(): void;
}

export function openStaging(out: string): Staging {
  const target = existsSync(out) ? realpathSync(out) : out;
  mkdirSync(dirname(target), { recursive: true });
  removeLeftovers(target);
  const folder = mkdtempSync(`${stagingPrefix(target)}`);
  writeFileSync(join(folder, marker), markerText);
  const makeParent = createFolders(folder);
  return {
    folder,
    keep(path) {
      makeParent(path);
      try {
        linkSync(join(target, path), join(folder, path));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw error;
        // A file system without hard links.
        copyFileSync(join(target, path), join(folder, path), constants.COPYFILE_FICLONE);
      }
    },
    commit: () => swap(folder, target),
    abandon: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const stagingPrefix = (target: string): string => join(dirname(target), `.${basename(target)}-`);

/** What a build that was killed left behind; if it was killed between the two renames of the swap, the site is put back. */
function removeLeftovers(target: string): void {
  const prefix = basename(stagingPrefix(target));
  for (const name of readdirSync(dirname(target))) {
    if (!name.startsWith(prefix)) continue;
    const path = join(dirname(target), name);
    if (name.endsWith('-old') && !existsSync(target)) renameSync(path, target);
    else rmSync(path, { recursive: true, force: true });
  }
}

/** Makes the folders of files, each once. */
function createFolders(folder: string): (path: string) => void {
  const made = new Set<string>();
  return path => {
    const parent = dirname(join(folder, path));
    if (made.has(parent)) return;
    mkdirSync(parent, { recursive: true });
    made.add(parent);
  };
}

export interface StagedFile {
  path: string;
  signature: string;
}

/** Writes files into a staging folder. `copyFrom` is absolute. */
export function createStagedWriter(folder: string): (file: OutputFile) => StagedFile {
  const makeParent = createFolders(folder);
  return file => {
    const path = join(folder, file.path);
    if (!path.startsWith(folder + sep)) throw new OutputError(`'${file.path}' leaves the output folder.`);
    makeParent(file.path);
    if ('text' in file) writeFileSync(path, file.text);
    else copyFileSync(file.copyFrom, path, constants.COPYFILE_FICLONE);
    return { path: file.path, signature: outputSignatureOf(path) };
  };
}

/** Two renames: between them, for microseconds, there is no `target`; if the second fails the first is undone. */
function swap(staging: string, target: string): void {
  if (!existsSync(target)) {
    renameSync(staging, target);
    return;
  }
  const old = `${staging}-old`;
  renameSync(target, old);
  try {
    renameSync(staging, target);
  } catch (error) {
    renameSync(old, target);
    throw error;
  }
  rmSync(old, { recursive: true, force: true });
}
