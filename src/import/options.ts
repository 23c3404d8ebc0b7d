/** Options and result of an import. */
import type { Finding } from './html/context.ts';
import type { SourcePlace } from './model.ts';

export interface ImportOptions {
  /** Path of the file or folder to import, absolute. */
  source: string;
  /** Absolute path of the folder of the new site. */
  into: string;
  /** Name of a reader; by default the one that recognizes the source. */
  from?: string | undefined;
  /** Absolute path of import.yaml; by default the one in the new site's folder. */
  mapping?: string | undefined;
  /** Absolute path of the folder with the old site's files, such as WordPress's uploads. */
  uploads?: string | undefined;
  /** Absolute paths of files with redirects of the old site. */
  redirects?: readonly string[];
  /** Address of the old site, if the source does not say it. */
  url?: string | undefined;
  timeZone?: string | undefined;
  types?: readonly string[];
  /** Only stories that were published or changed since this moment, in milliseconds since the epoch. */
  since?: number | undefined;
  /** Only this number of stories, the newest. */
  limit?: number | undefined;
  dryRun?: boolean;
  keepUnknown?: boolean;
  /** Publishes stories that only members or subscribers could read. */
  publishMembers?: boolean;
  /** Providers whose items, in formats of agencies, are the newsroom's own and are published. */
  publishFrom?: readonly string[];
  download?: boolean;
  allowPrivateAddresses?: boolean;
  /** Absolute path of a file for the comments. */
  comments?: string | undefined;
  /** Clock, in milliseconds since the epoch. */
  now: number;
  workers: number;
  progress?: (stage: string, done: number, of: number) => void;
  signal?: AbortSignal | undefined;
}

/** Numbers of one kind of thing: in the source, in the result, changed on the way, and lost. */
export interface Count {
  in: number;
  kept: number;
  changed: number;
  lost: number;
}

/** Outcome of one story. */
export interface StoryReport {
  id: string;
  title: string;
  path: string;
  place: SourcePlace;
  outcome: StoryOutcome;
  state: string;
  words: number;
  lost: string[];
  lostCount: number;
  added: string[];
  replaced: number;
  findings: Finding[];
  missing: string[];
  problem?: string | undefined;
}

/**
 * `written`: new, or updated from a changed source. `unchanged`: as the last import wrote it, from the same source.
 * `edited`: the newsroom changed the file, so it stays. `removed`: the newsroom removed the file, so it is not written
 * again. `existing`: a file of another origin has this path. `failed`: it could not be converted.
 */
export type StoryOutcome = 'written' | 'updated' | 'unchanged' | 'edited' | 'removed' | 'existing' | 'failed';

/** The report, as import-report.json contains it. */
export interface ImportReport {
  source: string;
  reader: string;
  counts: Record<'stories' | 'pages' | 'words' | 'pictures' | 'credits' | 'authors' | 'urls', Count>;
  outcomes: Record<StoryOutcome, number>;
  /** Stories that became drafts, by the reason. */
  drafts: Record<string, number>;
  tags: { name: string; outcome: string; count: number; example: string }[];
  findings: { kind: string; count: number; example: string }[];
  leftOut: { what: string; count: number; example: string; file: string; line?: number | undefined }[];
  /** Errors in the source. `isLoss`: something is not imported because of it. */
  problems: { file: string; line?: number | undefined; reason: string; isLoss: boolean }[];
  /** Pattern of the old addresses, if the site has another one, so that most addresses change. */
  oldPermalink?: string | undefined;
  lostUrls: string[];
  missingMedia: string[];
  /** Stories in which something is lost or changed, or that were not written, the greatest loss first. */
  stories: StoryReport[];
}
