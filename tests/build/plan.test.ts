/**
 * The last build's plan is reused if only the text of a source has changed, and the result equals that of a
 * clean build.
 */
import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { formatDiagnostic } from '../../src/base/diagnostics.ts';
import { buildIfChanged } from '../../src/build/build-if-changed.ts';
import { makeSite, packageRoot, readFolder, temporaryFolder, testNow } from '../helpers/site.ts';
import { makePhoto } from '../media/photos.ts';
import { largeSite } from './newsroom.ts';

const edited = 'content/articles/2025/s3.md';
const photo = await makePhoto({ width: 40, height: 30 });

beforeEach(() => {
  // Moves the clock, because a build does not rely on the timestamps of files that have just changed.
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(Date.now() + 10_000);
});
afterEach(() => {
  vi.useRealTimers();
});

const article = (words: string) =>
  `---\ntitle: It met\npublished: 2025-01-01T09:00:00-05:00\ndesk: world\n---\n\n${words}\n`;

const buildAt = (root: string, { now = testNow, strict = false } = {}) =>
  buildIfChanged({ root, packageRoot, out: join(root, 'dist'), drafts: false, strict, now });

async function builtSite(files: Record<string, string | Uint8Array> = {}): Promise<string> {
  const root = makeSite({ ...largeSite(8), ...files });
  await buildAt(root);
  return root;
}

/** Names and contents of the plan's files. */
const planOf = (root: string) =>
  readdirSync(join(root, '.cache'))
    .filter(name => name.startsWith('plan-'))
    .map(name => [name, readFileSync(join(root, '.cache', name), 'latin1')]);

const edit = (root: string, from: string, to: string, path = edited) => {
  const text = readFileSync(join(root, path), 'utf8');
  expect(text).toContain(from);
  writeFileSync(join(root, path), text.replace(from, to));
};

/** Builds after a change, and expects the result of a clean build. */
async function rebuildExactly(root: string, now = testNow) {
  const clean = temporaryFolder();
  cpSync(join(root, 'content'), join(clean, 'content'), { recursive: true });
  const result = await buildAt(root, { now });
  const expected = await buildAt(clean, { now });
  expect(result.diagnostics.map(formatDiagnostic)).toEqual(expected.diagnostics.map(formatDiagnostic));
  expect(readFolder(join(root, 'dist'))).toEqual(readFolder(join(clean, 'dist')));
  return result;
}

test('a text-only change keeps the plan, and updates the page and all its feeds', async () => {
  const root = await builtSite();
  const before = planOf(root);
  for (const words of ['It met on Monday.', 'It met on Tuesday.']) {
    edit(root, '## What it decided', `${words}\n\n## What it decided`);
    const { rendered, parsed } = await rebuildExactly(root);
    // Its page; the feeds of the site, its desk, its topic and its author; and the search.
    expect([parsed, rendered]).toEqual([1, 6]);
  }
  expect(planOf(root)).toEqual(before);
});

test.each([
  ['a headline', 'title: Headline 3', 'title: Another headline'],
  ['a heading', '## What it decided', '## What it did'],
  ['a link', '](s6.md)', '](s5.md)'],
  ['a desk', 'desk: world', 'desk: sport'],
])('%s that changes causes a new plan', async (_, from, to) => {
  const root = await builtSite();
  const before = planOf(root);
  edit(root, from, to);
  await rebuildExactly(root);
  expect(planOf(root)).not.toEqual(before);
  expect(planOf(root)).toHaveLength(before.length);
});

test("the site is planned again if the plan's texts, its lines or all of it are lost", async () => {
  const root = await builtSite();
  const damage = [
    (name: string) => name.endsWith('.texts') && ((bytes: Buffer) => bytes.fill(0)),
    (name: string) => name.endsWith('.texts') && ((bytes: Buffer) => bytes.fill(0, bytes.length >> 1)),
    (name: string) => name.endsWith('.jsonl') && ((bytes: Buffer) => bytes.fill(0, bytes.length >> 1)),
    () => () => Buffer.alloc(0),
  ];
  for (const [round, damageOf] of damage.entries()) {
    for (const [name = ''] of planOf(root)) {
      const spoil = damageOf(name);
      const path = join(root, '.cache', name);
      if (spoil) writeFileSync(path, spoil(readFileSync(path)));
    }
    edit(root, '## What it decided', `Round ${round}.\n\n## What it decided`);
    await rebuildExactly(root);
  }
});

test('a build without changes does nothing, and returns the same result', async () => {
  const root = await builtSite();
  edit(root, 'title: ', 'title: New ');
  const first = await buildAt(root);
  expect(first).toMatchObject({ parsed: 1, planned: true });
  const times = () =>
    readdirSync(join(root, '.cache')).map(name => [name, statSync(join(root, '.cache', name)).mtimeMs]);
  const before = times();
  expect(await buildAt(root)).toEqual({ ...first, parsed: 0, planned: false, rendered: 0 });
  expect(times()).toEqual(before);
});

