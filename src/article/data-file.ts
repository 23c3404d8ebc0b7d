/** Files that an article reads in addition to its own: data of charts. */
import { posix } from 'node:path';
import { type Diagnostic, type Report, reportTo } from '../base/diagnostics.ts';

/** Largest data file, in bytes. The most rows that a chart can show fit in a tenth of it. */
export const besideSizeLimit = 5_000_000;

/** A file's bytes, or why it cannot be used. */
export type BesideFile = { bytes: Uint8Array } | { problem: 'absent' | 'size' | 'unreadable' };

/** Reads a file of content/ by its path from the site's root. The caller of the parser records which files were read. */
export type ReadBeside = (path: string) => BesideFile;

/** Everything that a step of parsing needs to read files beside the document. */
export interface Surroundings {
  /** The document's own path from the site's root. */
  path: string;
  read: ReadBeside;
  /** Creates a reporter for another file. Its diagnostics name this document as the user of the file. */
  reportIn: (file: string) => Report;
}

/**
 * Creates the surroundings of a document.
 * @param path the document's own path from the site's root
 * @param diagnostics receives the diagnostics about other files
 */
export function createSurroundings(path: string, read: ReadBeside, diagnostics: Diagnostic[]): Surroundings {
  return {
    path,
    read,
    reportIn: file => reportTo(diagnostics, file, path),
  };
}

/**
 * Resolves the name of a file in the document at `from`.
 * @returns a path from the site's root; undefined unless `name` is a plain path that stays in content/
 */
export function besidePath(name: string, from: string): string | undefined {
  if (/[\\\p{Cc}:]/u.test(name) || name.startsWith('/')) return undefined;
  const path = posix.join(posix.dirname(from), name);
  return path.startsWith('content/') && !/(^|\/)\./.test(path) ? path : undefined;
}
