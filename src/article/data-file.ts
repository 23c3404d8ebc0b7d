/** Reads the data files that documents name, such as the CSV file of a chart. */
import { posix } from 'node:path';
import { type Diagnostic, type Report, reportTo } from '../base/diagnostics.ts';

/** Maximum size of a data file, in bytes. A tenth of that is enough for all rows that a chart can show. */
export const besideSizeLimit = 5_000_000;

/**
 * A file's bytes, or the reason why the file cannot be used. `case`: there is only a file whose name differs in
 * upper and lower case; `actual` is its path from the site's root.
 */
export type BesideFile =
  | { bytes: Uint8Array }
  | { problem: 'absent' | 'size' | 'unreadable' }
  | { problem: 'case'; actual: string };

/**
 * Reads a file in content/ by its path relative to the site's root. The caller of the parser passes this
 * function, and records its calls.
 */
export type ReadBeside = (path: string) => BesideFile;

/** A document's path and language, and its access to the data files that it names. */
export interface Surroundings {
  /** Path of the document, relative to the site's root. */
  path: string;
  /** Language tag of the document (BCP 47). */
  lang: string;
  read: ReadBeside;
  /** Creates a reporter for another file. Its diagnostics name this document as the user of the file. */
  reportIn: (file: string) => Report;
}

/**
 * Creates a document's access to the data files that it names.
 * @param document path, relative to the site's root, and language of the document
 * @param diagnostics receives the diagnostics about those files
 */
export function createSurroundings(
  { path, lang }: Pick<Surroundings, 'path' | 'lang'>,
  read: ReadBeside,
  diagnostics: Diagnostic[],
): Surroundings {
  return {
    path,
    lang,
    read,
    reportIn: file => reportTo(diagnostics, file, path),
  };
}

/**
 * Resolves a file name that the document at `from` contains.
 * @returns path relative to the site's root; undefined if the name is not a relative path, or if it leads to a
 * hidden file or a file outside content/
 */
export function besidePath(name: string, from: string): string | undefined {
  if (/[\\\p{Cc}:]/u.test(name) || name.startsWith('/')) return undefined;
  const path = posix.join(posix.dirname(from), name);
  return path.startsWith('content/') && !/(^|\/)\./.test(path) ? path : undefined;
}
