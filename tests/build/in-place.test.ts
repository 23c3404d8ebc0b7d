/** `--in-place`: the folder of the site is never replaced, only its files. */
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { begin, run } from '../helpers/cli.ts';
import { frontMatter, makeSite, writeFiles } from '../helpers/site.ts';
import { bytesOf } from './newsroom.ts';

const preload = fileURLToPath(new URL('list-moves.mjs', import.meta.url));

const article = (text: string) => `${frontMatter()}\n${text}\n`;
const files = {
  'content/articles/2025/a.md': article('Text.'),
  'content/articles/2025/b.md': article('Text.'),
};

test('the folder stays, and has what a clean build writes', async () => {
  const root = makeSite(files);
  expect(run(root, 'build', '--in-place').stderr).toBe('');
  const { ino } = statSync(join(root, 'dist'));
  rmSync(join(root, 'content/articles/2025/b.md'));
  writeFiles(root, {
    'content/articles/2025/c.md': article('New.'),
    'templates/styles/site.css': 'p { margin: 0 }',
  });
  const { status, stderr } = await begin(root, ['build', '--in-place'], { preload }).ended;
  expect(status, stderr).toBe(0);
  expect(statSync(join(root, 'dist')).ino).toBe(ino);
  const clean = makeSite({ 'content/articles/2025/a.md': files['content/articles/2025/a.md'] });
  writeFiles(clean, {
    'content/articles/2025/c.md': article('New.'),
    'templates/styles/site.css': 'p { margin: 0 }',
  });
  run(clean, 'build');
  expect(bytesOf(join(root, 'dist'))).toEqual(bytesOf(join(clean, 'dist')));

  // Assets come first, and files that refer to others come last.
  const moves = readFileSync(join(root, 'moves.txt'), 'utf8').trimEnd().split('\n');
  const place = (path: RegExp) => moves.flatMap((move, index) => (path.test(move) ? [index] : []));
  const order = [
    /^assets\/.*\.css$/,
    /article\.json$/,
    /^world\/2025\/03\/\w\/index\.html$/,
    /^(?:index|world\/index|archive\/index)\.html$/,
    /(?:feed|atom|rss|sitemap)[^/]*$/,
  ].map(place);
  expect(order.map(({ length }) => length > 0)).toEqual(order.map(() => true));
  for (let index = 1; index < order.length; index++)
    expect(Math.min(...order[index]!)).toBeGreaterThan(Math.max(...order[index - 1]!));
});

test('a build that is stopped half-way is repaired by the next one, in place or not', async () => {
  const root = makeSite(files);
  run(root, 'build');
  for (const [round, options] of [['--in-place'], []].entries()) {
    writeFiles(root, { 'content/articles/2025/a.md': article(`Round ${round}.`) });
    const env = { KILL_AT_MOVE: '3' };
    expect(await begin(root, ['build', '--in-place'], { preload, env }).ended).toMatchObject({
      signal: 'SIGKILL',
    });
    expect(run(root, 'build', ...options)).toMatchObject({ status: 0, stderr: '' });
    const clean = makeSite({ ...files, 'content/articles/2025/a.md': article(`Round ${round}.`) });
    run(clean, 'build');
    expect(bytesOf(join(root, 'dist'))).toEqual(bytesOf(join(clean, 'dist')));
    expect(readdirSync(join(root, 'dist')).filter(name => name.startsWith('.broadsheet-'))).toEqual([]);
  }
});
