/** What tells one content, and one state of a file, from another. */
import { createHash, hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** `hex` for names of files: a disk may not tell large letters from small. */
export function hashOf(data: string | Uint8Array, encoding: 'base64url' | 'hex' = 'base64url'): string {
  return hash('sha256', data, encoding).slice(0, 22);
}

/** Size, inode and times of a file, or that there is none. A file that was changed within two seconds of `since` may change again unseen, and gets no signature. */
export function signatureOf(path: string, since: number): string {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats) return 'absent';
    const { size, ino, mtimeMs, ctimeMs } = stats;
    return ctimeMs > since - 2000 ? '' : `${size}.${ino}.${mtimeMs}.${ctimeMs}`;
  } catch {
    // Of a folder that this account may not enter: it is told when the file is read.
    return '';
  }
}

/** Of a file that a build wrote: its times change when it is linked, but for that of its writing. */
export function outputSignatureOf(path: string): string {
  const { size, ino, mtimeMs } = statSync(path);
  return `${size}.${ino}.${mtimeMs}`;
}

/**
 * Of the generator's own code and of the Node that runs it: a change of either empties the cache.
 * @param folder absolute path: of the bundle, which has a key of its own, or of src/
 */
export function codeKey(folder: string): string {
  const hash = createHash('sha256').update(process.version);
  const key = join(folder, 'key');
  if (existsSync(key)) hash.update(readFileSync(key));
  else
    for (const name of readdirSync(folder, { recursive: true }).map(String).sort())
      if (/\.(c?js|ts)$/.test(name)) hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest('base64url').slice(0, 22);
}
