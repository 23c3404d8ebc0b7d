/**
 * Replaces a site as a whole: stages the new site in a folder beside the output, then swaps the two folders.
 * Unchanged files are hard-linked instead of written. No file is ever overwritten, because the current site
 * may share it.
 */
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { insidePrefix, replaceInPlace } from './in-place.ts';
import { lockFolder } from './lock.ts';
import { marker, markOutput, targetOf } from './output-folder.ts';
import { isIntact } from './signature.ts';
import { createParentMaker, type StagedFile } from './staged-writer.ts';

/** The site before the current one. The next build updates its folder instead of starting with an empty one. */
export interface PreviousSite {
  /** Absolute path of the folder that contains the site. */
  folder: string;
  files: readonly StagedFile[];
  /**
   * When the site was written, in milliseconds since the epoch by the clock of its disk. If a folder in it
   * changed later, the site is not reused.
   */
  writtenAt: number;
}

export interface Staging {
  /** Absolute path of the folder to write into. */
  folder: string;
  /** Whether a file is available unchanged, in the staging folder or in the current site. */
  has(file: StagedFile): boolean;
  /**
   * Leaves exactly these files in the folder, linked from the current site if necessary. Call this before
   * writing any file.
   */
  keep(files: readonly StagedFile[]): void;
  /**
   * Marks the folder as complete. Call this after writing the last file.
   * @returns when the site was written, in milliseconds since the epoch by the clock of its disk
   */
  seal(): number;
  /**
   * Swaps the staged site with the current one, which becomes the previous site, or is removed if it cannot
   * be kept. If the folders cannot be swapped, replaces the files one by one.
   * @param stories paths of the stories' pages. They are replaced before the other pages, which link to them.
   */
  commit(stories: ReadonlySet<string>): void;
  abandon(): void;
}

/**
 * Prepares a folder for the new site. Reuses the previous site's folder if nobody has changed it and it is on
 * the output's disk; otherwise deletes it and creates an empty one.
 * @param out absolute path of the output folder
 * @param previousFolder absolute path of the folder that keeps the previous site
 * @param previous contents of that folder; undefined if they are unknown
 * @param inPlace whether to replace the files of an existing site one by one
 */
