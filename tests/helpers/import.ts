/** Imports of small archives: a source in, the files of a site out. */
import { join } from 'node:path';
import { importArchive } from '../../src/import/import.ts';
import type { ImportOptions, ImportReport } from '../../src/import/options.ts';
import { readFolder, temporaryFolder, testNow, writeFiles } from './site.ts';

export interface Imported {
  /** Absolute path of the new site's folder. */
  root: string;
  report: ImportReport;
  /** Text of every file below content/, by path from the site's root. */
  files: Record<string, string>;
}

/** Imports a source into a new folder, with the tests' clock. */
export async function importFrom(source: string, options: Partial<ImportOptions> = {}): Promise<Imported> {
  const root = options.into ?? temporaryFolder();
  const report = await importArchive({ source, into: root, now: testNow, workers: 1, ...options });
  return { root, report, files: contentOf(root) };
}

/** Files below content/ of a site, by path from its root. */
export function contentOf(root: string): Record<string, string> {
  return Object.fromEntries(Object.entries(readFolder(root)).filter(([path]) => path.startsWith('content/')));
}

/**
 * Writes an archive into a new folder.
 * @returns absolute path of the folder
 */
export function makeArchive(files: Record<string, string | Uint8Array>): string {
  const folder = join(temporaryFolder(), 'archive');
  writeFiles(folder, files);
  return folder;
}
