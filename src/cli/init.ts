/** The command `broadsheet init`, which the package `create-broadsheet` runs too. */
import { basename, join, relative, resolve } from 'node:path';
import { packageRoot } from '../base/package.ts';
import type { Answers, Circumstances } from '../create/answers.ts';
import type { Created } from '../create/create.ts';
import { exists, listFolder } from '../disk/files.ts';
import { type Command, type OptionName, UsageError, type Values } from './options.ts';
import { print, printProblem, printRefusal } from './reporter.ts';

export const initCommand: Command = {
  help: 'Create a site, without overwriting any file',
  argument: '[folder]',
  options: ['name', 'lang', 'url', 'desks', 'author', 'host', 'time-zone', 'outputs', 'yes'],
  run: runInit,
};

/** Options by the answer that they give, in the order of the questions. */
const flags = {
  name: 'name',
  languages: 'lang',
  url: 'url',
  desks: 'desks',
  author: 'author',
  host: 'host',
  timeZone: 'time-zone',
  outputs: 'outputs',
} as const satisfies Record<keyof Answers, OptionName>;

const keys = Object.keys(flags) as (keyof Answers)[];

async function runInit(values: Values, folder: string): Promise<number> {
  const { createSite } = await import('../create/create.ts');
  const given = await readFlags(values);
  const isInteractive = !values.yes && process.stdin.isTTY && process.stdout.isTTY;
  const needsFolder = folder === '' && !isAlmostEmpty('.') && !hasSite('.');
  if (needsFolder && !isInteractive)
    return printRefusal(
      "The current folder is not empty. Write 'broadsheet init FOLDER' to create a folder, or 'broadsheet init .' to use this one.",
    );
  let target = folder;
  let answers: Answers;
  if (isInteractive) {
    const { askFolder, askQuestions } = await import('./ask.ts');
    const start = needsFolder ? await askFolder() : folder;
    if (start === undefined) return printRefusal('Cancelled. Nothing was written.');
    target = start;
    const asked = hasSite(target) ? given : await askQuestions(given, await circumstancesOf(target));
    if (asked === undefined) return printRefusal('Cancelled. Nothing was written.');
    answers = await withDefaults(asked, target);
  } else answers = await withDefaults(given, target);
  const created = createSite(resolve(target), answers, Date.now());
  const assumed = isInteractive || created.hadSite ? [] : keys.filter(key => !(key in given));
  await report(created, target, answers, assumed);
  return 0;
}

const hasSite = (folder: string): boolean => exists(join(folder, 'content/site.yaml'));

/** Whether a folder has at most the files of a new package or repository, or does not exist. */
const isAlmostEmpty = (folder: string): boolean =>
  listFolder(folder).every(name =>
    /^(\.git|\.gitignore|\.DS_Store|package(-lock)?\.json|node_modules|readme\b.*|licen[cs]e\b.*|.*\.tgz)$/i.test(
      name,
    ),
  );

/** @throws UsageError if the value of an option cannot be used */
async function readFlags(values: Values): Promise<Partial<Answers>> {
  const { AnswerError, readers } = await import('../create/answers.ts');
  const given: Partial<Answers> = {};
  for (const key of keys) {
    const text = values[flags[key]];
    if (text === undefined) continue;
    try {
      Object.assign(given, { [key]: readers[key](text) });
    } catch (error) {
      if (error instanceof AnswerError) throw new UsageError(`--${flags[key]}: ${error.message}`);
      throw error;
    }
  }
  return given;
}

async function circumstancesOf(folder: string): Promise<Circumstances> {
  const { readStarter, starterLanguages } = await import('../create/texts.ts');
  const { locale, timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return {
    folderName: basename(resolve(folder)),
    locale,
    timeZone,
    available: starterLanguages(packageRoot),
    wordsOf: lang => readStarter(packageRoot, lang).words,
  };
}

async function withDefaults(given: Partial<Answers>, folder: string): Promise<Answers> {
  const { defaultOf } = await import('../create/answers.ts');
  const circumstances = await circumstancesOf(folder);
  const answers = { ...given };
  for (const key of keys)
    if (!(key in answers)) Object.assign(answers, { [key]: defaultOf(key, answers, circumstances) });
  return answers as Answers;
}

async function report(
  { written, kept, hadSite, renamed, withoutTexts, install, start }: Created,
  folder: string,
  answers: Answers,
  assumed: readonly (keyof Answers)[],
): Promise<void> {
  const { hostOf } = await import('../create/hosts.ts');
  const where = relative('.', resolve(folder)) || '.';
  if (written.length === 0) print(`Nothing is missing in ${where}.`);
  else print(`Created in ${where}:\n${written.map(path => `  ${path}`).join('\n')}`);
  if (kept.length > 0) print(`\nUnchanged, because they exist: ${kept.join(', ')}`);
  if (hadSite) print('The folder already has a site, so nothing was added to content/.');
  if (assumed.length > 0) {
    print('\nAssumed, because there was no option:');
    for (const key of assumed) print(`  --${flags[key]} "${[answers[key]].flat().join(', ') || 'none'}"`);
    print('You can change all of this later, in the new files.');
  }
  for (const { id, name } of renamed)
    printProblem(
      `The desk '${name}' has the id '${id}', because Broadsheet or a page of the site uses the address of a shorter one.`,
    );
  for (const tag of withoutTexts)
    printProblem(`There is no first story in the language '${tag}'. Write one, as described in the manual.`);
  const { note } = hostOf(answers.host);
  if (note !== undefined) print(`\n${note}`);
  const enter = where === '.' ? '' : `cd ${/^[\w./-]+$/.test(where) ? where : `"${where}"`}`;
  const first = [enter, install ?? ''].filter(part => part !== '').join(' && ');
  print(
    `\nNext:\n${[first, start]
      .filter(part => part !== '')
      .map(line => `  ${line}`)
      .join('\n')}\n\n'npx broadsheet build' then writes the site to dist/, which you publish.`,
  );
}
