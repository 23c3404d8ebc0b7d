/** Options and result of a build. */
import type { Message } from '../base/diagnostics.ts';
import type { Config } from '../config/config.ts';
import type { FrontExplanation } from '../site/front-explanation.ts';
import type { DeferredPicture } from './deferred-pictures.ts';

export interface BuildOptions {
  /** Absolute path of the site's folder. */
  root: string;
  /**
   * Absolute path of the package's root folder. The site's templates and public files override the package's.
   */
  packageRoot: string;
  /** Absolute path of the output folder; undefined to check the site without writing anything. */
  out: string | undefined;
  /** Replaces the path of `url` in site.yaml. */
  basePath?: string | undefined;
  /** Whether to include drafts. */
  drafts: boolean;
  /** Whether warnings count as errors. */
  strict: boolean;
  /** Whether the build may remove more than half of the published stories. */
  allowRemovals?: boolean;
  /**
   * Whether to replace the files of an existing site one by one, so that its folder never disappears, not even for
   * a moment.
   */
  inPlace?: boolean;
  /**
   * Absolute path of a folder for encoded pictures and cards, which several machines may share. Builds never remove
   * files from it. By default, they are in the cache of the site, which keeps only those that the site uses.
   */
  pictureStore?: string | undefined;
  /** The build's clock, in milliseconds since the epoch. */
  now: number;
  /**
   * Number of threads that work on a large site. If there are at most four, the calling thread is one of
   * them. With 0 (the default) or 1, only the calling thread works.
   */
  workers?: number;
  /** Compiles only one part of the sources into the cache, and writes no output. `part` counts from 1. */
  shard?: { part: number; of: number } | undefined;
  /** Whether to compile nothing and use the shards' caches. A source that no shard compiled is an error. */
  merge?: boolean;
  /**
   * Unsaved text (UTF-8) by path relative to `root`. It replaces the files, and the build saves nothing in the
   * cache.
   */
  unsaved?: ReadonlyMap<string, Uint8Array> | undefined;
  /**
   * Whether pages link to the style sheet, regardless of site.yaml, so that it can be replaced in an open
   * page.
   */
  linkStyles?: boolean;
  /**
   * Whether to keep an existing search index. After a small edit, rebuilding it takes longer than everything
   * else.
   */
  keepSearch?: boolean;
  /** Takes pictures that are not encoded. If undefined, the build encodes and publishes them. */
  deferPicture?: (picture: DeferredPicture) => void;
  /** Whether a check counts the files of the site. */
  countFiles?: boolean;
  /** Addresses for which a check finds out what a host returns: paths, or URLs of any host. */
  urls?: readonly string[] | undefined;
  /** Page whose selection and layout of stories a check explains. */
  explain?: 'front' | undefined;
  /** Whether Pagefind is available. If undefined, the build checks. */
  searchProgram?: boolean;
  /** Receives the current activity, the number of items that are done, and the total number of items. */
  progress?: (activity: string, done: number, of: number) => void;
  /** Aborts the build, whose promise then rejects. The existing site stays unchanged. */
  signal?: AbortSignal | undefined;
}

/** Kinds of files, in the order in which they are listed. */
export const fileKinds = ['pages', 'text', 'data', 'feeds', 'pictures', 'search', 'other'] as const;
export type FileKind = (typeof fileKinds)[number];

/** Numbers of files by kind. The number of files of the search is an estimate. */
export type FileCounts = Record<FileKind, number>;

/** Numbers of the rules in _redirects. */
export interface RedirectCounts {
  /** Rules from one path. */
  paths: number;
  /** Rules from all paths with a beginning. */
  below: number;
  /** Rules from a path with parameters. */
  queries: number;
  /** Rules with more than a thousand characters. */
  long: number;
}

/** Response of a host to an address: a page or a file, a redirect, or neither. */
export interface UrlAnswer {
  /** Path and query. */
  url: string;
  status: 200 | 301 | 404;
  /** Path or URL to which a redirect leads. */
  location?: string;
}

export interface BuildResult {
  /** Messages, ordered by file, line and column. */
  diagnostics: Message[];
  /** Whether the build had no errors. Output is written only in that case. */
  ok: boolean;
  /** Number of published articles. */
  articles: number;
  /** Numbers of the articles that are not published at the build's clock. */
  leftOut: { drafts: number; scheduled: number; expired: number };
  /** Addresses of the expired stories, from the site's root. */
  expired: string[];
  /** Number of files in the site; 0 for a check, which writes none. */
  files: number;
  /** Numbers of the site's files by kind; undefined unless `countFiles` is set and the site has no error. */
  fileCounts?: FileCounts;
  /** Numbers of the rules in _redirects; undefined unless `fileCounts` is set and the site has this file. */
  redirectCounts?: RedirectCounts;
  /** Answers for `urls`, in their order; undefined unless `urls` is set and the site has no error. */
  urlAnswers?: UrlAnswer[];
  /** Layout of the front page; undefined unless `explain` is set. */
  front?: FrontExplanation;
  /** Number of sources that were parsed. The others came from the cache. */
  parsed: number;
  /** Whether the build planned the site anew instead of reusing the last plan. */
  planned: boolean;
  /**
   * Number of tasks that this build ran. A check runs only those that render pages and feeds. A build keeps the
   * files of all other tasks.
   */
  rendered: number;
  /**
   * When the next story appears or expires, or stops being the lead, in milliseconds since the epoch; undefined if
   * none will.
   */
  nextChange: number | undefined;
  /** What happens at `nextChange`. */
  nextKind: 'appears' | 'expires' | 'lead-ends';
  /**
   * When the output was written, in milliseconds since the epoch by the clock of its disk; 0 if it was not
   * written.
   */
  writtenAt: number;
  /**
   * Moment until which the same input produces the same site, in milliseconds since the epoch; undefined if
   * there is no limit.
   */
  validUntil: number | undefined;
  /** The site's settings; undefined if site.yaml cannot be read, or if one of its values is invalid. */
  config: Config | undefined;
}

export type Progress = NonNullable<BuildOptions['progress']>;
