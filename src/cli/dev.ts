/** The command `broadsheet dev`. */
import { availableParallelism } from 'node:os';
import { packageRoot } from '../base/package.ts';
import { basePathOf, type Command, clockOf, portOf, rootOf, type Values } from './options.ts';
import {
  createProgress,
  print,
  printDevBuild,
  printFailure,
  printProblem,
  printRefusal,
} from './reporter.ts';
import { exitOnSignals } from './signals.ts';

export const devCommand: Command = {
  help: 'Serve the site on 127.0.0.1, with drafts, and update it as you write',
  options: ['root', 'base-path', 'port', 'open', 'strict', 'now'],
  run: runDev,
};

async function runDev(values: Values): Promise<number> {
  const [basePath, port, now] = [basePathOf(values), portOf(values), await clockOf(values)];
  const { startDev } = await import('../serve/dev.ts');
  // Signals may end the process even during a build: the next build removes the unfinished files.
  exitOnSignals();
  // An exception, for example when a file vanishes while it is being sent, must not end a writer's session.
  process.on('uncaughtException', printFailure);
  const { address, close, closed, problem } = await startDev(
    {
      root: rootOf(values),
      packageRoot,
      basePath,
      strict: values.strict ?? false,
      now,
      workers: availableParallelism(),
      port,
      createProgress: () => createProgress(performance.now()),
    },
    {
      built: printDevBuild,
      watchFailed: error =>
        printProblem(
          `Some folders cannot be watched (${error.message}), so changes can take up to two seconds to appear. Raise the system's limit on watched files.`,
        ),
    },
  );
  if (problem !== undefined) return printRefusal(problem);
  process.once('exit', close);
  const isTaken = port !== undefined && port > 0 && new URL(address).port !== String(port);
  print(`${isTaken ? `Port ${port} is in use. ` : ''}Serving at ${address} (press Ctrl+C to stop)`);
  if (values.open) await openBrowser(address);
  await closed;
  return 0;
}

/** Opens an address in the user's browser, or reports that this failed. */
async function openBrowser(address: string): Promise<void> {
  const fail = () => printProblem(`The browser could not be opened. Open ${address} yourself.`);
  try {
    const { default: open } = await import('open');
    const program = await open(address);
    // On Windows, the promise resolves only when the system's program for opening files has ended, so its
    // exit code may already be known.
    if (program.exitCode !== null && program.exitCode !== 0) fail();
    program.once('exit', code => {
      if (code !== 0) fail();
    });
  } catch {
    fail();
  }
}