test('the site is planned again when the prominence of its lead expires', async () => {
  const root = await builtSite();
  edit(root, 'title: ', 'prominence: lead\ntitle: ');
  edit(root, 'timeZone: ', 'leadDays: 60\ntimeZone: ', 'content/site.yaml');
  const published = /^published: (.*)$/m.exec(readFileSync(join(root, edited), 'utf8'))![1]!;
  const end = Date.parse(published) + 60 * 86_400_000;
  const before = await buildAt(root, { now: end - 1 });
  expect(before).toMatchObject({ nextChange: end, nextKind: 'lead-ends', validUntil: end });
  expect(await buildAt(root, { now: end - 1 })).toMatchObject({ planned: false });
  const after = await rebuildExactly(root, end);
  expect(after.planned).toBe(true);
  expect(after.diagnostics.map(({ ruleId }) => ruleId)).toContain('lead-expired');
  expect(before.diagnostics.map(({ ruleId }) => ruleId)).not.toContain('lead-expired');
});

test('the result says what changes next', async () => {
  const root = await builtSite();
  const published = Date.parse(/^published: (.*)$/m.exec(readFileSync(join(root, edited), 'utf8'))![1]!);
  expect(await buildAt(root, { now: published - 1 })).toMatchObject({
    nextChange: published,
    nextKind: 'appears',
  });
  edit(root, 'title: ', `expires: ${new Date(published + 1000).toISOString()}\ntitle: `);
  expect(await buildAt(root, { now: published })).toMatchObject({
    nextChange: published + 1000,
    nextKind: 'expires',
  });
});

test('a build that reuses the plan restores missing files of the output', async () => {
  const root = await builtSite({ 'content/articles/2025/map.png': photo });
  edit(root, 'The council met', '![A map](map.png "A map. Photo: Jane Doe")\n\nThe council met');
  await buildAt(root);
  const before = planOf(root);
  const files = Object.keys(readFolder(join(root, 'dist')));
  for (const kind of [/\.css$/, /^sitemap\.xml$/, /pictures\/.*\.avif$/, /icon\.svg$/, /s4\/index\.html$/])
    rmSync(join(root, 'dist', files.find(path => kind.test(path))!));
  edit(root, '## What it decided', 'It met.\n\n## What it decided');
  await rebuildExactly(root);
  expect(planOf(root)).toEqual(before);
});

test.each([
  ['an error', '```chart\ntype: none\n```', false],
  ['a warning that counts as an error', '> Nobody said so.', true],
])('%s together with a text-only change leaves the site unchanged', async (_, words, strict) => {
  const root = await builtSite({ 'content/articles/2025/s0.md': article('It met.') });
  const before = [readFolder(join(root, 'dist')), planOf(root)];
  edit(root, 'It met.', words, 'content/articles/2025/s0.md');
  const { ok, rendered } = await buildAt(root, { strict });
  expect([ok, rendered, readFolder(join(root, 'dist')), planOf(root)]).toEqual([false, 0, ...before]);
});

test('a message has the current line', async () => {
  const root = await builtSite({ 'content/articles/2025/map.png': photo });
  edit(root, 'The council met', '![A map](map.png)\n\nThe council met');
  await buildAt(root);
  edit(root, '![A map]', 'One line.\n\nAnd another.\n\n![A map]');
  const { diagnostics } = await rebuildExactly(root);
  expect(diagnostics.map(({ ruleId, place }) => [ruleId, place?.line])).toContainEqual(['image-credit', 14]);
});

test('a plan expires when a story leaves the news sitemap after two days', async () => {
  const lines = 'title: It was new\npublished: 2025-06-01T08:00:00-04:00\ndesk: world';
  const root = await builtSite({ 'content/articles/2025/new.md': `---\n${lines}\n---\n\nWords.\n` });
  const end = Date.parse('2025-06-03T08:00:00-04:00');
  for (const [round, now] of [end - 1, end].entries()) {
    edit(root, '## What it decided', `Round ${round}.\n\n## What it decided`);
    await rebuildExactly(root, now);
    const news = readFileSync(join(root, 'dist/news-sitemap.xml'), 'utf8');
    expect(news.includes('It was new')).toBe(now < end);
  }
});

test('a plan expires when a story appears', async () => {
  const path = 'content/articles/2025/due.md';
  const lines = 'title: It is due\npublished: 2025-06-02T09:00:00-04:00\ndesk: world';
  const root = await builtSite({ [path]: `---\n${lines}\n---\n\nWords.\n` });
  const due = Date.parse('2025-06-02T09:00:00-04:00');
  const clocks = [testNow, due - 1, due, due - 1];
  for (const [round, now] of clocks.entries()) {
    edit(root, '## What it decided', `Round ${round}.\n\n## What it decided`);
    expect((await rebuildExactly(root, now)).articles).toBe(now < due ? 8 : 9);
  }
});
