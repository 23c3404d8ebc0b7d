/** The command `broadsheet upgrade-content`. */
import { type Command, rootOf, type Values } from './options.ts';
import { print, printProblem } from './reporter.ts';

export const upgradeContentCommand: Command = {
  help: 'Rename keys whose names have changed in a new version',
  options: ['root', 'dry-run'],
  run: runUpgrade,
};

async function runUpgrade(values: Values): Promise<number> {
  const { upgradeContent } = await import('./upgrade-files.ts');
  const isDry = values['dry-run'] ?? false;
  const { renamed, problems, files } = upgradeContent(rootOf(values), { isDry });
  for (const { file, place, from, to, since } of renamed)
    print(`${file}:${place.line}:${place.column} ${from} is now ${to} (since ${since})`);
  for (const { file, place, ...problem } of problems)
    printProblem(`${file}:${place.line}:${place.column} ${problemText(problem)}`);
  if (renamed.length > 0) {
    const keys = `${renamed.length} ${renamed.length === 1 ? 'key' : 'keys'} in ${files} ${files === 1 ? 'file' : 'files'}`;
    print(isDry ? `Would rename ${keys}. No file was changed.` : `Renamed ${keys}.`);
  } else if (problems.length === 0) print('All keys have their current names.');
  return problems.length === 0 ? 0 : 1;
}

/** @param kind as in `RenameProblem` */
function problemText({ kind, from, to }: { kind: string; from?: string; to?: string }): string {
  switch (kind) {
    case 'conflict':
      return 'The file has a merge conflict. Resolve it, then run the command again.';
    case 'yaml':
      return "The YAML has a mistake, so the file is unchanged. 'broadsheet check' describes it; run the command again after you have fixed it.";
    case 'both':
      return `The file has both '${from}' and '${to}', its new name. Move what you need from '${from}' to '${to}', and remove '${from}'.`;
    default:
      return `'${from}' is now '${to}', but it is written in an unusual form. Rename it yourself.`;
  }
}
