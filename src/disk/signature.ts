/** File signatures: cheap to read, and different whenever the bytes may differ. */
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Milliseconds after a change in which a file may change again without a new timestamp. */
const racyWindow = 2000;

/**
 * Signature of a source file: its size, inode and times.
 * @param since when the build began, in milliseconds since the epoch
 * @returns `absent` if the file does not exist; empty if the file cannot be read, or may still change
 *   unnoticed, so that no earlier result is reused
 */
export function signatureOf(path: string, since: number): string {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats) return 'absent';
    const { size, ino, mtimeMs, ctimeMs } = stats;
    return ctimeMs > since - racyWindow ? '' : `${size}.${ino}.${mtimeMs}.${ctimeMs}`;
  } catch {
    // This account may not enter the folder. Reading the file reports the error.
    return '';
  }
}

/**
 * Size of a file in bytes, from its signature if that contains it; 0 if the file cannot be read.
 * @param signature value of `signatureOf`
 */
export function sizeOfFile(path: string, signature: string): number {
  if (signature !== '' && signature !== 'absent') return Number.parseInt(signature, 10);
  try {
    return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  } catch {
    return 0;
  }
}

/**
 * Signature of a file that a build wrote, or of the symbolic link that has replaced it. Omits the change time,
 * which every new hard link updates.
 * @throws the file system's error, also if the file does not exist
 */
export function outputSignatureOf(path: string): string {
  const { size, ino, mtimeMs, mode } = lstatSync(path);
  return `${size}.${ino}.${mtimeMs}.${mode.toString(8)}`;
}

/** Whether a file that a build wrote is unchanged. */
export function isIntact(path: string, signature: string): boolean {
  try {
    return outputSignatureOf(path) === signature;
  } catch {
    return false;
  }
}

/**
 * Hash of the generator's code and of the Node version that runs it. When either changes, the cache is stale.
 * @param folder absolute path of src/, or of lib/, whose hash the bundler writes to the file `key`
 */
export function codeHashOf(folder: string): string {
  const hash = createHash('sha256').update(process.version);
  const key = join(folder, 'key');
  if (existsSync(key)) hash.update(readFileSync(key));
  else
    for (const name of readdirSync(folder, { recursive: true }).map(String).sort())
      if (/\.(c?js|ts)$/.test(name)) hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest('base64url').slice(0, 22);
}
