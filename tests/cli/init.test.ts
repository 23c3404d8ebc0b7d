/** `broadsheet init`: its options, its questions and what it prints. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { askQuestions } from '../../src/cli/ask.ts';
import type { Answers, Circumstances } from '../../src/create/answers.ts';
import { run } from '../helpers/cli.ts';
import { readFolder, temporaryFolder, writeFiles } from '../helpers/site.ts';

const yamlOf = (root: string) => parse(readFileSync(join(root, 'content/site.yaml'), 'utf8'));

test('with options, creates the site that they describe, and prints two commands', () => {
  const folder = temporaryFolder();
  const options = {
    name: 'Le Courrier',
    lang: 'fr, en-GB',
    url: 'https://courrier.example/',
    desks: 'Monde, Culture et idées, Archive',
    author: 'La rédaction',
    host: 'gitlab-pages',
    'time-zone': 'Europe/Paris',
    outputs: 'search',
  };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const { status, stdout, stderr } = run(folder, 'init', 'le courrier', ...args);
  expect(status).toBe(0);
  expect(stderr).toBe(
    "broadsheet: The desk 'Archive' has the id 'archive-desk', because Broadsheet or a page of the site uses the address of a shorter one.\n",
  );
  const root = join(folder, 'le courrier');
  expect(yamlOf(root)).toMatchObject({
    name: 'Le Courrier',
    url: 'https://courrier.example/',
    lang: 'fr',
    timeZone: 'Europe/Paris',
    desks: [
      { id: 'monde', name: 'Monde' },
      { id: 'culture-et-idées', name: 'Culture et idées' },
      { id: 'archive-desk', name: 'Archive' },
    ],
    outputs: { cards: false },
  });
  const paths = Object.keys(readFolder(root));
  expect(stdout).toMatch(/^Created in le courrier:\n/);
  for (const path of paths) expect(stdout).toContain(`\n  ${path}\n`);
  expect(paths.join('\n')).toMatch(/bienvenue\/index\.en-GB\.md\n/);
  expect(paths).toContain('.gitlab-ci.yml');
  expect(stdout).not.toContain('Assumed');
  expect(stdout).toMatch(
    /\nNext:\n {2}cd "le courrier" && npm install\n {2}npm run dev\n\n'npx broadsheet build' [^\n]*\n$/,
  );
  expect(run(root, 'check', '--quiet').status).toBe(0);
});

test('without a terminal, asks nothing and says what it has assumed', () => {
  const folder = temporaryFolder();
  const { status, stdout, stderr } = run(folder, 'init', 'the-daily_planet');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  for (const line of [
    '--name "The Daily Planet"',
    '--url "https://the-daily-planet.example/"',
    '--host "none"',
    '--outputs "cards, search"',
  ])
    expect(stdout).toContain(`\n  ${line}\n`);
  expect(run(join(folder, 'the-daily_planet'), 'init', '.', '--yes').stdout).toContain(
    'The folder already has a site, so nothing was added to content/.',
  );
});

test('without a folder, uses the current one only if it is new', () => {
  const folder = temporaryFolder();
  writeFiles(folder, { 'package.json': '{}', 'x.tgz': '', '.git/HEAD': '' });
  const { status, stdout } = run(folder, 'init');
  expect(status).toBe(0);
  expect(stdout).toContain('  --name "Broadsheet Test ');
  expect(stdout).toMatch(
    /\nNext:\n {2}npm install file:\S+ @takumi-rs\/core@\S+ pagefind@\S+\n {2}npx broadsheet dev\n\n'npx broadsheet build' [^\n]*\n$/,
  );
  const other = temporaryFolder();
  writeFiles(other, { 'notes.txt': '' });
  expect(run(other, 'init')).toEqual({
    status: 1,
    stdout: '',
    stderr:
      "broadsheet: The current folder is not empty. Write 'broadsheet init FOLDER' to create a folder, or 'broadsheet init .' to use this one.\n",
  });
  expect(Object.keys(readFolder(other))).toEqual(['notes.txt']);
  expect(run(other, 'init', '.').status).toBe(0);
});

describe('rejects, and writes nothing for,', () => {
  test.each([
    ['--lang', 'english', /--lang: 'english' is not the tag of a known language\. Did you mean 'en'\?/],
    ['--lang', ' , ', /--lang: The list of languages is empty/],
    ['--url', 'courier.example', /--url: 'courier\.example' is not a valid site address/],
    ['--desks', ',', /--desks: A site needs at least one desk/],
    ['--host', 'github', /--host: 'github' is not a known host/],
    ['--host', 'netlfy', /Did you mean 'netlify'\?/],
    [
      '--time-zone',
      'Berlin',
      /--time-zone: 'Berlin' is not a known time zone\. Did you mean 'Europe\/Berlin'\?/,
    ],
    ['--outputs', 'feeds', /--outputs: 'feeds' is not an output that needs a package/],
    ['--name', ' ', /--name: The name is empty/],
  ])('%s "%s"', (option, value, message) => {
    const folder = temporaryFolder();
    const { status, stdout, stderr } = run(folder, 'init', 'x', option, value);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(readFolder(folder)).toEqual({});
  });

  test('two folders', () => {
    expect(run(temporaryFolder(), 'init', 'my', 'site')).toMatchObject({
      status: 2,
      stderr: "broadsheet: Unexpected argument 'site'. Put the folder in quotation marks.\n",
    });
  });
});

describe('on a terminal', () => {
  const circumstances: Circumstances = {
    folderName: 'the-courier',
    locale: 'de-AT',
    timeZone: 'Europe/Vienna',
    available: ['de', 'en'],
    wordsOf: lang => ({ desk: lang === 'de' ? 'Nachrichten' : 'News', author: 'Redaktion' }),
  };

  /** Types keys in answer to one question after the other. Returns the answers, and what was printed. */
  async function answer(keys: readonly string[], given: Partial<Answers> = {}) {
    const input = new PassThrough();
    const output = new PassThrough();
    let printed = '';
    let waiting = [...keys];
    output.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      // A question has been printed, so the next keys belong to it.
      if (!/◆|▲/.test(chunk.toString())) return;
      const [next, ...rest] = waiting;
      waiting = rest;
      if (next !== undefined) setImmediate(() => input.write(next));
    });
    const answers = await askQuestions(given, circumstances, { input, output });
    return { answers, printed };
  }

  const enter = '\r';

  test('Enter accepts what is suggested', async () => {
    const { answers } = await answer([enter, enter, enter, enter, enter, enter]);
    expect(answers).toEqual({
      name: 'The Courier',
      languages: ['de'],
      url: 'https://the-courier.example/',
      desks: ['Nachrichten'],
      author: 'Redaktion',
      host: 'none',
    });
  });

  test('options answer their questions', async () => {
    const given: Partial<Answers> = { name: 'X', languages: ['en'], desks: ['A'], host: 'netlify' };
    const { answers, printed } = await answer([enter, enter], given);
    expect(answers).toEqual({ ...given, url: 'https://x.example/', author: 'Redaktion' });
    expect(printed).not.toContain('What is the name');
    expect(printed).not.toContain('Which desks');
  });

  test('Ctrl+C cancels at any question', async () => {
    expect((await answer(['\x03'])).answers).toBeUndefined();
    expect((await answer([enter, enter, '\x03'])).answers).toBeUndefined();
    expect((await answer([enter, enter, enter, enter, enter, '\x03'])).answers).toBeUndefined();
  });
});
