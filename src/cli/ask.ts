/** Asks the questions of `broadsheet init` on a terminal. */
import type { Readable, Writable } from 'node:stream';
import { isCancel, select, text } from '@clack/prompts';
import { AnswerError, type Answers, type Circumstances, defaultOf, readers } from '../create/answers.ts';
import { hostNames, hosts } from '../create/hosts.ts';

/** Streams of the terminal; by default those of the process. */
export interface Terminal {
  input?: Readable;
  output?: Writable;
}

/** Questions with a text as their answer, in order. The other answers are options, or have defaults. */
const questions = {
  name: 'What is the name of the publication?',
  languages: 'In which languages? (tags such as en or pt-BR, that of the site first)',
  url: 'At which address will readers find it?',
  desks: 'Which desks does it have? (separated by commas)',
  author: 'Who is the first author?',
} as const satisfies Partial<Record<keyof Answers, string>>;

/**
 * Asks for the folder of the new site.
 * @returns undefined if the user cancels
 */
export async function askFolder(terminal: Terminal = {}): Promise<string | undefined> {
  const answer = await text({
    message: 'In which folder? (a new one, or . for the current one)',
    // An answer replaces a placeholder, but would be added to an initial value.
    placeholder: 'my-publication',
    defaultValue: 'my-publication',
    ...terminal,
  });
  return isCancel(answer) ? undefined : answer.trim();
}

/**
 * Asks every question that `given` does not answer.
 * @returns undefined if the user cancels
 */
export async function askQuestions(
  given: Partial<Answers>,
  circumstances: Circumstances,
  terminal: Terminal = {},
): Promise<Partial<Answers> | undefined> {
  const answers = { ...given };
  for (const key of Object.keys(questions) as (keyof typeof questions)[]) {
    if (key in answers) continue;
    const usual = [defaultOf(key, answers, circumstances)].flat().join(', ');
    const answer = await text({
      message: questions[key],
      placeholder: usual,
      defaultValue: usual,
      validate: value => problemOf(() => readers[key](value || usual)),
      ...terminal,
    });
    if (isCancel(answer)) return undefined;
    Object.assign(answers, { [key]: readers[key](answer) });
  }
  if (answers.host !== undefined) return answers;
  const host = await select({
    message: 'Where will you publish it?',
    options: hostNames.map(name => ({ value: name, label: hosts[name].name })),
    initialValue: defaultOf('host', answers, circumstances),
    ...terminal,
  });
  return isCancel(host) ? undefined : { ...answers, host };
}

function problemOf(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof AnswerError) return error.message;
    throw error;
  }
}
