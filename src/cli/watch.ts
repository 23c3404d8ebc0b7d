/** The command `broadsheet watch`: builds, and deploys, whenever something changes. */
import { join } from 'node:path';
import { exists } from '../disk/files.ts';
import { pull } from '../disk/git.ts';
import { watchFolders } from '../disk/watch-folders.ts';
import { build } from '../index.ts';
import { createBuildSchedule } from '../serve/build-schedule.ts';
import { configOf, runDeploy, targetAddress } from './deploy.ts';
import { basePathOf, type Command, outOf, rootOf, type Values, workersOf } from './options.ts';
import { printFailure, printProblem, printResult } from './reporter.ts';
import { exitOnSignals } from './signals.ts';

export const watchCommand: Command = {
  help: 'Build after each change, and at the minute when a story appears or expires',
  options: ['root', 'out', 'base-path', 'strict', 'all', 'quiet', 'workers', 'deploy', 'to', 'max-deletes'],
  run: runWatch,
};

/** Milliseconds between two questions to the repository. */
const pollTime = 60_000;

/** Milliseconds until a failed deployment is repeated. */
const retryTime = 60_000;

async function runWatch(values: Values): Promise<number> {
  exitOnSignals();
  const root = rootOf(values);
  const config = configOf(root);
  // If site.yaml has errors, the build reports them.
  if (values.deploy && config) targetAddress(values, config);
  const schedule = createBuildSchedule(async () => {
    try {
      return await buildAndDeploy(values);
    } catch (error) {
      printFailure(error as Error);
      return Date.now() + retryTime;
    }
  });
  watchFolders([{ root, folders: ['content', 'templates', 'public'] }], {
    changed: paths => schedule.add(paths),
    failed: error =>
      printProblem(
        `Some folders cannot be watched (${error.message}), so changes are found every two seconds.`,
      ),
  });
  await schedule.start();
  if (exists(join(root, '.git')))
    setInterval(() => {
      if (pull(root)) schedule.add([]);
    }, pollTime);
  return new Promise(() => {});
}

/** Builds the site, and deploys it. @returns when to build again, in milliseconds since the epoch */
async function buildAndDeploy(values: Values): Promise<number | undefined> {
  const start = performance.now();
  const out = outOf(values);
  const result = await build({
    root: rootOf(values),
    out,
    basePath: basePathOf(values),
    strict: values.strict ?? false,
    workers: workersOf(values),
  });
  const isQuiet = values.quiet ?? false;
  printResult(result, {
    out,
    start,
    shard: undefined,
    quiet: isQuiet,
    checksUrls: false,
    all: values.all ?? false,
    repeats: true,
  });
  if (!result.ok || !values.deploy) return result.validUntil;
  return (await runDeploy(values)) === 0 ? result.validUntil : Date.now() + retryTime;
}
