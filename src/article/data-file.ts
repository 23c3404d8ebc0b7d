/** Reads the data files that documents name, such as the CSV file of a chart. */
import { posix } from 'node:path';
import { type Diagnostic, type Report, reportTo } from '../base/diagnostics.ts';

/** Maximum size of a data file, in bytes. A tenth of it holds as many rows as a chart can show. */
export const besideSizeLimit = 5_000_000;

/** A file's bytes, or the reason why the file cannot be used. */
export type BesideFile = { bytes: Uint8Array } | { problem: 'absent' | 'size' | 'unreadable' };

/**
 * Reads a file in content/ by its path relative to the site's root. The parser's caller passes this function,
 * and records which files it reads.
 */
export type ReadBeside = (path: string) => BesideFile;

/** Context in which a document reads files beside it. */
export interface Surroundings {
  /** Path of the document, relative to the site's root. */
  path: string;
  read: ReadBeside;
  /** Creates a reporter for another file. Its diagnostics name this document as the user of the file. */
  reportIn: (file: string) => Report;
}

/**
 * Creates the context in which a document reads files beside it.
 * @param path path of the document, relative to the site's root
 * @param diagnostics receives the diagnostics about those files
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
 * @returns path relative to the site's root; undefined if the name is not a relative path, or leads to a
 * hidden file or out of content/
 */
export function besidePath(name: string, from: string): string | undefined {
  if (/[\\\p{Cc}:]/u.test(name) || name.startsWith('/')) return undefined;
  const path = posix.join(posix.dirname(from), name);
  return path.startsWith('content/') && !/(^|\/)\./.test(path) ? path : undefined;
}
