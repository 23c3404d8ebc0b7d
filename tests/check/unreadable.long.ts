/**
 * A build reports existing files that its account may not read, with advice. The message names the file, not
 * dist/.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { begin } from '../helpers/cli.ts';
import { makePng } from '../helpers/kitchen-sink.ts';
import { frontMatter, makeSite } from '../helpers/site.ts';

const preload = fileURLToPath(new URL('unreadable.mjs', import.meta.url));
const text = (file: string) =>
  `${file} error file-unreadable This file or folder cannot be read (EACCES: permission denied). Fix its permissions, or replace it with a regular file.`;

const article = `${frontMatter()}![A picture](a.png "Photo: Jane Doe")\n`;
const files = {
  'content/articles/2025/one.md': article,
  'content/articles/2025/two.md': article,
  'content/articles/2025/a.png': makePng(20, 20),
  'templates/own/a.html': 'Nothing uses it.',
  'public/own/a.txt': 'Text.',
};

/**
 * Messages of a build in which paths that contain `part` cannot be read: in a first build, and after an
 * earlier build has read them.
 */
async function complaints(part: string, workers = '1'): Promise<string[][]> {
  const root = makeSite(files);
  const build = async (env = {}) => {
    const { stderr, status } = await begin(root, ['build', '--workers', workers], { preload, env }).ended;
    return { status, lines: stderr.split('\n').filter(line => /^\S+ error /.test(line)) };
  };
  const first = await build({ UNREADABLE: part });
  expect((await build({ UNREADABLE: 'nothing' })).status).toBe(0);
  writeFileSync(join(root, 'content/articles/2025/one.md'), `${article}\nMore.\n`);
  writeFileSync(join(root, 'content/articles/2025/a.png'), makePng(30, 20));
  const second = await build({ UNREADABLE: part });
  expect([first.status, second.status]).toEqual([1, 1]);
  return [first.lines, second.lines];
}

test.each([
  ['one.md', ['content/articles/2025/one.md']],
  ['a.png', ['content/articles/2025/a.png']],
  ['content/site.yaml', ['content/site.yaml']],
  ['articles/2025', ['content/articles/2025']],
  ['templates/own', ['templates/own']],
  ['public/own', ['public/own']],
  ['templates/text', [expect.stringMatching(/^\/.*\/templates\/text$/)]],
  ['templates/home.html', [expect.stringContaining('templates/home.html')]],
])('%s', async (part, named) => {
  for (const lines of await complaints(part))
    expect(lines.map(line => line.replace(/ error .*/, ''))).toEqual(named);
});

test('all of them are reported together', async () => {
  const lines = ['one', 'two'].map(name => text(`content/articles/2025/${name}.md`));
  expect((await complaints('.md'))[0]).toEqual(lines);
});
