/** The library, imported from its sources. */
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { build, check, formatDiagnostic, parseArticle } from '../src/index.ts';
import { frontMatter, makeSite, readFolder, writeFiles } from './helpers/site.ts';

const path = 'content/articles/2025/x.md';
const now = Date.parse('2025-06-01T12:00:00Z');

test('build writes a site into its dist/ folder, and reports the result', async () => {
  // The bundled scripts may be so new that builds do not trust their timestamps.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 10_000 });
  onTestFinished(() => void vi.useRealTimers());
  const root = makeSite({ [path]: `${frontMatter()}Text.\n` });
  const { ok, articles, diagnostics, config } = await build({ root, now });
  expect({ ok, articles, diagnostics }).toEqual({ ok: true, articles: 1, diagnostics: [] });
  expect(config?.name).toBe('The Test Courier');
  expect(Object.keys(readFolder(join(root, 'dist')))).toContain('world/2025/03/x/index.html');
  expect(await build({ root, now })).toMatchObject({ parsed: 0, planned: false, rendered: 0 });
});

test('build ends early when it is cancelled, and leaves the site unchanged', async () => {
  const root = makeSite({ [path]: `${frontMatter()}Text.\n` });
  await build({ root, now });
  const before = readFolder(join(root, 'dist'));
  writeFiles(root, { [path]: `${frontMatter()}Other text.\n` });
  await expect(build({ root, now, signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  expect(readFolder(join(root, 'dist'))).toEqual(before);
  expect((await build({ root, now })).ok).toBe(true);
});

test('check uses unsaved text instead of files, and saves nothing', async () => {
  const root = makeSite({ [path]: `${frontMatter()}Text and [a story](y.md).\n` });
  const messagesWith = async (unsaved?: Record<string, string>) =>
    (await check({ root, now, ...(unsaved && { unsaved }) })).diagnostics.map(formatDiagnostic);
  const [broken] = await messagesWith();
  expect(broken).toMatch(
    /x\.md:6:10 error link-target The file content\/articles\/2025\/y\.md does not exist/,
  );
  const cached = readFolder(join(root, '.cache'));
  // Checks a new file that exists only as unsaved text.
  expect(await messagesWith({ 'content/articles/2025/y.md': `${frontMatter()}Text.\n` })).toEqual([]);
  // Unsaved text replaces an existing file, and site.yaml.
  expect(await messagesWith({ [path]: `${frontMatter()}> Words.\n` })).toEqual([
    expect.stringMatching(/x\.md:6:1 warning quote-attribution /),
  ]);
  expect(await messagesWith({ 'content/site.yaml': 'name: X\n' })).toContainEqual(
    expect.stringMatching(/site\.yaml:1:1 error site-config-missing The key 'url' is missing/),
  );
  expect(await messagesWith()).toEqual([broken]);
  expect(readFolder(join(root, '.cache'))).toEqual(cached);
});

test('check reads unsaved chart data', async () => {
  const chart = '```chart\ntype: bar\ntitle: Votes\ndata: votes.csv\nx: place\ny: votes\n```\n';
  const root = makeSite({
    [path]: frontMatter() + chart,
    'content/articles/2025/votes.csv': 'place,votes\nA,1\n',
  });
  const unsaved = { 'content/articles/2025/votes.csv': 'place,votes\nA,one\n' };
  expect((await check({ root, now })).diagnostics).toEqual([]);
  expect((await check({ root, now, unsaved })).diagnostics).toMatchObject([
    { file: 'content/articles/2025/votes.csv', code: 'chart-number/words', place: { line: 2, column: 3 } },
  ]);
});

test('parseArticle returns the structured document, and the problems of the article itself', async () => {
  const text = `${frontMatter('people: [Jane Doe]\n')}## A heading\n\n> We agreed.\n>\n> — Jane Doe, mayor\n`;
  const { article, diagnostics } = await parseArticle(text, { path, timeZone: 'America/New_York' });
  expect(diagnostics).toEqual([]);
  expect(article).toMatchObject({
    slug: 'x',
    lang: 'en',
    meta: { title: 'A headline', people: ['Jane Doe'] },
  });
  expect(JSON.stringify(article?.body)).toContain('"speaker":"Jane Doe","role":"mayor"');
  expect(JSON.stringify(article)).not.toContain('"position"');
  const wrong = await parseArticle('---\ntitle: [\n---\n');
  expect(wrong.article).toBe(undefined);
  expect(wrong.diagnostics).toMatchObject([{ ruleId: 'front-matter-yaml', severity: 'error' }]);
});
