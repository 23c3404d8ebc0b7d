/** dist/ on another mount than the site, where its folder cannot be exchanged. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, type TestContext, test } from 'vitest';
import { begin, type Circumstances, run } from '../helpers/cli.ts';
import { frontMatter, makeSite, writeFiles } from '../helpers/site.ts';
import { bytesOf } from './newsroom.ts';

const files = {
  'content/articles/2025/a.md': `${frontMatter()}\nText.\n`,
  'content/articles/2025/b.md': `${frontMatter()}\nText.\n`,
};

const mount = (ctx: TestContext, folder: string, ...options: string[]) => {
  const { status, stderr } = spawnSync('mount', [...options, folder], { encoding: 'utf8' });
  if (status !== 0) ctx.skip(`no file system can be mounted here: ${stderr}`);
  onTestFinished(() => void spawnSync('umount', [folder]));
};

/** Builds the site in a changed state, and expects what a clean build elsewhere produces. */
async function expectExact(root: string, circumstances: Circumstances = {}): Promise<void> {
  const build = () => begin(root, ['build'], circumstances).ended;
  expect(await build()).toMatchObject({ status: 0, stderr: '' });
  rmSync(join(root, 'content/articles/2025/b.md'));
  writeFiles(root, { 'content/articles/2025/c.md': `${frontMatter()}\nNew.\n` });
  for (let round = 0; round < 2; round++) expect(run(root, 'build')).toMatchObject({ status: 0, stderr: '' });
  const clean = makeSite({ ...files, 'content/articles/2025/c.md': `${frontMatter()}\nNew.\n` });
  rmSync(join(clean, 'content/articles/2025/b.md'));
  run(clean, 'build');
  expect(bytesOf(join(root, 'dist'))).toEqual(bytesOf(join(clean, 'dist')));
  expect(readdirSync(join(root, 'dist')).filter(name => name.startsWith('.broadsheet-'))).toEqual([]);
  expect(readdirSync(root).filter(name => name.startsWith('.dist'))).toEqual([]);
}

test('a file system of its own', async ctx => {
  const root = makeSite(files);
  mkdirSync(join(root, 'dist'));
  mount(ctx, join(root, 'dist'), '-t', 'tmpfs', 'broadsheet-test');
  await expectExact(root);
});

test('another folder of the same file system', async ctx => {
  const root = makeSite(files);
  for (const name of ['dist', '.volume']) mkdirSync(join(root, name));
  mount(ctx, join(root, 'dist'), '--bind', join(root, '.volume'));
  await expectExact(root);
});

test('a cache on another file system', async ctx => {
  const root = makeSite(files);
  mkdirSync(join(root, '.cache'));
  mount(ctx, join(root, '.cache'), '-t', 'tmpfs', 'broadsheet-test');
  await expectExact(root);
});

test('a folder that the system does not move, such as one of a container image', async () => {
  const preload = fileURLToPath(new URL('no-move.mjs', import.meta.url));
  await expectExact(makeSite(files), { preload, env: { NO_MOVE: '.dist-old', NO_MOVE_CODE: 'EXDEV' } });
});
