/**
 * Deploys a built site: sends what differs, in an order in which readers never meet a missing file, and removes what the
 * site no longer has. An interrupted deployment is completed by the next one.
 */
import { join } from 'node:path';
import { isFile, listAllFiles, md5Of, readText } from '../disk/files.ts';
import { lockFolder } from '../disk/lock.ts';
import { marker } from '../disk/output-folder.ts';
import { steps } from '../disk/write-order.ts';
import { type History, openHistory } from './history.ts';
import { lockTarget } from './lock.ts';
import { ownTextOf } from './own-text.ts';
import { type DeployPlan, type DeployState, planDeployment } from './plan.ts';
import { DeployError, lockFile, stateFile, type Target, type Upload } from './target.ts';

export interface DeployOptions {
  /** Absolute path of the site's folder. */
  root: string;
  /** Absolute path of the built site. */
  out: string;
  target: Target;
  /** Ids of the site's desks. */
  desks: readonly string[];
  /** Whether to restore the site before the last deployment, instead of sending the built one. */
  rollback: boolean;
  /** Whether to only plan the deployment. */
  dryRun: boolean;
  /** Whether to replace and remove files that someone else has changed. */
  force: boolean;
  /** Greatest number of files to remove; by default, a tenth of the files at the target. */
  maxDeletes: number | undefined;
  /**
   * Folders of stories that have expired, without a slash at either end. Their files do not count for `maxDeletes`,
   * because the passage of time alone removes them.
   */
  expired: readonly string[];
  progress?(done: number, all: number): void;
}

export interface DeployResult extends DeployPlan {
  /** Paths of story pages that are new, or whose own text changed. */
  changedStories: string[];
}

/** Deploys a site. @throws DeployError if it cannot, before or during the deployment */
export async function deploySite(options: DeployOptions): Promise<DeployResult> {
  const { out, root, target, rollback, dryRun } = options;
  const history = openHistory(root, target.name);
  if (rollback && !history.hasPrevious())
    throw new DeployError(
      `There is no earlier site for ${target.name} in .cache/. --rollback needs two deployments from this folder.`,
    );
  const folder = rollback ? history.previous : out;
  if (!rollback && !isFile(join(out, 'index.html')))
    throw new DeployError(`There is no built site in ${out}. Run 'broadsheet build' first.`);
  // A build must not replace the files while they are being sent.
  const lock = lockFolder(out, 'Deploy when it has ended.');
  try {
    if (dryRun) return (await compare(options, folder)).result;
    const release = await lockTarget(target);
    try {
      return await send(options, folder, history);
    } finally {
      await release();
    }
  } finally {
    lock.release();
  }
}

async function compare({ target, desks }: DeployOptions, folder: string) {
  const site = new Map(
    listAllFiles(folder)
      .filter(path => path !== marker)
      .map(path => [path, md5Of(join(folder, path))]),
  );
  const found = await target.list();
  for (const own of [stateFile, lockFile]) found.delete(own);
  const state = readState(await target.read(stateFile), target);
  const plan = planDeployment({ site, target: found, state, desks: new Set(desks) });
  return { site, found, state, result: { ...plan, changedStories: [] } as DeployResult };
}

function readState(text: string | undefined, { name }: Target): DeployState {
  if (text === undefined) return { version: 1, files: {} };
  try {
    const state = JSON.parse(text) as DeployState;
    if (state.version === 1) return state;
  } catch {
    // Falls through to the message.
  }
  throw new DeployError(
    `${stateFile} at ${name} was not written by this version of Broadsheet. Delete it there, and deploy with --force.`,
  );
}

async function send(options: DeployOptions, folder: string, history: History): Promise<DeployResult> {
  const { target, progress } = options;
  const { site, found, state, result } = await compare(options, folder);
  refuse(result, state, options);
  const all = steps.flatMap(step => result.uploads[step]);
  const isIdle = all.length === 0 && result.removals.length === 0 && state.pending === undefined;
  if (isIdle && result.retired.length === (state.retired?.length ?? 0)) return result;
  const changedStories = findChangedStories(result, folder, history.current);
  const pending = Object.fromEntries(all.map(({ path, hash }) => [path, hash]));
  await target.save(stateFile, JSON.stringify({ ...state, pending: { ...state.pending, ...pending } }));
  const tags = new Map<string, string>();
  let done = 0;
  for (const step of steps)
    for (const files of piecesOf(result.uploads[step])) {
      for (const [path, tag] of await target.write(folder, files)) tags.set(path, tag);
      done += files.length;
      progress?.(done, all.length);
    }
  await target.remove(result.removals);
  const kept = [...site.keys(), ...result.retired];
  const files = kept.map(path => {
    const tag = tags.get(path) ?? found.get(path)!;
    return [path, { hash: site.get(path) ?? state.files[path]?.hash ?? tag, tag }] as const;
  });
  const next: DeployState = { version: 1, files: Object.fromEntries(files), retired: result.retired };
  await target.save(stateFile, JSON.stringify(next));
  history.keep(folder);
  return { ...result, changedStories };
}

/** Number of files that a target writes at once. */
const pieceSize = 2000;

function* piecesOf(files: readonly Upload[]): Generator<Upload[]> {
  for (let start = 0; start < files.length; start += pieceSize) yield files.slice(start, start + pieceSize);
}

/** Refuses to overwrite the work of others, and to remove much of the site. @throws DeployError */
function refuse(
  { conflicts, removals }: DeployResult,
  { files, retired }: DeployState,
  { target, force, maxDeletes, expired }: DeployOptions,
): void {
  if (conflicts.length > 0 && !force)
    throw new DeployError(
      `${target.name} has files that Broadsheet did not write: ${listed(conflicts)}. Check what changed them. To replace them, add --force.`,
    );
  const folders = expired.flatMap(folder => [`${folder}/`, `text/${folder}/`]);
  // The last deployment already stopped using these.
  const waiting = new Set(retired);
  const counted = removals.filter(
    path => !waiting.has(path) && !folders.some(folder => path.startsWith(folder)),
  );
  const most = maxDeletes ?? Math.ceil(Object.keys(files).length / 10);
  if (counted.length > most)
    throw new DeployError(
      `The deployment would remove ${counted.length} files from ${target.name}, more than ${most}: ${listed(counted)}. If that is right, add --max-deletes ${counted.length}.`,
    );
}

const listed = (paths: readonly string[]): string =>
  paths.length > 3 ? `${paths.slice(0, 3).join(', ')} and ${paths.length - 3} more` : paths.join(', ');

/**
 * Finds the pages that are new, or whose own text changed. Without the last site, only new pages are known.
 * @param current absolute path of the site that the last deployment wrote, which may not exist
 */
function findChangedStories({ uploads, added }: DeployResult, folder: string, current: string): string[] {
  return uploads.pages.flatMap(({ path }) => {
    if (path.startsWith('text/')) return [];
    const before = join(current, path);
    if (added.has(path)) return [path];
    if (!isFile(before)) return [];
    return ownTextOf(readText(join(folder, path))) === ownTextOf(readText(before)) ? [] : [path];
  });
}
