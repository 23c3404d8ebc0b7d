/** Options of all commands, and the validation of their values. */
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';

export const options = {
  root: { type: 'string', value: 'DIR', help: 'Use the site in DIR instead of the current folder' },
  out: { type: 'string', value: 'DIR', help: 'Use DIR instead of dist/ for the built site' },
  'base-path': {
    type: 'string',
    value: '/x/',
    help: "Put the site under /x/ instead of the path of 'url' in site.yaml",
  },
  drafts: { type: 'boolean', help: 'Include drafts' },
  strict: { type: 'boolean', help: 'Treat warnings as errors' },
  'allow-removals': {
    type: 'boolean',
    help: 'Allow the build to remove more than half of the published stories',
  },
  'in-place': {
    type: 'boolean',
    help: 'Replace the files of the site one by one instead of the whole folder at once',
  },
  'picture-store': {
    type: 'string',
    value: 'DIR',
    help: 'Keep encoded pictures in DIR, which several builds may share',
  },
  files: { type: 'boolean', help: 'Count the files of the site, and compare them with the limits of hosts' },
  urls: {
    type: 'string',
    value: 'FILE',
    help: 'Say what the site returns for the addresses in FILE: one per line, or a sitemap',
  },
  explain: {
    type: 'string',
    value: 'front',
    help: 'Explain the layout of the front page, and where each story appears',
  },
  all: { type: 'boolean', help: 'Print every message, not only the first ten of each rule' },
  json: { type: 'boolean', help: 'Print messages and counts as JSON' },
  quiet: { type: 'boolean', help: 'Print only errors and warnings' },
  now: { type: 'string', value: 'TIME', help: 'Build as if it were TIME, for example 2026-03-01T06:00Z' },
  workers: { type: 'string', value: 'N', help: 'Use N threads for a large site instead of one per core' },
  shard: {
    type: 'string',
    value: 'I/N',
    help: 'Compile part I of N into the cache, without writing pages',
  },
  merge: { type: 'boolean', help: "Build from the shards' caches, without parsing" },
  name: { type: 'string', value: 'NAME', help: 'Name of the publication' },
  lang: {
    type: 'string',
    value: 'TAGS',
    help: 'Languages, the one of the site first, for example "en-GB, fr"',
  },
  url: { type: 'string', value: 'URL', help: 'Address that readers will use' },
  desks: { type: 'string', value: 'NAMES', help: 'Names of the desks, for example "News, Sport"' },
  author: { type: 'string', value: 'NAME', help: 'Name of the first author' },
  host: {
    type: 'string',
    value: 'HOST',
    help: 'Prepare the site for github-pages, gitlab-pages, netlify, cloudflare or none',
  },
  'time-zone': { type: 'string', value: 'ZONE', help: 'Time zone, for example Europe/London' },
  outputs: {
    type: 'string',
    value: 'NAMES',
    help: 'Outputs that need a package of their own: "cards, search" (the default) or none',
  },
  yes: { type: 'boolean', help: 'Ask nothing, and use the defaults' },
  'dry-run': { type: 'boolean', help: 'Only report what would change, without writing files' },
  port: { type: 'string', value: 'N', help: 'Listen on port N (default: 4173)' },
  open: { type: 'boolean', help: 'Open the site in the browser' },
  into: { type: 'string', value: 'DIR', help: 'Import into the site in DIR instead of the current folder' },
  from: { type: 'string', value: 'NAME', help: 'Read the source as NAME, such as wordpress or hugo' },
  mapping: {
    type: 'string',
    value: 'FILE',
    help: 'Read what template tags become from FILE instead of import.yaml',
  },
  uploads: { type: 'string', value: 'DIR', help: 'Take pictures and recordings from DIR' },
  redirects: { type: 'string', value: 'FILE', help: 'Read redirects of the old site from FILE' },
  types: { type: 'string', value: 'LIST', help: 'Also import content of these types, separated by commas' },
  since: { type: 'string', value: 'DATE', help: 'Import only stories published or changed since DATE' },
  limit: { type: 'string', value: 'N', help: 'Import only the newest N stories' },
  'keep-unknown': { type: 'boolean', help: 'Show unknown template tags as boxes instead of removing them' },
  'publish-members': { type: 'boolean', help: 'Publish stories that only members could read' },
  download: { type: 'boolean', help: 'Download pictures and recordings that the source lacks' },
  'allow-private-addresses': { type: 'boolean', help: 'Also download from addresses of this network' },
  comments: { type: 'string', value: 'FILE', help: 'Write the comments of readers to FILE' },
  watch: { type: 'boolean', help: 'Keep reading what arrives in the folder' },
  to: {
    type: 'string',
    value: 'TARGET',
    help: "Deploy to a folder, user@host:path or s3://bucket/prefix instead of 'deploy' in site.yaml",
  },
  rollback: { type: 'boolean', help: 'Restore the site before the last deployment' },
  force: { type: 'boolean', help: 'Also replace files that someone else has changed' },
  'max-deletes': {
    type: 'string',
    value: 'N',
    help: 'Allow a deployment to remove N files (default: a tenth of them)',
  },
  deploy: { type: 'boolean', help: 'Deploy after each build' },
  'publish-from': {
    type: 'string',
    value: 'NAMES',
    help: 'Publish items of these providers without an editor, separated by commas',
  },
  help: { type: 'boolean', help: 'Print this help' },
  version: { type: 'boolean', help: 'Print the version' },
} as const satisfies Record<string, { type: 'string' | 'boolean'; value?: string; help: string }>;

