/** The command `broadsheet serve`. */
import { basePathOf, type Command, outOf, portOf, rootOf, type Values } from './options.ts';
import { print, printRefusal, shownFolder } from './reporter.ts';
import { exitOnSignals } from './signals.ts';

export const serveCommand: Command = {
  help: 'Serve the built site on 127.0.0.1',
  options: ['root', 'out', 'base-path', 'port'],
  run: runServe,
};

async function runServe(values: Values): Promise<number> {
  const [basePath, port] = [basePathOf(values), portOf(values)];
  exitOnSignals();
  const { serveFolder } = await import('../serve/static-server.ts');
  const folder = outOf(values);
  const { address, closed, problem } = await serveFolder({ folder, root: rootOf(values), basePath, port });
  if (problem !== undefined) return printRefusal(problem);
  print(`Serving ${shownFolder(folder)} at ${address} (press Ctrl+C to stop)`);
  await closed;
  return 0;
}
