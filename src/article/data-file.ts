/** Files that an article reads in addition to its own, such as chart data. */
import { posix } from 'node:path';
import { type Diagnostic, type Report, reportTo } from '../base/diagnostics.ts';

/** Largest data file, in bytes. As many rows as a chart can show fit into a tenth of it. */
export const besideSizeLimit = 5_000_000;

/** A file's bytes, or the reason why the file cannot be used. */
export type BesideFile = { bytes: Uint8Array } | { problem: 'absent' | 'size' | 'unreadable' };

/**
 * Reads a file in content/ by its path relative to the site's root. The parser's caller records which files
 * were read.
 */
export type ReadBeside = (path: string) => BesideFile;

/** Context for reading files beside a document. */
export interface Surroundings {
  /** Path of the document, relative to the site's root. */
  path: string;
  read: ReadBeside;
  /** Creates a reporter for another file. Its diagnostics name this document as the user of the file. */
  reportIn: (file: string) => Report;
}

/**
 * Creates the surroundings of a document.
 * @param path path of the document, relative to the site's root
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
 * Resolves a file name that the document at `from` contains.
 * @returns path relative to the site's root; undefined unless `name` is a plain path that stays in content/
 */
export function besidePath(name: string, from: string): string | undefined {
  if (/[\\\p{Cc}:]/u.test(name) || name.startsWith('/')) return undefined;
  const path = posix.join(posix.dirname(from), name);
  return path.startsWith('content/') && !/(^|\/)\./.test(path) ? path : undefined;
}
