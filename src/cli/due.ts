/** The command `broadsheet due`, for scheduled jobs that should build only when something changes. */
import { packageRoot } from '../base/package.ts';
import { isBuildDue } from '../build/build-if-changed.ts';
import { basePathOf, type Command, clockOf, outOf, rootOf, type Values } from './options.ts';
import { print } from './reporter.ts';

/** Exit code if a build would change nothing. */
const notDue = 3;

export const dueCommand: Command = {
  help: 'Say whether a build would change the site: exit code 0 if it would, 3 if not',
  options: ['root', 'out', 'base-path', 'drafts', 'strict', 'now', 'quiet'],
  run: runDue,
};

async function runDue(values: Values): Promise<number> {
  const isDue = isBuildDue({
    root: rootOf(values),
    packageRoot,
    out: outOf(values),
    basePath: basePathOf(values),
    drafts: values.drafts ?? false,
    strict: values.strict ?? false,
    now: (await clockOf(values)) ?? Date.now(),
  });
  if (!values.quiet)
    print(isDue ? 'A build is due.' : 'Nothing has changed since the last build, and no story is due.');
  return isDue ? 0 : notDue;
}
