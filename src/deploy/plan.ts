/** Compares a built site with a target, and plans what a deployment writes and removes. */
import { compareText } from '../base/diagnostics.ts';
import { type Step, steps } from '../disk/write-order.ts';
import { createStepOf } from './order.ts';
import type { Upload } from './target.ts';

/** What the last deployment wrote to a target, as `stateFile` records it. */
export interface DeployState {
  version: 1;
  /** Files that deployments wrote: the MD5 of each, and its tag at the target. */
  files: Record<string, { hash: string; tag: string }>;
  /** MD5 of each file that an unfinished deployment was going to write; absent after a complete one. */
  pending?: Record<string, string>;
  /** Assets that the site no longer has. Pages that readers have open may need them until the next deployment. */
  retired?: string[];
}

export interface DeployPlan {
  /** Files to write, by step. */
  uploads: Record<Step, Upload[]>;
  /** Uploads that the target did not have. */
  added: ReadonlySet<string>;
  /** Files to remove. */
  removals: string[];
  /** Assets that only the next deployment removes. */
  retired: string[];
  /** Number of unchanged files. */
  unchanged: number;
  /** Files that someone else changed, and that this deployment would replace or remove. */
  conflicts: string[];
  /** Number of files that no deployment has written, and that stay. */
  foreign: number;
}

export interface PlanInput {
  /** MD5 of each file of the site, by path. */
  site: ReadonlyMap<string, string>;
  /** Tag of each file of the target, by path. */
  target: ReadonlyMap<string, string>;
  state: DeployState;
  /** Ids of the site's desks. */
  desks: ReadonlySet<string>;
}

/** Name of a file that an interrupted deployment was writing. */
const unfinished = /\.\d+\.tmp$/;

/** Plans a deployment. */
export function planDeployment({ site, target, state, desks }: PlanInput): DeployPlan {
  const stepOf = createStepOf(desks);
  const pending = new Map(Object.entries(state.pending ?? {}));
  const known = new Map(Object.entries(state.files));
  const uploads = Object.fromEntries(steps.map(step => [step, [] as Upload[]])) as DeployPlan['uploads'];
  const [added, conflicts] = [new Set<string>(), [] as string[]];
  /** Whether a deployment wrote what the target has at a path. */
  const isOurs = (path: string, tag: string) => tag === known.get(path)?.tag || tag === pending.get(path);
  const isCurrent = (path: string, hash: string, tag: string | undefined) =>
    tag !== undefined && (tag === hash || (tag === known.get(path)?.tag && hash === known.get(path)?.hash));

  let unchanged = 0;
  for (const [path, hash] of site) {
    const tag = target.get(path);
    if (isCurrent(path, hash, tag)) {
      unchanged++;
      continue;
    }
    uploads[stepOf(path)].push({ path, hash });
    if (tag === undefined) added.add(path);
    else if (!isOurs(path, tag)) conflicts.push(path);
  }
  const [removals, retired] = [[] as string[], [] as string[]];
  const waiting = new Set(state.retired);
  let foreign = 0;
  for (const [path, tag] of target) {
    if (site.has(path)) continue;
    if (unfinished.test(path)) removals.push(path);
    else if (!known.has(path) && !pending.has(path)) foreign++;
    else if (!isOurs(path, tag)) conflicts.push(path);
    else if (waiting.has(path) || stepOf(path) !== 'assets') removals.push(path);
    else retired.push(path);
  }
  // New pages come first, because changed pages may lead to them.
  const rank = ({ path }: Upload) => (added.has(path) ? 0 : 1);
  for (const list of Object.values(uploads))
    list.sort((a, b) => rank(a) - rank(b) || compareText(a.path, b.path));
  return { uploads, added, removals, retired, unchanged, conflicts: conflicts.sort(compareText), foreign };
}
