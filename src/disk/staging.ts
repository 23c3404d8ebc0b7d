/** The end that writes the disk: a whole site is staged beside dist/, then swapped with it. What did not change is linked, not written. */
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { outputSignatureOf } from '../base/hash.ts';
import type { OutputFile } from '../render/page.ts';
import { createGatherer } from './write-buffer.ts';

/** Marks a folder as one that a build may replace. */
const marker = '.broadsheet';
const markerText = 'Broadsheet made this folder. Each build replaces all of it.\n';

/** The output cannot be written; the message says why and what to do. The previous output is as it was. */
export class OutputError extends Error {
  override name = 'OutputError';
}

const permissions = "Correct the folder's permissions";
/** By the code of the disk's error. */
const remedies: Record<string, string> = {
  ENOSPC:
    "Free space on the disk, or, where it has some, delete files: it can hold only so many ('df -i' tells)",
  EDQUOT: 'Free space in your quota',
  EACCES: permissions,
  EPERM: permissions,
  EROFS: 'Build in a folder that can be written',
};

/** What the disk says of a failed step, told for the newsroom; another error as it is. */
export function toOutputError(out: string, error: unknown): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  if (error instanceof OutputError) return error;
  if (code === 'ERR_WORKER')
    return new OutputError(`${message}. Build again; the site in ${out} is as it was.`);
  if (!/^E[A-Z\d]+$/.test(code ?? '')) return error as Error;
  return new OutputError(
    `${out} cannot be written (${message}). ${remedies[code!] ?? 'Mend that'}, then build again; the site there is as it was.`,
    { cause: error },
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
  if (!existsSync(path)) {
    const lead = leadOf(path);
    if (lead !== path) return realPathOf(lead);
    return parent === path ? path : join(realPathOf(parent), basename(path));
  }
  const real = realpathSync(path);
  if (!statSync(real).isDirectory())
    throw new OutputError(`${real} is a file. Name another folder with --out.`);
  return real;
}

