/** A build that would remove most of a site's stories is refused, unless the newsroom wants it. */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { formatDiagnostic } from '../../src/base/diagnostics.ts';
import {
  buildSite,
  frontMatter,
  makeSite,
  readFolder,
  siteYaml,
  testNow,
  writeFiles,
} from '../helpers/site.ts';

const storyFile = (index: number) => `content/articles/2025/story-${index}.md`;
const stories = (count: number, lines = ''): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [storyFile(index), `${frontMatter(lines)}\nText.\n`]),
  );

async function published(count: number, lines = ''): Promise<string> {
  const root = makeSite(stories(count, lines));
  expect((await buildSite(root)).ok).toBe(true);
  return root;
}

function removeStories(root: string, count: number): void {
  for (let index = 0; index < count; index++) rmSync(join(root, storyFile(index)));
}

test('a build that would remove more than half of the stories leaves the site unchanged', async () => {
  const root = await published(10);
  const before = readFolder(join(root, 'dist'));
  removeStories(root, 6);
  const { ok, diagnostics } = await buildSite(root);
  expect(ok).toBe(false);
  expect(diagnostics.map(formatDiagnostic)).toEqual([
    `${root}/dist error output This build would remove 6 of 10 published stories, such as content/articles/2025/story-0.md. Restore their files. If you want to remove the stories, build with --allow-removals.`,
  ]);
  expect(readFolder(join(root, 'dist'))).toEqual(before);
  expect((await buildSite(root, { allowRemovals: true })).ok).toBe(true);
  expect(existsSync(join(root, 'dist/world/2025/03/story-0/index.html'))).toBe(false);
});

test('half of the stories, or stories of a small site, can be removed', async () => {
  const root = await published(10);
  removeStories(root, 5);
  expect((await buildSite(root)).ok).toBe(true);
  const small = await published(9);
  removeStories(small, 9);
  expect((await buildSite(small)).ok).toBe(true);
});

test('stories that move to another file or another address, or expire, are not removed', async () => {
  const root = await published(10, 'expires: 2025-07-01T00:00:00Z\n');
  renameSync(join(root, 'content/articles/2025'), join(root, 'content/articles/archive'));
  expect((await buildSite(root)).ok).toBe(true);
  writeFiles(root, { 'content/site.yaml': `${siteYaml}permalink: /news/:slug/\n` });
  expect((await buildSite(root)).ok).toBe(true);
  expect((await buildSite(root, { now: testNow + 90 * 86_400_000 })).articles).toBe(0);
});

test('stories that become drafts are removed', async () => {
  const root = await published(10);
  writeFiles(root, stories(10, 'draft: true\n'));
  expect((await buildSite(root)).ok).toBe(false);
});
