/** HTTP headers that a store keeps with each file. */
import { lookup } from 'mrmime';
import { feedFormats } from '../render/head.ts';
import { isNamedByContent } from './order.ts';
import { lockFile, stateFile } from './target.ts';

/** Types whose texts are in UTF-8. */
const textual =
  /^(?:text\/|application\/(?:json|xml|javascript|manifest\+json|\w+\+xml|\w+\+json)|image\/svg)/;

/** Returns the content type and the caching of a file. */
export function headersOf(path: string): Record<string, string> {
  const feed = feedFormats.find(({ file }) => path === file || path.endsWith(`/${file}`));
  const type = feed?.type ?? lookup(path) ?? 'application/octet-stream';
  return {
    'content-type': textual.test(type) ? `${type}; charset=utf-8` : type,
    'cache-control': cachingOf(path),
  };
}

function cachingOf(path: string): string {
  if (path === stateFile || path === lockFile) return 'no-store';
  // Readers see a new edition at once, and download unchanged files only once.
  return isNamedByContent(path)
    ? 'public, max-age=31536000, immutable'
    : 'public, max-age=0, must-revalidate';
}