export type OptionName = keyof typeof options;

/** Options of one command line, as text that has not been validated. */
export type Values = {
  [Name in OptionName]?: (typeof options)[Name]['type'] extends 'string' ? string : boolean;
};

export interface Command {
  /** Description for `--help`, on one line. */
  help: string;
  /** Name of the command's argument, if it takes one; in brackets if the argument is optional. */
  argument?: string;
  options: readonly OptionName[];
  /**
   * Runs the command.
   * @returns the exit code
   */
  run(values: Values, argument: string): Promise<number>;
}

/** Thrown if the command line is wrong. The message says what is wrong and what to write instead. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Absolute path of the site's folder. */
export const rootOf = (values: Values): string => resolve(values.root ?? '.');

/** Absolute path of the output folder. */
export const outOf = (values: Values): string => resolve(values.out ?? join(rootOf(values), 'dist'));

/**
 * Reads `--now`.
 * @returns the time in milliseconds since the epoch; undefined if the option is missing
 * @throws UsageError if the time is invalid or has no UTC offset
 */
export async function clockOf({ now }: Values): Promise<number | undefined> {
  if (now === undefined) return undefined;
  const { createTimeZone } = await import('../base/dates.ts');
  const date = createTimeZone('UTC').parse(now);
  if (!date?.zoned)
    throw new UsageError(
      `'${now}' is not a valid time with a time zone. Write, for example, --now 2026-03-01T06:00Z.`,
    );
  return Date.parse(date.dateTime);
}

/**
 * Reads an option whose value is a day or a time, in UTC if it has no offset.
 * @returns milliseconds since the epoch; undefined if the option is missing
 * @throws UsageError if the value is not a date
 */
export async function momentOf(name: OptionName, value: string | undefined): Promise<number | undefined> {
  if (value === undefined) return undefined;
  const { createTimeZone } = await import('../base/dates.ts');
  const date = createTimeZone('UTC').parse(value);
  if (!date) throw new UsageError(`'${value}' is not a date. Write, for example, --${name} 2026-03-01.`);
  return Date.parse(date.dateTime);
}

/**
 * Reads an option whose value is a whole number above 0.
 * @returns undefined if the option is missing
 * @throws UsageError if the value is invalid
 */
export function integerOf(name: OptionName, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const number = parseInteger(value, 1, 1_000_000_000);
  if (number === undefined)
    throw new UsageError(`'${value}' is not a valid number. Write, for example, --${name} 50.`);
  return number;
}

/** Reads an option whose value is a list of names, separated by commas. */
export const namesOf = (value: string | undefined): string[] =>
  (value ?? '')
    .split(',')
    .map(name => name.trim())
    .filter(Boolean);

/**
 * Reads `--base-path`.
 * @returns a path without scheme, spaces or `..`; undefined if the option is missing
 * @throws UsageError if the path is invalid
 */
export function basePathOf(values: Values): string | undefined {
  const path = values['base-path'];
  if (path === undefined) return undefined;
  if (!/^[\w\-.~/%]*$/.test(path) || path.split('/').includes('..') || path.startsWith('//'))
    throw new UsageError(`'${path}' is not a valid base path. Write, for example, --base-path /news/.`);
  return path;
}

/**
 * Reads `--port`.
 * @returns the port number; undefined if the option is missing
 * @throws UsageError if the number is invalid
 */
export function portOf({ port }: Values): number | undefined {
  if (port === undefined) return undefined;
  const number = parseInteger(port, 0, 65_535);
  if (number === undefined)
    throw new UsageError(`'${port}' is not a valid port. Use a whole number from 0 to 65535.`);
  return number;
}

/**
 * Reads `--workers`.
 * @returns the number of threads, by default one per core
 * @throws UsageError if the number is invalid
 */
export function workersOf({ workers }: Values): number {
  if (workers === undefined) return availableParallelism();
  const number = parseInteger(workers, 1, 256);
  if (number === undefined)
    throw new UsageError(`'${workers}' is not a valid number of threads. Use a whole number from 1 to 256.`);
  return number;
}

/**
 * Reads `--shard`.
 * @returns the part, counted from 1, and the number of parts; undefined if the option is missing
 * @throws UsageError if the value is invalid, or if `--merge` is also given
 */
export function shardOf({ shard, merge }: Values): { part: number; of: number } | undefined {
  if (shard === undefined) return undefined;
  if (merge)
    throw new UsageError(
      "'--shard' and '--merge' exclude each other. Build each shard with --shard, and then the site with --merge.",
    );
  const [part, of, ...more] = shard.split('/').map(number => parseInteger(number, 1, 10_000));
  if (part === undefined || of === undefined || more.length > 0 || part > of)
    throw new UsageError(`'${shard}' is not a valid shard. Write --shard 2/8 for part 2 of 8.`);
  return { part, of };
}

function parseInteger(text: string, least: number, most: number): number | undefined {
  const number = Number(text);
  return /^\d+$/.test(text) && number >= least && number <= most ? number : undefined;
}
