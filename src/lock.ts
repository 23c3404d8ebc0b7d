/** One build at a time into one output folder. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { OutputError } from './output.ts';

/**
 * Takes the lock of an output folder, a file beside it with the process's id; that of a process which is gone is taken over.
 * @returns a function that gives it back
 * @throws OutputError when another build holds it
 */
export function lockOutput(out: string): () => void {
  const path = join(dirname(out), `.${basename(out)}.lock`);
  mkdirSync(dirname(out), { recursive: true });
  for (;;) {
    try {
      writeFileSync(path, `${process.pid}\n`, { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = readHolder(path);
    if (holder !== undefined && holder !== process.pid && isRunning(holder)) {
      throw new OutputError(
        `Another build (process ${holder}) is writing ${out}. Wait until it has ended, or name another folder with --out.`,
      );
    }
    rmSync(path, { force: true });
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
