/** The library, as programs import it: from the sources, and from the package that npm makes of them. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { build, check, formatDiagnostic, parseArticle } from '../src/index.ts';
import {
  frontMatter,
  makeSite,
  packageRoot,
  readFolder,
  temporaryFolder,
  writeFiles,
} from './helpers/site.ts';

const path = 'content/articles/2025/x.md';
const now = Date.parse('2025-06-01T12:00:00Z');

test('build writes a site into dist/ of its folder, and says what it did', async () => {
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

test('check sees unsaved text in place of files, and keeps nothing of it', async () => {
  const root = makeSite({ [path]: `${frontMatter()}Text and [a story](y.md).\n` });
  const messagesWith = async (unsaved?: Record<string, string>) =>
    (await check({ root, now, ...(unsaved && { unsaved }) })).diagnostics.map(formatDiagnostic);
  const [broken] = await messagesWith();
  expect(broken).toMatch(
    /x\.md:6:10 error link-target The file content\/articles\/2025\/y\.md does not exist/,
  );
  const cached = readFolder(join(root, '.cache'));
  // A new file that is not saved yet.
  expect(await messagesWith({ 'content/articles/2025/y.md': `${frontMatter()}Text.\n` })).toEqual([]);
  // Text in the place of a file that exists, and of site.yaml.
  expect(await messagesWith({ [path]: `${frontMatter()}> Words.\n` })).toEqual([
    expect.stringMatching(/x\.md:6:1 warning quote-attribution /),
  ]);
  expect(await messagesWith({ 'content/site.yaml': 'name: X\n' })).toEqual([
    expect.stringMatching(/site\.yaml:1:1 error site-config-missing 'url'/),
  ]);
  expect(await messagesWith()).toEqual([broken]);
  expect(readFolder(join(root, '.cache'))).toEqual(cached);
});

test('check reads unsaved data of a chart', async () => {
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

test('parseArticle gives the structured document, and what is wrong with the article by itself', async () => {
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

const runIn = (folder: string, command: string, ...args: string[]): string =>
  execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

test('the package installs in an empty folder: the command, the examples of the README, and the types work', () => {
  const folder = temporaryFolder();
  // Compiled before the tests, and other tests run what is compiled.
  const [{ filename }] = JSON.parse(
    runIn(packageRoot, 'npm', 'pack', '--ignore-scripts', '--json', '--pack-destination', folder),
  ) as [{ filename: string }];
  writeFileSync(join(folder, 'package.json'), '{"private": true, "type": "module"}\n');
  runIn(folder, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', `./${filename}`);

  mkdirSync(join(folder, 'my-site'));
  writeFiles(join(folder, 'my-site'), {
    'content/site.yaml': 'name: News\nurl: https://news.example/\ndesks: [{id: world, name: World}]\n',
    'content/articles/2026/story.md':
      '---\ntitle: A story\npublished: 2026-03-05T13:00:00Z\ndesk: world\n---\n\nText.\n',
  });
  const command = join(folder, 'node_modules/.bin/broadsheet');
  expect(runIn(join(folder, 'my-site'), command, 'build')).toMatch(/^Built 1 article, /);
  expect(existsSync(join(folder, 'my-site/dist/world/2026/03/story/index.html'))).toBe(true);

  expect(readmeExamples().map(code => runExample(folder, code))).toEqual([
    'Built 1 articles.\n',
    expect.stringMatching(/^1 1 front-matter-missing 'published' is missing/m),
    'A story quote 0\n',
  ]);

  const usesTypes = `import { build, type Article, type BuildResult } from 'broadsheet';
export const titleOf = (article: Article): string => article.meta.title;
export const run = (): Promise<BuildResult> => build({ root: '.' });
// @ts-expect-error: there is no such option
export const wrong = () => build({ rot: '.' });
`;
  writeFileSync(join(folder, 'uses-types.ts'), usesTypes);
  const tsc = join(packageRoot, 'node_modules/typescript/bin/tsc');
  const settings = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--skipLibCheck'];
  const compiled = spawnSync(process.execPath, [tsc, ...settings, 'uses-types.ts'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(compiled.stdout).toBe('');
}, 240_000);

/** The blocks of JavaScript in the README's section on the library. */
function readmeExamples(): string[] {
  const readme = readFileSync(join(packageRoot, 'README.md'), 'utf8');
  const section = /^## As a library$([\s\S]*?)^## /m.exec(readme)![1]!;
  return [...section.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(([, code]) => code!);
}

function runExample(folder: string, code: string): string {
  writeFileSync(join(folder, 'example.js'), code);
  return runIn(folder, process.execPath, 'example.js');
}
