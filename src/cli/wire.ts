/** The command `broadsheet wire`. */
import { resolve } from 'node:path';
import { type Command, namesOf, rootOf, type Values } from './options.ts';
import { print, printFailure, printProblem, printRefusal } from './reporter.ts';
import { exitOnSignals } from './signals.ts';
import { printWire } from './wire-reporter.ts';

export const wireCommand: Command = {
  help: 'Write the items of news agencies in FOLDER as stories',
  argument: 'FOLDER',
  options: ['root', 'watch', 'publish-from', 'download', 'allow-private-addresses', 'json', 'quiet'],
  run: runCommand,
};

async function runCommand(values: Values, folder: string): Promise<number> {
  const options = {
    folder: resolve(folder),
    root: rootOf(values),
    publishFrom: namesOf(values['publish-from']),
    download: values.download ?? false,
    allowPrivateAddresses: values['allow-private-addresses'] ?? false,
    now: Date.now,
  };
  const look = { isJson: values.json ?? false, isQuiet: values.quiet ?? false };
  const { runWire, watchWire } = await import('../import/wire.ts');
  const { ImportError } = await import('../import/import-error.ts');
  const { LockedError } = await import('../disk/lock.ts');
  try {
    if (!values.watch) return printWire(await runWire(options), look) ? 1 : 0;
    exitOnSignals();
    const stop = await watchWire(options, {
      report: report => void printWire(report, look),
      watchFailed: error =>
        printProblem(
          `The folder cannot be watched (${error.message}), so items can take up to two seconds to appear. Raise the system's limit on watched files.`,
        ),
      failed: printFailure,
    });
    process.once('exit', stop);
    if (!look.isJson && !look.isQuiet) print(`Watching ${options.folder} (press Ctrl+C to stop)`);
    // A signal ends the process.
    return await new Promise<number>(() => setInterval(() => {}, 2 ** 30));
  } catch (error) {
    if (error instanceof ImportError || error instanceof LockedError) return printRefusal(error.message);
    throw error;
  }
}
