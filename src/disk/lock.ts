/** One build at a time into one output folder, one `dev` of a site. */
import {
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { OutputError } from './output-error.ts';
import { isAnotherRunning } from './process.ts';

/**
 * Takes the lock of an output folder.
 * @returns a function that gives it back
 * @throws OutputError when another build holds it
 */
export function lockOutput(out: string): () => void {
  const lock = takeLock(out);
  if (typeof lock === 'function') return lock;
  throw new OutputError(
    `Another build (process ${lock}) is writing ${out}. Wait until it has ended, or name another folder with --out; if that process is no build, remove ${lockOf(out)}.`,
  );
}

const lockOf = (path: string): string => join(dirname(path), `.${basename(path)}.lock`);

/**
 * A lock is a symbolic link beside the path that leads nowhere and is named for the process's id: it is made whole, in one step. That of a process which is gone is taken over.
 * @returns a function that gives it back, or the id of the process that holds it
 */
export function takeLock(path: string): (() => void) | number {
  const lock = lockOf(path);
  mkdirSync(dirname(path), { recursive: true });
  for (;;) {
    if (makeLock(lock)) return () => rmSync(lock, { force: true });
    const holder = holderOf(lock);
    if (typeof holder === 'number') return holder;
    if (holder === 'absent') continue;
    // Two processes may have found the same dead one. One at a time looks again and removes, so that none removes what another has just taken.
    const guard = takeLock(lock);
    if (typeof guard === 'number') return guard;
    if (holderOf(lock) === 'dead') rmSync(lock, { force: true });
    guard();
  }
}

function makeLock(lock: string): boolean {
  try {
    try {
      symlinkSync(String(process.pid), lock);
    } catch (error) {
      if (codeOf(error) === 'EEXIST') throw error;
      // A file system without symbolic links.
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
    }
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    return false;
  }
}

/** The process that holds a lock. One of this process's own id was left by another that had it before. */
function holderOf(lock: string): number | 'dead' | 'absent' {
  const text = readLock(lock);
  if (text === undefined) return 'absent';
  const pid = Number.parseInt(text, 10);
  return pid > 0 && isAnotherRunning(pid) ? pid : 'dead';
}

function readLock(lock: string): string | undefined {
  try {
    return lstatSync(lock).isSymbolicLink() ? readlinkSync(lock) : readFileSync(lock, 'utf8');
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    return undefined;
  }
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;
