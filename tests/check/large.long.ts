/** Excessively large or deep articles are read, or rejected with a message, within seconds. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { frontMatter, packageRoot, searchYaml, writeFiles } from '../helpers/site.ts';

/** Concurrent tests cannot clean up separately, so the folders are removed after all of them. */
const folder = mkdtempSync(join(tmpdir(), 'broadsheet-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function makeSite(files: Record<string, string>): string {
  const root = mkdtempSync(join(folder, 'site-'));
  writeFiles(root, { 'content/site.yaml': searchYaml, ...files });
  return root;
}

/** Milliseconds of processor time that one build may take. Wall time would fail on a busy machine. */
const limit = 20_000;
/**
 * Milliseconds of wall time after which a build is killed. Several builds run at once, along with other
 * tests.
 */
const patience = 170_000;
const timeout = patience + 10_000;

const tellTime = `data:text/javascript,${encodeURIComponent(
  'process.on("exit", () => { const { user, system } = process.cpuUsage(); process.stderr.write("CPU=" + Math.round((user + system) / 1000)); })',
)}`;

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('');

const articles: Record<string, () => string> = {
  '5 MB of text': () => 'word '.repeat(1_000_000),
  '900 KB in one paragraph': () => 'word '.repeat(180_000),
  '900 KB of blank lines': () => '\n'.repeat(900_000),
  '10,000 headings': () => lines(10_000, i => `## Heading ${i}\n\nText.\n`),
  '10,000 equal headings': () => lines(10_000, () => '## Heading\n\nText.\n'),
  '200 nested block quotes': () => `${'> '.repeat(200)}text`,
  '5,000 nested block quotes': () => `${'> '.repeat(5_000)}text`,
  '100,000 > in a line': () => '>'.repeat(100_000),
  '50,000 [ in a line': () => '['.repeat(50_000),
  '50,000 * in a line': () => '*'.repeat(50_000),
  '20,000 <b> that are not closed': () => '<b>'.repeat(20_000),
  '20,000 rows in a table': () => `| a | b |\n| - | - |\n${lines(20_000, i => `| ${i} | b |`)}`,
  '5,000 footnotes': () => `${lines(5_000, i => `Text[^${i}].\n`)}\n${lines(5_000, i => `[^${i}]: Note.\n`)}`,
  '10,000 lines with entities': () =>
    lines(10_000, i => `a &amp; b ${['&copy;', '&#x41;', '&hellip;'][i % 3]}`),
  '50,000 marks that open emphasis of two kinds': () => '*a _b '.repeat(50_000),
  '100,000 words of two scripts': () => 'word слово '.repeat(50_000),
  '5,000 short rows in a table of 1,000 columns': () =>
    `|${' a |'.repeat(1_000)}\n|${' - |'.repeat(1_000)}\n${lines(5_000, () => '| b |')}`,
  '5,000 links to headings that are not among 2,000': () =>
    `${lines(2_000, i => `## Heading number ${i}\n\nText.\n`)}\n${lines(5_000, i => `[x](#headin-nummer-${i}x)\n`)}`,
  '500 nested lists': () => lines(500, i => `${'  '.repeat(i)}- a`),
};

interface Run {
  milliseconds: number;
  status: number | null;
  stderr: string;
}

/** Builds in a separate process, which can be killed if it never ends. */
function buildArticle(root: string): Promise<Run> {
  const child = spawn(
    process.execPath,
    ['--import', tellTime, join(packageRoot, 'lib/cli.js'), 'build', '--root', root],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: patience,
    },
  );
  let stderr = '';
  let tail = '';
  child.stderr.setEncoding('utf8').on('data', chunk => {
    tail = (tail + chunk).slice(-100);
    if (stderr.length < 200_000) stderr += chunk;
  });
  return new Promise(resolve => {
    child.on('close', status => {
      const milliseconds = Number(/CPU=(\d+)/.exec(tail)?.[1] ?? patience);
      resolve({ milliseconds, status, stderr: stderr.replace(/CPU=\d+$/, '') });
    });
  });
}

function expectAnswer({ status, stderr }: Run): void {
  expect(stderr.slice(0, 2_000)).not.toMatch(/Internal error|call stack|heap out of memory|\.ts:\d|\.js:\d/);
  expect(status, 'was ended by force').not.toBeNull();
  expect([0, 1]).toContain(status);
  if (status === 1) expect(stderr).toMatch(/^content\/articles\/2025\/x\.md(:\d+:\d+)? error /m);
}

test.concurrent.for(Object.entries(articles))('%s', { timeout }, async ([name, body]) => {
  const root = makeSite({ 'content/articles/2025/x.md': `${frontMatter()}\n${body()}\n` });
  const run = await buildArticle(root);
  if (process.env.TIMES) {
    const rule = / (?:error|warning) ([a-z-]+)/.exec(run.stderr)?.[1] ?? '';
    console.log(`TIME ${run.milliseconds} status ${run.status} ${name} ${rule}`);
  }
  expectAnswer(run);
  expect(run.milliseconds).toBeLessThan(limit);
});

test.concurrent.for<[string, () => string]>([
  ['450,000 lines of front matter', () => frontMatter('#\n'.repeat(450_000))],
  ['900,000 blank lines of front matter', () => frontMatter('\n'.repeat(900_000))],
  ['450,000 lines of front matter that is not closed', () => `---\n${'a\n'.repeat(450_000)}`],
  ['a front matter of 20,000 unknown keys', () => frontMatter(lines(20_000, i => `key${i}: x`))],
  ['a front matter of 20,000 aliases', () => frontMatter(`topics: [&a x${', *a'.repeat(20_000)}]\n`)],
  ['a headline of 500,000 letters', () => frontMatter().replace('A headline', 'a'.repeat(500_000))],
  ['a headline of 500,000 words', () => frontMatter().replace('A headline', 'a '.repeat(450_000))],
])('%s', { timeout }, async ([name, article]) => {
  const run = await buildArticle(makeSite({ 'content/articles/2025/x.md': article() }));
  if (process.env.TIMES) console.log(`TIME ${run.milliseconds} status ${run.status} ${name}`);
  expectAnswer(run);
  expect(run.milliseconds).toBeLessThan(limit);
});

/** The parser must accept a depth only if no later stage fails at it, so try several depths. */
describe.concurrent.each<[string, (depth: number) => string]>([
  ['block quotes', depth => `${'> '.repeat(depth)}text`],
  ['lists', depth => `${'- '.repeat(depth)}text`],
  ['emphasis', depth => `${'*a **b '.repeat(depth / 2)}${'** *'.repeat(depth / 2)}`],
  ['strong text', depth => `${'**a '.repeat(depth)}${' b**'.repeat(depth)}`],
  ['inline HTML', depth => `x ${'<b>'.repeat(depth)}text`],
  ['block HTML', depth => '<div>'.repeat(depth)],
  ['boxes', depth => `${'> '.repeat(depth)}[!note] text`],
])('nested %s', (family, make) => {
  test.for([300, 1_000, 4_000])('%i levels deep are read or rejected', { timeout }, async depth => {
    const run = await buildArticle(
      makeSite({ 'content/articles/2025/x.md': `${frontMatter()}\n${make(depth)}\n` }),
    );
    if (process.env.TIMES) console.log(`TIME ${run.milliseconds} status ${run.status} ${family} ${depth}`);
    expectAnswer(run);
  });
});
