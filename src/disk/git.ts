/** Asks Git about a site's sources. Without Git, or outside a repository, the answers are undefined. */
import { spawnSync } from 'node:child_process';

const sources = ['content', 'templates', 'public', 'package-lock.json'];

/** Commit of the sources; undefined if they differ from it. */
export function commitOf(root: string): string | undefined {
  if (git(root, 'status', '--porcelain', '--', ...sources) !== '') return undefined;
  return git(root, 'rev-parse', 'HEAD');
}

/** When the last commit was made, in milliseconds since the epoch. */
export function commitTimeOf(root: string): number | undefined {
  const seconds = git(root, 'log', '-1', '--format=%ct');
  return seconds ? Number(seconds) * 1000 : undefined;
}

/** Fetches the commits of the branch's remote. @returns whether there were new ones; undefined if that failed */
export function pull(root: string): boolean | undefined {
  const before = git(root, 'rev-parse', 'HEAD');
  if (before === undefined || git(root, 'pull', '--ff-only', '--quiet') === undefined) return undefined;
  return git(root, 'rev-parse', 'HEAD') !== before;
}

function git(root: string, ...args: string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8', timeout: 60_000 });
  return status === 0 ? stdout.trim() : undefined;
}
