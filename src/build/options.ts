/** What a build takes and what it returns. */
import type { Message } from '../base/diagnostics.ts';
import type { Config } from '../config/config.ts';

export interface BuildOptions {
  /** Absolute path of the site's folder. */
  root: string;
  /** Absolute path of the package's own folder, whose templates and public files are used where the site has none. */
  packageRoot: string;
  /** Absolute path of the output folder; undefined to check the site and write nothing. */
  out: string | undefined;
  /** Replaces the path of `url` in site.yaml. */
  basePath?: string | undefined;
  /** Whether drafts are shown. */
  drafts: boolean;
  /** Whether warnings count as errors. */
  strict: boolean;
  /** The build's clock, in milliseconds since the epoch. */
  now: number;
  /** Number of threads that work on a large site, including the calling one if there are few. With 0 (the default) or 1 it works alone. */
  workers?: number;
  /** Compiles one of several parts of the sources into the cache and writes no output. `part` counts from 1. */
  shard?: { part: number; of: number } | undefined;
  /** Takes every source from the caches of the shards. A source that is in none of them is an error. */
  merge?: boolean;
  /** Unsaved text of an editor, by path relative to the root. It takes the place of files. Such a build keeps nothing in the cache. */
  unsaved?: ReadonlyMap<string, Uint8Array> | undefined;
  /** Whether pages link to the style sheet, whatever site.yaml says, so that it can be replaced in an open page. */
  linkStyles?: boolean;
  /** Whether to keep an existing search index. Rebuilding it takes longer than everything else after a small edit. */
  keepSearch?: boolean;
  /** Whether Pagefind is available; undefined to look for it. */
  searchProgram?: boolean;
  /** Receives progress from time to time. */
  progress?: (activity: string, done: number, of: number) => void;
  /** Ends the build early. The existing site stays unchanged. */
  signal?: AbortSignal | undefined;
}

export interface BuildResult {
  /** Ordered by file, line and column. */
  diagnostics: Message[];
  /** Whether there was no error. Only then is the output written. */
  ok: boolean;
  /** Published articles. */
  articles: number;
  /** Files of the site. */
  files: number;
  /** Sources that were parsed; the others came from the cache. */
  parsed: number;
  /** Whether the site was planned; if not, the last build's plan was reused. */
  planned: boolean;
  /** Tasks that were performed; the files of the others were kept. */
  rendered: number;
  /** When the next story appears or expires, in milliseconds since the epoch. */
  nextChange: number | undefined;
  /** Whether that change is a story that appears. */
  nextAppears: boolean;
  /** When the output was written, by the clock of its disk, in milliseconds since the epoch; 0 if it was not. */
  writtenAt: number;
  /** Until when the same input gives the same site, in milliseconds since the epoch; undefined if forever. */
  validUntil: number | undefined;
  /** The site's settings; undefined if site.yaml has errors. */
  config: Config | undefined;
}

export type Progress = NonNullable<BuildOptions['progress']>;
