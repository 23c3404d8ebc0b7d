/** Files that an article reads besides its own: data of charts. */
import { posix } from 'node:path';
import { type Diagnostic, type Report, reportTo } from '../base/diagnostics.ts';

/** Bytes. More rows than a chart can show fit in a tenth of it. */
export const besideSizeLimit = 5_000_000;

/** A file's bytes, or why it cannot be used. */
export type BesideFile = { bytes: Uint8Array } | { problem: 'absent' | 'size' | 'unreadable' };

/** Reads a file of content/ by its path from the site's root. Whoever gives it keeps account of what was read. */
export type ReadBeside = (path: string) => BesideFile;

/** What a step of parsing needs to read files beside the document. */
export interface Surroundings {
  /** The document's own path from the site's root. */
  path: string;
  read: ReadBeside;
  /** Reports about another file, which name this document as the one that uses it. */
  reportIn: (file: string) => Report;
}

/**
 * @param path the document's own path from the site's root
 * @param diagnostics takes what is reported about other files
 */
export function createSurroundings(path: string, read: ReadBeside, diagnostics: Diagnostic[]): Surroundings {
  return {
    path,
    read,
    reportIn: file => reportTo(diagnostics, file, path),
  };
}

/** The path from the site's root of a file that is named in the document at `from`; nothing when it is not a plain path that stays in content/. */
export function besidePath(name: string, from: string): string | undefined {
  if (/[\\\p{Cc}:]/u.test(name) || name.startsWith('/')) return undefined;
  const path = posix.join(posix.dirname(from), name);
  return path.startsWith('content/') && !/(^|\/)\./.test(path) ? path : undefined;
}
