/** The end that writes the disk: a whole site is staged beside dist/, then swapped with it. */
import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { OutputFile } from './render/page.ts';

/** Marks a folder as one that a build may replace. */
const marker = '.broadsheet';
const markerText = 'Broadsheet made this folder. Each build replaces all of it.\n';

/** The output cannot be written; the message says why and what to do. The previous output is as it was. */
export class OutputError extends Error {
  override name = 'OutputError';
}

/**
 * Writes all files to a new folder and puts it in the place of `out`.
 * @param out absolute path of the output folder
 * @param pathOf where a file that is copied stands on disk
 * @throws OutputError
 */
export function writeOutput(
  out: string,
  root: string,
  files: Iterable<OutputFile>,
  pathOf: (copyOf: string) => string,
): void {
  refuseForeignFolder(out, root);
  const target = existsSync(out) ? realpathSync(out) : out;
  let staging: string | undefined;
  try {
    mkdirSync(dirname(target), { recursive: true });
    staging = mkdtempSync(join(dirname(target), `.${basename(target)}-`));
    writeFiles(staging, files, pathOf);
    swap(staging, target);
  } catch (error) {
    if (staging !== undefined) rmSync(staging, { recursive: true, force: true });
    throw new OutputError(
      `${out} cannot be written (${(error as Error).message}). Free the space or the folder's permissions, then build again; the site there is as it was.`,
    );
  }
}

function refuseForeignFolder(out: string, root: string): void {
  const contains = (outer: string, inner: string) =>
    !relative(outer, inner).startsWith('..') && !resolve(relative(outer, inner)).startsWith(`..${sep}`);
  if (contains(out, root))
    throw new OutputError(`${out} holds the site's sources. Name another folder with --out.`);
  for (const folder of ['content', 'templates', 'public', 'src']) {
    if (contains(join(root, folder), out))
      throw new OutputError(`${out} is within ${folder}/. Name another folder with --out.`);
  }
  if (existsSync(out) && !existsSync(join(out, marker)) && readdirSync(out).length > 0) {
    throw new OutputError(
      `${out} is not empty and was not made by Broadsheet. Empty it, or name another folder with --out.`,
    );
  }
}

function writeFiles(folder: string, files: Iterable<OutputFile>, pathOf: (copyOf: string) => string): void {
  const made = new Set<string>();
  writeFileSync(join(folder, marker), markerText);
  for (const file of files) {
    const path = join(folder, file.path);
    if (!path.startsWith(folder + sep)) throw new Error(`'${file.path}' leaves the folder`);
    const parent = dirname(path);
    if (!made.has(parent)) {
      mkdirSync(parent, { recursive: true });
      made.add(parent);
    }
    if ('text' in file) writeFileSync(path, file.text);
    else copyFileSync(pathOf(file.copyOf), path, constants.COPYFILE_FICLONE);
  }
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
