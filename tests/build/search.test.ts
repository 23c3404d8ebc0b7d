/**
 * The search index has the same bytes however it was built, and is rebuilt only if a text in it has changed.
 */
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { formatDiagnostic } from '../../src/base/diagnostics.ts';
import { buildSite, makeSite, searchYaml, testNow, writeFiles } from '../helpers/site.ts';

// In this file, Pagefind ends with each build and starts again for the next one.
vi.unmock('pagefind');

const path = (year: number, n: number) => `content/articles/${year}/story-${n}.md`;
const story = (year: number, n: number, text: string, lines = '') =>
  `---\ntitle: Story ${n} of ${year}\npublished: ${year}-03-0${n}T09:00:00-05:00\ndesk: world\n${lines}---\n\n${text}\n`;

function newsroom(): string {
  const files: Record<string, string> = { 'content/site.yaml': searchYaml };
  for (const year of [2023, 2024, 2025])
    for (const n of [1, 2, 3]) files[path(year, n)] = story(year, n, `The lighthouse of ${year}, part ${n}.`);
  return makeSite(files);
}

async function build(root: string, options: Parameters<typeof buildSite>[1] = {}): Promise<void> {
  const { ok, diagnostics } = await buildSite(root, options);
  expect(ok, diagnostics.map(formatDiagnostic).join('\n')).toBe(true);
}

interface IndexFile {
  bytes: string;
  /** Differs if the file was written again. */
  file: string;
}

/** Reads the index files by path below pagefind/. */
function indexOf(root: string): Record<string, IndexFile> {
  const folder = join(root, 'dist/pagefind');
  const files: Record<string, IndexFile> = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const absolute = join(entry.parentPath, entry.name);
    const { ino, mtimeMs } = statSync(absolute);
    files[absolute.slice(folder.length + 1)] = {
      bytes: readFileSync(absolute, 'base64'),
      file: `${ino} ${mtimeMs}`,
    };
  }
  return files;
}

const bytesOf = (files: Record<string, IndexFile>) =>
  Object.fromEntries(Object.entries(files).map(([path, { bytes }]) => [path, bytes]));

/** Years in which a file is new, has different bytes, or was written again. */
const yearsChanged = (before: Record<string, IndexFile>, after: Record<string, IndexFile>) => [
  ...new Set(
    Object.keys({ ...before, ...after })
      .filter(path => before[path]?.file !== after[path]?.file)
      .map(path => path.slice(0, 4)),
  ),
];

test('is the same in every build, for files in any order, and in incremental builds', async () => {
  const [one, other] = [newsroom(), newsroom()];
  await build(one);
  // Adds one article per build, in an order that differs from that of the files.
  const sources = [2025, 2023, 2024].flatMap(year => [3, 1, 2].map(n => path(year, n)));
  const texts = Object.fromEntries(
    sources.map(source => [source, readFileSync(join(other, source), 'utf8')]),
  );
  for (const source of sources) rmSync(join(other, source));
  for (const source of sources) {
    writeFiles(other, { [source]: texts[source]! });
    await build(other);
  }
  expect(Object.keys(indexOf(one)).filter(path => path.endsWith('pagefind-entry.json'))).toHaveLength(3);
  expect(bytesOf(indexOf(other))).toEqual(bytesOf(indexOf(one)));
  rmSync(join(one, '.cache'), { recursive: true });
  rmSync(join(one, 'dist'), { recursive: true });
  await build(one);
  expect(bytesOf(indexOf(one))).toEqual(bytesOf(indexOf(other)));
});

test('is rebuilt only for the year in which a text, headline or desk has changed', async () => {
  const root = newsroom();
  await build(root);
  let before = indexOf(root);
  const changedBy = async (files: Record<string, string>) => {
    writeFiles(root, files);
    await build(root);
    const after = indexOf(root);
    const years = yearsChanged(before, after);
    before = after;
    return years;
  };
  expect(await changedBy({ [path(2024, 2)]: story(2024, 2, 'A harbour.') })).toEqual(['2024']);
  expect(
    await changedBy({
      [path(2023, 2)]: story(2023, 2, 'The lighthouse of 2023, part 2.', 'standfirst: New.\n'),
    }),
  ).toEqual(['2023']);
  // Readers cannot search these fields, so the index does not contain them.
  expect(
    await changedBy({
      [path(2024, 2)]: story(2024, 2, 'A [harbour](story-1.md).', 'prominence: high\nkicker: Sea\n'),
    }),
  ).toEqual([]);
  expect(await changedBy({ 'content/pages/about.md': '---\ntitle: About\n---\n\nText.\n' })).toEqual([]);
  // The story becomes due when `now` is later.
  writeFiles(root, { [path(2025, 9)]: story(2025, 9, 'Secret.').replace('2025-03-09', '2025-07-09') });
  await build(root);
  expect(yearsChanged(before, indexOf(root))).toEqual([]);
  await build(root, { now: testNow + 60 * 86_400_000 });
  expect(yearsChanged(before, indexOf(root))).toEqual(['2025']);
});

test('comes from the cache if the output is missing, and is rebuilt if the cache is damaged', async () => {
  const root = newsroom();
  await build(root);
  const wanted = bytesOf(indexOf(root));
  const kept = join(root, '.cache/search-2024.jsonl');
  const written = statSync(kept).mtimeMs;
  rmSync(join(root, 'dist'), { recursive: true });
  await build(root);
  expect(statSync(kept).mtimeMs).toBe(written);
  expect(bytesOf(indexOf(root))).toEqual(wanted);
  for (const damage of [
    (text: string) => text.slice(0, text.length / 2),
    (text: string) => text.replace(/[A-Z]{4}/g, 'AAAA'),
    () => '',
  ]) {
    writeFileSync(kept, damage(readFileSync(kept, 'utf8')));
    rmSync(join(root, 'dist'), { recursive: true });
    await build(root);
    expect(bytesOf(indexOf(root))).toEqual(wanted);
  }
});

test('is kept if an edit must not wait for it, until a later build updates it', async () => {
  const root = newsroom();
  await build(root, { keepSearch: true });
  const before = indexOf(root);
  expect(Object.keys(before).length).toBeGreaterThan(10);
  writeFiles(root, { [path(2025, 1)]: story(2025, 1, 'A harbour.') });
  await build(root, { keepSearch: true });
  expect(yearsChanged(before, indexOf(root))).toEqual([]);
  await build(root);
  expect(yearsChanged(before, indexOf(root))).toEqual(['2025']);
});
