/** What tells one content, and one state of a file, from another. */
import { createHash, hash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
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

/** Of the generator's own code and of the Node that runs it: a change of either empties the cache. Of the bundle's parts the names have hashes of what is in them. */
export function codeKey(folder: string): string {
  const hash = createHash('sha256').update(process.version);
  for (const name of readdirSync(folder, { recursive: true }).map(String).sort()) {
    if (!/\.(c?js|ts)$/.test(name) || name.endsWith('.d.ts')) continue;
    const path = join(folder, name);
    hash
      .update(name)
      .update(/-[A-Z\d]{8}\.js$/.test(name) ? String(statSync(path).size) : readFileSync(path));
  }
  return hash.digest('base64url').slice(0, 22);
}