export function openStaging(
  out: string,
  previousFolder: string,
  previous: PreviousSite | undefined,
  inPlace: boolean,
): Staging {
  const target = targetOf(out);
  mkdirSync(dirname(target), { recursive: true });
  removeLeftovers(target);
  if (existsSync(target) && (inPlace || isMountPoint(target))) return openInside(target, previousFolder);
  const usable =
    previous !== undefined && isUntouched(previous) && isOneDisk(previousFolder, dirname(target));
  if (!usable) rmSync(previousFolder, { recursive: true, force: true });
  const folder = usable ? previousFolder : stagingPrefix(target) + randomBytes(3).toString('hex');
  if (!usable) {
    // mkdtemp is not used, because its mode would exclude a web server that runs under another account.
    mkdirSync(folder);
    markOutput(folder);
  }
  let writtenAt = 0;
  const present = new Map(usable ? previous.files.map(({ path, signature }) => [path, signature]) : []);
  const isPresent = ({ path, signature }: StagedFile) => {
    if (present.get(path) !== signature) return false;
    if (isIntact(join(folder, path), signature)) return true;
    rmSync(join(folder, path), { force: true });
    present.delete(path);
    return false;
  };
  return {
    folder,
    has: file => isPresent(file) || isIntact(join(target, file.path), file.signature),
    keep: files => keepFiles(files, { folder, target, present }),
    seal() {
      writtenAt = markOutput(folder);
      return writtenAt;
    },
    commit(stories) {
      const isOne = isOneDisk(dirname(previousFolder), dirname(target));
      if (!swap(folder, target, isOne ? previousFolder : undefined))
        replaceInPlace({ folder, target, kept: new Set(), stories, writtenAt });
    },
    abandon: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/**
 * Whether a folder is on another mount than its parent, for example because it is a volume of a container, so
 * that it cannot be exchanged.
 */
function isMountPoint(target: string): boolean {
  if (!isOneDisk(target, dirname(target))) return true;
  // Two mounts of one disk have the same device number, but files cannot be linked between them.
  const probe = stagingPrefix(target) + randomBytes(3).toString('hex');
  try {
    linkSync(join(target, marker), probe);
    rmSync(probe);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EXDEV';
  }
}

/** Prepares a folder inside the output, from which the new files are moved one by one. */
function openInside(target: string, previousFolder: string): Staging {
  for (const name of readdirSync(target))
    if (name.startsWith(insidePrefix)) rmSync(join(target, name), { recursive: true, force: true });
  rmSync(previousFolder, { recursive: true, force: true });
  const folder = join(target, insidePrefix + randomBytes(3).toString('hex'));
  mkdirSync(folder);
  const kept = new Set<string>();
  let writtenAt = 0;
  return {
    folder,
    has: file => isIntact(join(target, file.path), file.signature),
    keep(files) {
      for (const { path } of files) kept.add(path);
    },
    seal() {
      writtenAt = markOutput(folder);
      return writtenAt;
    },
    commit: stories => replaceInPlace({ folder, target, kept, stories, writtenAt }),
    abandon: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function keepFiles(
  files: readonly StagedFile[],
  { folder, target, present }: { folder: string; target: string; present: Map<string, string> },
): void {
  const wanted = new Map(files.map(({ path, signature }) => [path, signature]));
  const makeParent = createParentMaker(folder);
  const parents = new Set<string>();
  for (const [path, signature] of present) {
    if (wanted.get(path) === signature) continue;
    rmSync(join(folder, path), { force: true });
    parents.add(dirname(path));
    present.delete(path);
  }
  for (const parent of parents) removeEmptyFolders(folder, parent);
  for (const { path } of files) {
    if (present.has(path)) continue;
    makeParent(path);
    linkOrCopy(join(target, path), join(folder, path));
  }
}

/**
 * Whether no file has been added to a site, or removed from it, since the site was written, and whether its
 * folders still have one mode and are not symbolic links.
 */
export function isUntouched({ folder, files, writtenAt }: PreviousSite): boolean {
  const folders = new Set<string>(['.']);
  for (const { path } of files)
    for (let parent = dirname(path); !folders.has(parent); parent = dirname(parent)) folders.add(parent);
  try {
    const { mode } = statSync(folder);
    return [...folders].every(path => {
      const stats = path === '.' ? statSync(folder) : lstatSync(join(folder, path));
      return stats.mtimeMs <= writtenAt && stats.mode === mode;
    });
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
    // The file system may not support hard links, so copy the file.
    copyFileSync(from, to, constants.COPYFILE_FICLONE);
  }
}

/** Removes a folder if it is empty, then each parent that becomes empty. */
function removeEmptyFolders(root: string, path: string): void {
  for (let folder = path; folder !== '.' && existsSync(join(root, folder)); folder = dirname(folder)) {
    if (readdirSync(join(root, folder)).length > 0) return;
    rmdirSync(join(root, folder));
  }
}

const stagingPrefix = (target: string): string => join(dirname(target), `.${basename(target)}-`);

/** Folder that has the old site while a build swaps the folders. */
const oldSiteOf = (target: string): string => `${stagingPrefix(target)}old`;

/**
 * Removes the leftovers of a killed build. If the build was killed between the two renames of the swap,
 * restores the site.
 */
function removeLeftovers(target: string): void {
  const prefix = basename(stagingPrefix(target));
  for (const name of readdirSync(dirname(target))) {
    // `.dist-2-AbCdEf` may belong to another build that is writing a folder named dist-2.
    if (!name.startsWith(prefix) || !/^(old|\w{6})$/.test(name.slice(prefix.length))) continue;
    const path = join(dirname(target), name);
    if (name === `${prefix}old` && !existsSync(target)) renameSync(path, target);
    else rmSync(path, { recursive: true, force: true });
  }
}

/**
 * Restores a site if the build that replaced it was killed between the two renames of the swap. Does nothing
 * while a build is running, and nothing if the folder cannot be changed.
 * @param out absolute path of the output folder
 */
export function restoreSite(out: string): void {
  const target = targetOf(out);
  const isAbsent = () => !existsSync(target) && existsSync(oldSiteOf(target));
  if (!isAbsent()) return;
  try {
    const lock = lockFolder(out);
    try {
      if (isAbsent()) renameSync(oldSiteOf(target), target);
    } finally {
      lock.release();
    }
  } catch {
    // Another build has the lock, and restores the site itself; or the next build reports the error.
  }
}

/**
 * Puts the staged folder in the place of `target` with two renames. Between them, for microseconds, `target`
 * does not exist. If the second rename fails, undoes the first.
 * @param previousFolder where to keep the old site; undefined to delete it
 * @returns whether the folders could be swapped; false if the system does not move `target`
 */
function swap(staging: string, target: string, previousFolder: string | undefined): boolean {
  if (!existsSync(target)) {
    renameSync(staging, target);
    return true;
  }
  const old = oldSiteOf(target);
  // Moving a folder to another parent requires permission to write to it. Check this before anything is
  // moved.
  accessSync(target, constants.W_OK);
  try {
    renameSync(target, old);
  } catch (error) {
    if (/^(?:EXDEV|EBUSY)$/.test((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
  try {
    renameSync(staging, target);
  } catch (error) {
    renameSync(old, target);
    throw error;
  }
  try {
    if (previousFolder === undefined) rmSync(old, { recursive: true, force: true });
    else renameSync(old, previousFolder);
  } catch {
    // The new site is in place. The next build removes the old one.
  }
  return true;
}
