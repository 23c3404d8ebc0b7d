/** `broadsheet upgrade-content` renames keys in place, and changes nothing else. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { upgradeContent } from '../../src/cli/upgrade-files.ts';
import { renameKeys } from '../../src/config/rename-keys.ts';
import { type Rename, renames } from '../../src/config/renames.ts';
import { run } from '../helpers/cli.ts';
import { manualFolder, namesIn, tableOf } from '../helpers/manual.ts';
import { makeSite, packageRoot, readFolder } from '../helpers/site.ts';

const oldYaml = `# The Courier, since 1851
name: The Courier   # not "The Courier Post"
url:   https://courier.example/
desks: [{id: world, name: World}]

# Colours of the printed paper
"look":   # as agreed with the designers
    accent: '#0a5c4a'
rules: {look-contrast: "off", 'look-file': warning}   # see below
outputs: {cards: false, search: false}
`;
const newYaml = oldYaml
  .replace('"look":', '"theme":')
  .replace('look-contrast', 'theme-contrast')
  .replace("'look-file'", "'theme-file'");

const story = '---\ntitle: Look\npublished: 2025-03-05T09:00:00-05:00\ndesk: world\n---\n\nlook: not a key\n';

test('a site with old keys gets the new ones, with its comments and its form', () => {
  const root = makeSite({ 'content/site.yaml': oldYaml, 'content/articles/x.md': story });
  expect(run(root, 'check').stderr).toMatch(/site-config-unknown-key .*'look'.* Use 'theme' instead/);
  const before = readFolder(root);
  const printed = [
    'content/site.yaml:7:1 look is now theme (since 0.1.0)',
    'content/site.yaml:9:9 rules.look-contrast is now rules.theme-contrast (since 0.1.0)',
    'content/site.yaml:9:31 rules.look-file is now rules.theme-file (since 0.1.0)',
  ];
  expect(run(root, 'upgrade-content', '--dry-run')).toEqual({
    status: 0,
    stdout: `${printed.join('\n')}\nWould rename 3 keys in 1 file. No file was changed.\n`,
    stderr: '',
  });
  expect(readFolder(root)).toEqual(before);
  expect(run(root, 'upgrade-content')).toEqual({
    status: 0,
    stdout: `${printed.join('\n')}\nRenamed 3 keys in 1 file.\n`,
    stderr: '',
  });
  expect(readFolder(root)).toEqual({ ...before, 'content/site.yaml': newYaml });
  expect(run(root, 'check')).toMatchObject({ status: 0, stderr: '' });
  expect(run(root, 'upgrade-content')).toEqual({
    status: 0,
    stdout: 'All keys have their current names.\n',
    stderr: '',
  });
});

describe('a file is unchanged, and reported,', () => {
  test.each([
    [
      'if it has a merge conflict',
      '<<<<<<< HEAD\nlook: {}\n=======\nlook: {}\n>>>>>>> other\n',
      1,
      /merge conflict/,
    ],
    ['if its YAML has a mistake', 'name: x\nlook: {\n', 3, /The YAML has a mistake/],
    ['if it has the old and the new name', 'theme: {}\nlook: {}\n', 2, /both 'look' and 'theme'/],
    ['if the key is written with an escape', 'name: x\n"l\\x6fok": {}\n', 2, /unusual form/],
  ])('%s', (_, yaml, line, message) => {
    const root = makeSite({ 'content/site.yaml': yaml });
    const { status, stdout, stderr } = run(root, 'upgrade-content');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(new RegExp(`^broadsheet: content/site\\.yaml:${line}:\\d+ `));
    expect(readFileSync(join(root, 'content/site.yaml'), 'utf8')).toBe(yaml);
  });
});

describe('front matter', () => {
  const table: Rename[] = [
    { file: 'article', path: ['lede'], to: 'standfirst', since: '9.0.0' },
    { file: 'article', path: ['sources', 'origin'], to: 'name', since: '9.0.0' },
    { file: 'author', path: ['title'], to: 'role', since: '9.0.0' },
  ];
  const articleOf = (text: string) => renameKeys(text, 'article', table);

  test('is renamed in the kind of document that had the key, and only there', () => {
    const files = {
      'content/articles/x.md': '---\r\ntitle: x\r\nlede: y # z\r\n---\r\n\r\nlede: text\r\n',
      'content/authors/a.md': '---\ntitle: Editor\nlede: no key here\n---\n',
      'content/pages/p.md': '---\ntitle: A page\nlede: no key here\n---\n',
    };
    const root = makeSite(files);
    const { renamed, files: count } = upgradeContent(root, { isDry: false, renames: table });
    expect(count).toBe(2);
    expect(renamed.map(({ file, place, to }) => [file, place.line, to])).toEqual([
      ['content/articles/x.md', 3, 'standfirst'],
      ['content/authors/a.md', 2, 'role'],
    ]);
    expect(readFolder(root)).toMatchObject({
      ...files,
      'content/articles/x.md': '---\r\ntitle: x\r\nstandfirst: y # z\r\n---\r\n\r\nlede: text\r\n',
      'content/authors/a.md': '---\nrole: Editor\nlede: no key here\n---\n',
    });
  });

  test.each([
    ['after a byte order mark', '\ufeff---\nlede: y\n---\n', '\ufeff---\nstandfirst: y\n---\n'],
    ['as a complex key', '---\n? lede\n: y\n---\n', '---\n? standfirst\n: y\n---\n'],
    ['with an anchor', '---\n&a lede: y\n---\n', '---\n&a standfirst: y\n---\n'],
    ['in the text of a value', '---\ntitle: "lede: y"\n---\n', '---\ntitle: "lede: y"\n---\n'],
    ['in a list', '---\nsources: [{origin: y}]\n---\n', '---\nsources: [{origin: y}]\n---\n'],
    ['in a map', '---\nsources: {origin: y}\n---\n', '---\nsources: {name: y}\n---\n'],
    ['without an end', '---\nlede: y\n', '---\nlede: y\n'],
    ['below the front matter', 'Text\n---\nlede: y\n---\n', 'Text\n---\nlede: y\n---\n'],
  ])('%s', (_, text, expected) => {
    const { text: changed, problems } = articleOf(text);
    expect({ changed, problems }).toEqual({ changed: expected, problems: [] });
    expect(articleOf(changed).text).toBe(expected);
  });

  test('keeps the mode of the file', () => {
    const root = makeSite({ 'content/articles/x.md': '---\nlede: y\n---\n' });
    const path = join(root, 'content/articles/x.md');
    const { mode } = statSync(path);
    upgradeContent(root, { isDry: false, renames: table });
    expect(statSync(path).mode).toBe(mode);
  });
});

test('CHANGELOG.md and the manual list every renamed key', () => {
  const rows = tableOf(`${manualFolder}/upgrading.md`, 'old key').map(([from, to, , since]) => [
    ...namesIn(from!),
    ...namesIn(to!),
    since,
  ]);
  expect(rows).toEqual(renames.map(({ path, to, since }) => [path.at(-1), to, since]));
  const changelog = readFileSync(join(packageRoot, 'CHANGELOG.md'), 'utf8');
  expect(renames.length).toBeGreaterThan(0);
  for (const { path, to } of renames) {
    expect(changelog).toContain(`\`${path.at(-1)}\``);
    expect(changelog).toContain(`\`${to}\``);
  }
});
