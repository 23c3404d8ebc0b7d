import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from '../helpers/cli.ts';
import { buildSite, makeSite, readFolder } from '../helpers/site.ts';

const author = { 'content/authors/jane-doe.md': '---\nname: Jane Doe\n---\n' };

/** Current year in the test site's time zone. */
const year = new Intl.DateTimeFormat('en', { year: 'numeric', timeZone: 'America/New_York' }).format();

test('new creates an article that passes check --strict --drafts', () => {
  const root = makeSite(author);
  const { status, stdout, stderr } = run(root, 'new', 'Talks continue in Doha');
  const path = `content/articles/${year}/talks-continue-in-doha.md`;
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toBe(
    `Created ${path} as a draft. When the story is ready, update 'published', and remove the line 'draft: true'.\n`,
  );
  const text = readFileSync(join(root, path), 'utf8');
  expect(text).toMatch(
    /^---\ntitle: Talks continue in Doha\npublished: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d-0[45]:00\ndesk: world\nauthors:\n {2}- jane-doe\ndraft: true\n---\n\n\S/,
  );
  expect(run(root, 'check', '--strict', '--drafts')).toMatchObject({ status: 0, stderr: '' });
});

test('new rejects a headline that it was given before, and leaves the first file unchanged', () => {
  const root = makeSite(author);
  run(root, 'new', 'Talks');
  const before = readFolder(root);
  const { status, stdout, stderr } = run(root, 'new', 'Talks');
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/talks\.md already exists/);
  expect(readFolder(root)).toEqual(before);
});

test('new reports a folder that cannot be written', () => {
  const root = makeSite({ 'content/articles': 'a file' });
  const { status, stderr } = run(root, 'new', 'Talks');
  expect(status).toBe(1);
  expect(stderr).toMatch(/content\/articles\S* cannot be used \((EEXIST|ENOTDIR): /);
});

test('new rejects a headline whose address belongs to an article in a folder', () => {
  const root = makeSite({ [`content/articles/${year}/talks/index.md`]: 'x' });
  expect(run(root, 'new', 'Talks')).toMatchObject({ status: 1, stdout: '' });
});

describe('new creates a file in content/articles/ that passes the check and has the headline', () => {
  test.each([
    ['slashes', 'Either/or\\and'],
    ['a path with ..', '../../../../tmp/evil'],
    ['an absolute path', '/etc/passwd'],
    ['an emoji', 'Rain ☔ over 🇮🇱 Haifa'],
    ['Hebrew', 'השיחות בדוחה נמשכות'],
    ['Hebrew with gershayim', 'צה"ל: "נפגעים"'],
    ['Arabic', 'استمرار المحادثات في الدوحة'],
    ['Chinese', '多哈会谈继续'],
    ['invalid YAML', '"Talks": [continue] {x} #1 & *2 !3 | > % @ `'],
    ['a YAML boolean', 'true'],
    ['a YAML null', 'null'],
    ['a YAML number', '007'],
    ['a YAML date', '2025-03-05'],
    ['a front matter line', '--- talks ---'],
    ['HTML', '<script>alert(1)</script>'],
    ['a line break', 'One\ntwo\r\nthree'],
    ['tabs and terminal escapes', 'One\ttwo \u001b[2J three'],
    ['a Windows device name', 'con'],
    ['index', 'index'],
    ['decomposed letters', 'Cafe\u0301'],
    ['many words', 'The talks in Doha on the release of the hostages go on '.repeat(8)],
    ['many words in Hebrew', 'השיחות בדוחה על שחרור החטופים נמשכות '.repeat(8)],
  ])('%s', async (_, headline) => {
    const root = makeSite(author);
    const { status, stdout, stderr } = run(root, 'new', '--', headline);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const path = /^Created (content\/articles\/\d{4}\/[^/]+\.md) as a draft\. /.exec(stdout)?.[1];
    expect(path).toBeDefined();
    expect(readdirSync(root)).toEqual(['content']);
    const made = Object.keys(readFolder(join(root, 'content'))).filter(name => name.startsWith('articles/'));
    expect(made.map(name => `content/${name}`)).toEqual([path]);
    expect(statSync(join(root, path!)).isFile()).toBe(true);
    // A build reports everything that `check` reports.
    const { ok, diagnostics } = await buildSite(root, { drafts: true, now: Date.now() });
    expect(ok).toBe(true);
    expect(diagnostics.filter(({ ruleId }) => ruleId !== 'headline-length')).toEqual([]);
    const index = readFolder(join(root, 'dist'))['index.html']!;
    const words = headline
      .replace(/["'`\s\p{Cc}]+/gu, ' ')
      .split(' ')
      .filter(word => /^\p{L}+$/u.test(word));
    for (const word of words.slice(0, 5)) expect(index.normalize('NFC')).toContain(word.normalize('NFC'));
  });
});

test.each([
  ['of punctuation', '!!!'],
  ['of spaces', '   '],
  ['of dots', '../..'],
  ['of emoji', '☔🎉'],
  ['empty', ''],
])('a headline %s is rejected and creates nothing', (_, headline) => {
  const root = makeSite(author);
  const { status, stdout, stderr } = run(root, 'new', '--', headline);
  expect([1, 2]).toContain(status);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/headline/i);
  expect(existsSync(join(root, 'content/articles'))).toBe(false);
});

test('new in a site without desks reports that', () => {
  const root = makeSite({ 'content/site.yaml': 'name: x\nurl: https://courier.example/\n' });
  expect(run(root, 'new', 'Talks')).toMatchObject({ status: 1, stderr: expect.stringMatching(/desk/) });
});

test('new in a folder without a site creates nothing', () => {
  const root = makeSite({ 'content/articles/2025/x.md': 'Text.' });
  const { status, stderr } = run(root, 'new', 'Talks', '--root', 'content/articles');
  expect(status).toBe(1);
  expect(stderr).toContain('site-config-absent');
  expect(readdirSync(join(root, 'content/articles'))).toEqual(['2025']);
});