function contains(outer: string, inner: string): boolean {
  const path = relative(outer, inner);
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

/** A file of an output folder as it was written: its path below it, and its signature. */
export interface StagedFile {
  path: string;
  signature: string;
}

/** Where the site before the present one is kept when there was one: the next is made of it, by changing what has changed since. */
export interface Spare {
  folder: string;
  files: readonly StagedFile[];
  /** When it was made, by the clock of its disk; a folder of it that changed later holds something of another's. */
  made: number;
}

export interface Staging {
  folder: string;
  /** Whether a file is at hand as it was written: here already, or in the present output. */
  has(file: StagedFile): boolean;
  /** Leaves these files in the folder, taken from the present output if need be, and no others. Before any is written. */
  keep(files: readonly StagedFile[]): void;
  /**
   * After the last file is written.
   * @returns when it was made, by the clock of its disk
   */
  seal(): number;
  /** Puts the staged site in the place of the present one, which becomes the spare, or goes when there can be none. */
  commit(): void;
  abandon(): void;
}

/**
 * @param spareFolder absolute path of the folder that takes the present site when it is replaced
 * @param spare what stands there, unless nothing does or it cannot be trusted
 */
export function openStaging(out: string, spareFolder: string, spare: Spare | undefined): Staging {
  const target = existsSync(out) ? realpathSync(out) : leadOf(out);
  mkdirSync(dirname(target), { recursive: true });
  removeLeftovers(target);
  const usable = spare !== undefined && isUntouched(spare) && isOneDisk(spareFolder, dirname(target));
  if (!usable) rmSync(spareFolder, { recursive: true, force: true });
  const folder = usable ? spareFolder : stagingPrefix(target) + randomBytes(3).toString('hex');
  // As the account makes its folders: mkdtemp's are closed to a web server.
  if (!usable) mkdirSync(folder);
  if (!usable) writeFileSync(join(folder, marker), markerText);
  const spared = new Map(usable ? spare.files.map(({ path, signature }) => [path, signature]) : []);
  const inSpare = ({ path, signature }: StagedFile) =>
    spared.get(path) === signature && isIntact(join(folder, path), signature);
  const makeParent = createFolders(folder);
  return {
    folder,
    has: file => inSpare(file) || isIntact(join(target, file.path), file.signature),
    keep(files) {
      const wanted = new Map(files.map(({ path, signature }) => [path, signature]));
      const emptied = new Set<string>();
      for (const [path, signature] of spared) {
        if (wanted.get(path) === signature) continue;
        // Its bytes may be those of the present output too: it is removed, never written over.
        rmSync(join(folder, path), { force: true });
        emptied.add(dirname(path));
        spared.delete(path);
      }
      for (const parent of emptied) removeEmptyFolders(folder, parent);
      for (const { path } of files) {
        if (spared.has(path)) continue;
        makeParent(path);
        linkOrCopy(join(target, path), join(folder, path));
      }
    },
    seal() {
      writeFileSync(join(folder, marker), markerText);
      return statSync(join(folder, marker)).mtimeMs;
    },
    commit: () =>
      swap(folder, target, isOneDisk(dirname(spareFolder), dirname(target)) ? spareFolder : undefined),
    abandon: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What a link leads to that leads nowhere yet, or the path itself. */
function leadOf(path: string, steps = 40): string {
  try {
    const lead = resolve(dirname(path), readlinkSync(path));
    return steps > 0 ? leadOf(lead, steps - 1) : path;
  } catch {
    return path;
  }
}

export function isIntact(path: string, signature: string): boolean {
  try {
    return outputSignatureOf(path) === signature;
  } catch {
    return false;
  }
}

/** Whether nobody has put anything into the folders of these files, or taken it out, since they were made. */
export function isUntouched({ folder, files, made }: Spare): boolean {
  const folders = new Set<string>(['.']);
  for (const { path } of files)
    for (let parent = dirname(path); !folders.has(parent); parent = dirname(parent)) folders.add(parent);
  try {
    for (const path of folders) if (statSync(join(folder, path)).mtimeMs > made) return false;
    return true;
  } catch {
    return false;
  }
}

const isOneDisk = (one: string, other: string): boolean =>
  existsSync(one) && statSync(one).dev === statSync(other).dev;

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw error;
    // A file system without hard links.
    copyFileSync(from, to, constants.COPYFILE_FICLONE);
  }
}

/** A folder without entries goes, and the ones around it that it leaves empty. */
function removeEmptyFolders(root: string, path: string): void {
  for (let folder = path; folder !== '.' && existsSync(join(root, folder)); folder = dirname(folder)) {
    if (readdirSync(join(root, folder)).length > 0) return;
    rmdirSync(join(root, folder));
  }
}

const stagingPrefix = (target: string): string => join(dirname(target), `.${basename(target)}-`);

/** What a build that was killed left behind; if it was killed between the renames of the swap, the site is put back. */
function removeLeftovers(target: string): void {
  const prefix = basename(stagingPrefix(target));
  for (const name of readdirSync(dirname(target))) {
    // Of `.dist-2-AbCdEf` another build may be at work, for a folder dist-2.
    if (!name.startsWith(prefix) || !/^(old|\w{6})$/.test(name.slice(prefix.length))) continue;
    const path = join(dirname(target), name);
    if (name === `${prefix}old` && !existsSync(target)) renameSync(path, target);
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

/** Writes files into a staging folder. `copyFrom` is absolute. */
export function createStagedWriter(folder: string): (file: OutputFile) => StagedFile {
  const makeParent = createFolders(folder);
  let open = -1;
  const gathered = createGatherer(bytes => writeFileSync(open, bytes));
  const writeParts = (path: string, parts: readonly string[]) => {
    open = openSync(path, 'wx');
    try {
      for (const part of parts) gathered.add(part);
      gathered.flush();
    } finally {
      closeSync(open);
    }
  };
  return file => {
    const path = join(folder, file.path);
    if (!path.startsWith(folder + sep)) throw new OutputError(`'${file.path}' leaves the output folder.`);
    makeParent(file.path);
    if ('text' in file) writeFileSync(path, file.text, { encoding: 'utf8', flag: 'wx' });
    else if ('parts' in file) writeParts(path, file.parts);
    else if ('bytes' in file) writeFileSync(path, file.bytes, { flag: 'wx' });
    else copyFileSync(file.copyFrom, path, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
    return { path: file.path, signature: outputSignatureOf(path) };
  };
}

/** Two renames: between them, for microseconds, there is no `target`; if the second fails the first is undone. */
function swap(staging: string, target: string, spareFolder: string | undefined): void {
  if (!existsSync(target)) {
    renameSync(staging, target);
    return;
  }
  const old = `${stagingPrefix(target)}old`;
  // To move it to another folder changes it.
  accessSync(target, constants.W_OK);
  renameSync(target, old);
  try {
    renameSync(staging, target);
  } catch (error) {
    renameSync(old, target);
    throw error;
  }
  try {
    if (spareFolder === undefined) rmSync(old, { recursive: true, force: true });
    else renameSync(old, spareFolder);
  } catch {
    // The new site is there. The next build removes this one.
  }
}
