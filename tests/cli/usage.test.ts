/** Help of the commands, and invalid command lines: status 2, no output on stdout, no file written. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from '../helpers/cli.ts';
import { frontMatter, makeSite, packageRoot } from '../helpers/site.ts';

const site = () => makeSite({ 'content/articles/2025/x.md': `${frontMatter()}\nText.\n` });

test('--help lists every command', () => {
  const { status, stdout, stderr } = run('/', '--help');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('Usage: broadsheet COMMAND [OPTIONS]');
  for (const command of ['dev', 'build', 'check', 'serve', 'new', 'import'])
    expect(stdout).toMatch(new RegExp(`^ {2}${command}\\b`, 'm'));
});

test.each([
  ['dev', ['root', 'base-path', 'port', 'open', 'strict', 'now']],
  ['build', ['root', 'out', 'base-path', 'drafts', 'strict', 'json', 'quiet']],
  ['check', ['root', 'base-path', 'drafts', 'strict', 'json', 'quiet']],
  ['serve', ['root', 'out', 'base-path', 'port']],
  ['new', ['root']],
  [
    'import',
    ['into', 'from', 'mapping', 'uploads', 'since', 'limit', 'dry-run', 'download', 'comments', 'json'],
  ],
])('%s --help lists its options and does nothing', (command, options) => {
  const root = site();
  const { status, stdout, stderr } = run(root, command, '--help');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain(`broadsheet ${command}`);
  for (const option of options) expect(stdout).toMatch(new RegExp(`^ {2}--${option}\\b`, 'm'));
  expect(readdirSync(root)).toEqual(['content']);
});

test('--version prints the version of package.json', () => {
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  expect(run('/', '--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
});

describe('is rejected with status 2', () => {
  test.each<[string, string[], RegExp]>([
    ['no command', [], /No command was given\.[\s\S]*Usage: broadsheet/],
    ['an option without a command', ['--strict'], /No command was given\./],
    ['an unknown command, with the nearest', ['biuld'], /Unknown command 'biuld'\. Did you mean 'build'\?/],
    [
      'a completely unknown command, with the existing ones',
      ['deploy-now'],
      /Unknown command 'deploy-now'\. Check the spelling, or use one of these: /,
    ],
    ['no threads', ['build', '--workers', '0'], /'0' is not a valid number of threads\. .* 1 to 256\./],
    [
      'a shard that is also merged',
      ['build', '--shard', '1/2', '--merge'],
      /'--shard' and '--merge' exclude each other\./,
    ],
    ['__proto__ as a command', ['__proto__'], /Unknown command '__proto__'\./],
    ['constructor as a command', ['constructor'], /Unknown command 'constructor'\./],
    [
      'an unknown option, with the nearest',
      ['build', '--stric'],
      /Unknown option '--stric' for 'build'\. Did you mean '--strict'\?/,
    ],
    ['an unknown option of one letter', ['build', '-q'], /Unknown option '-q' for 'build'\./],
    [
      'an option of other commands',
      ['check', '--out', 'x'],
      /'check' has no option '--out'; 'build', 'serve', 'deploy', 'due' and 'watch' have it\. Remove the option, or use another command\./,
    ],
    ['an option of another command', ['build', '--open'], /'build' has no option '--open'; 'dev' has it\./],
    ['__proto__ as an option', ['build', '--__proto__'], /Unknown option '--__proto__' for 'build'\./],
    ['a negated option', ['build', '--no-drafts'], /Unknown option '--no-drafts' for 'build'\./],
    ['an option without its value at the end', ['build', '--out'], /'--out' needs a value/],
    ['an option without its value before another', ['build', '--out', '--strict'], /'--out' needs a value/],
    ['an option with an empty value', ['build', '--out='], /'--out' needs a value/],
    ['a value for an option that has none', ['build', '--strict=yes'], /'--strict' takes no value/],
    ['an argument too many', ['build', 'content'], /Unexpected argument 'content'/],
    [
      'a headline without quotation marks',
      ['new', 'Talks', 'continue'],
      /Unexpected argument 'continue'\. Put the headline in quotation marks\./,
    ],
    ['no headline', ['new'], /'new' needs an argument\. Write broadsheet new "Headline"/],
    ['a port that is not a number', ['serve', '--port', 'http'], /'http' is not a valid port/],
    ['a port out of range', ['serve', '--port', '65536'], /'65536' is not a valid port/],
    ['a base path that is a web address', ['build', '--base-path', 'https://example.org/x/'], /base-path/],
    ['a base path with ..', ['build', '--base-path', '/../x/'], /base-path/],
    ['no source', ['import'], /'import' needs an argument\. Write broadsheet import SOURCE\./],
    [
      'a second source',
      ['import', 'a', 'b'],
      /Unexpected argument 'b'\. Put the source in quotation marks\./,
    ],
    [
      'a number of stories that is a word',
      ['import', 'x', '--limit', 'many'],
      /'many' is not a valid number\. Write, for example, --limit 50\./,
    ],
    ['no stories', ['import', 'x', '--limit', '0'], /'0' is not a valid number/],
    [
      'a day that is a word',
      ['import', 'x', '--since', 'yesterday'],
      /'yesterday' is not a date\. Write, for example, --since 2026-03-01\./,
    ],
    [
      'a site without its scheme',
      ['import', 'x', '--url', 'old.example'],
      /'old\.example' is not the address of a site\. Write, for example, --url https:\/\/old\.example\./,
    ],
    [
      'a time zone with a typing mistake',
      ['import', 'x', '--time-zone', 'Europe/Berlim'],
      /Write --time-zone Europe\/Berlin\./,
    ],
    ['an import that is strict', ['import', 'x', '--strict'], /'import' has no option '--strict'/],
  ])('%s', (_, args, message) => {
    const root = site();
    const { status, stdout, stderr } = run(root, ...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^broadsheet: /);
    expect(readdirSync(root)).toEqual(['content']);
  });
});

test('in a folder without a site, --root is suggested', () => {
  const root = makeSite({});
  const { status, stdout, stderr } = run(root, 'build', '--root', 'content');
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/^content\/site\.yaml error site-config-absent .*--root\.$/m);
  expect(readdirSync(join(root, 'content'))).not.toContain('dist');
});

test('a rejected argument is printed without terminal escapes', () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the output must not contain these
  expect(run('/', 'buil\u001b[2Jd').stderr).not.toMatch(/\u001b/);
});
