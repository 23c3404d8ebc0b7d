/** Hashes that identify content. */
import { hash } from 'node:crypto';

/** Complete SHA-256 hash of text (as UTF-8) or bytes, in the given encoding. */
export function sha256(data: string | Uint8Array, encoding: 'base64' | 'base64url' | 'hex'): string {
  return hash('sha256', data, encoding);
}

/**
 * Hash that identifies content within a site: the first 22 characters of its SHA-256.
 * @param encoding `hex` for file names, because some file systems ignore case
 */
export function hashOf(data: string | Uint8Array, encoding: 'base64url' | 'hex' = 'base64url'): string {
  return sha256(data, encoding).slice(0, 22);
}

/** Hash of a file's content for its public name: the ten hexadecimal digits in `style.<hash>.css`. */
export function nameHashOf(data: string | Uint8Array): string {
  return sha256(data, 'hex').slice(0, 10);
}
