/** One build at a time into one output folder, one `dev` of a site. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { OutputError } from './output.ts';

/**
 * Takes the lock of an output folder.
 * @returns a function that gives it back
 * @throws OutputError when another build holds it
 */
export function lockOutput(out: string): () => void {
  const lock = takeLock(out);
  if (typeof lock === 'function') return lock;
  throw new OutputError(
    `Another build (process ${lock}) is writing ${out}. Wait until it has ended, or name another folder with --out.`,
  );
}

/**
 * A lock is a file beside the path, with the process's id; that of a process which is gone is taken over.
 * @returns a function that gives it back, or the id of the process that holds it
 */
export function takeLock(path: string): (() => void) | number {
  const lock = join(dirname(path), `.${basename(path)}.lock`);
  mkdirSync(dirname(path), { recursive: true });
  for (;;) {
    try {
      writeFileSync(lock, `${process.pid}\n`, { flag: 'wx' });
      return () => rmSync(lock, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = readHolder(lock);
    if (holder !== undefined && holder !== process.pid && isRunning(holder)) return holder;
    rmSync(lock, { force: true });
  }
}

function readHolder(path: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(path, 'utf8'), 10) || undefined;
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
