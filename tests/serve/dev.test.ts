/** `dev` as its users see it: a site is edited while Chromium shows it. */
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { findAccessibilityFaults, launchBrowser } from '../helpers/browser.ts';
import { dev, run, start } from '../helpers/cli.ts';
import {
  frontMatter,
  makeSite,
  packageRoot,
  readFolder,
  siteYaml,
  temporaryFolder,
  writeFiles,
} from '../helpers/site.ts';

const article = 'content/articles/2025/x.md';
const path = 'world/2025/03/x/';
const good = { [article]: `${frontMatter()}\nFirst words.\n` };

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

async function open(address: string, width = 1280): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 800 } });
  onTestFinished(() => context.close());
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

/** Marks a page until it is reloaded. */
const mark = (page: Page) => page.evaluate(() => Object.assign(window, { mark: true }));
const isMarked = (page: Page) => page.evaluate(() => 'mark' in window);

const textOf = (page: Page, text: string) => page.getByText(text).waitFor();
const overlayOf = (page: Page) => page.getByRole('dialog');
const until = (check: () => unknown) => vi.waitFor(check, { timeout: 10_000, interval: 20 });

function get(address: string, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request(address, { headers: { host } }, response => {
      response.destroy();
      resolve(response.statusCode!);
    })
      .on('error', reject)
      .end();
  });
}

describe('the page follows saved changes', () => {
  test('an edited article, however the editor writes it, at the same scroll position', async () => {
    const long = (words: string) => `${frontMatter()}\n${words}\n\n${'Text.\n\n'.repeat(200)}`;
    const root = makeSite({ [article]: long('First words.') });
    const { address, output } = await dev(root);
    const page = await open(address + path);
    // A typeface that loads late would move the content above.
    await page.evaluate(() => document.fonts.ready.then(() => scrollTo(0, 1000)));

    writeFiles(root, { [article]: long('Second words.') });
    await textOf(page, 'Second words.');
    // Text may move by a pixel or two when the browser lays it out again.
    await until(async () => expect(Math.abs((await page.evaluate(() => scrollY)) - 1000)).toBeLessThan(10));

    writeFiles(root, { 'content/articles/2025/x.md.new': long('Third words.') });
    renameSync(join(root, 'content/articles/2025/x.md.new'), join(root, article));
    await textOf(page, 'Third words.');

    // Some editors first empty the file, which `dev` notices, and then write it.
    writeFiles(root, { [article]: '' });
    await new Promise(resolve => setTimeout(resolve, 20));
    writeFiles(root, { [article]: long('Fourth words.') });
    await textOf(page, 'Fourth words.');
    await overlayOf(page).waitFor({ state: 'detached' });

    expect(output()).toMatch(/^Built \d+ files? in \d+ ms \(content\/articles\/2025\/x\.md\)$/m);
    expect(existsSync(join(root, 'dist'))).toBe(false);
  });

  test('the time of the next change is printed once', async () => {
    const later = (date: string) => ({
      'content/articles/2025/later.md': `${frontMatter().replace('2025-03-05T09:00:00-05:00', date)}\nText.\n`,
    });
    const root = makeSite({ ...good, ...later('2099-01-01T00:00:00Z') });
    const { output } = await dev(root);
    const line = 'The next story is due at 2099-01-01T00:00Z.';
    await until(() => expect(output()).toContain(line));
    writeFiles(root, { [article]: `${frontMatter()}\nOther words.\n` });
    await until(() => expect(output()).toContain('x.md)'));
    writeFiles(root, later('2099-01-02T00:00:00Z'));
    await until(() => expect(output()).toContain('2099-01-02T00:00Z'));
    expect(output().split(line).length).toBe(2);
  });

  test('a page stays while others change', async () => {
    const root = makeSite({ ...good, 'content/pages/about.md': '---\ntitle: About\n---\n\nText.\n' });
    const { address } = await dev(root);
    const [about, story] = [await open(`${address}about/`), await open(address + path)];
    await mark(about);
    writeFiles(root, { [article]: `${frontMatter()}\nOther words.\n` });
    await textOf(story, 'Other words.');
    expect(await isMarked(about)).toBe(true);
  });

  test('a style sheet is replaced without reloading the page', async () => {
    const root = makeSite(good);
    const { address, output } = await dev(root);
    const page = await open(address + path);
    await mark(page);
    const tokens = readFileSync(join(packageRoot, 'templates/styles/tokens.css'), 'utf8');
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    for (const [color, computed] of [
      ['#010203', 'rgb(1, 2, 3)'],
      ['#030201', 'rgb(3, 2, 1)'],
    ] as const) {
      writeFiles(root, {
        'templates/styles/tokens.css': tokens.replace(
          '--paper: light-dark(#fdfdfb, #151618)',
          `--paper: ${color}`,
        ),
      });
      await until(async () => expect(await paper()).toBe(computed));
    }
    expect(await isMarked(page)).toBe(true);
    // The old style sheet is removed when the new one has loaded. The build's own style sheet follows.
    await until(async () => expect(await page.locator('link[rel=stylesheet]').count()).toBe(1));

    writeFiles(root, { [article]: 'Text.' });
    await overlayOf(page).waitFor();
    writeFiles(root, {
      'templates/styles/tokens.css': tokens.replace(
        '--paper: light-dark(#fdfdfb, #151618)',
        '--paper: #040506',
      ),
    });
    await until(async () => expect(await paper()).toBe('rgb(4, 5, 6)'));
    await until(() => expect(output().match(/Not built \(templates/g)).toHaveLength(1));
    await page.reload();
    await until(async () => expect(await paper()).toBe('rgb(4, 5, 6)'));
  });

  test('a replaced picture is loaded again', async () => {
    const svg = (width: number) => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20"/>`;
    const root = makeSite({
      'templates/partials/footer.html': `<img src="<%= it.assets.public('a.svg') %>" alt="">`,
      'public/a.svg': svg(20),
    });
    const { address } = await dev(root);
    const page = await open(address);
    writeFiles(root, { 'public/a.svg': svg(30) });
    const width = () => page.evaluate(() => document.querySelector('img')?.naturalWidth);
    await until(async () => expect(await width()).toBe(30));
  });

  test('a new draft appears with a mark, and disappears when it is deleted', async () => {
    const root = makeSite(good);
    const { address } = await dev(root);
    const page = await open(address);
    const draft = 'content/articles/2025/draft.md';
    writeFiles(root, {
      [draft]: `${frontMatter('draft: true\nslug: draft\n').replace('A headline', 'Later')}\nText.\n`,
    });
    const teaser = page.locator('.teaser', { hasText: 'Later' });
    await teaser.getByText('Draft', { exact: true }).waitFor();
    expect(await page.getByText('Draft', { exact: true }).count()).toBe(1);
    const story = await open(`${address}world/2025/03/draft/`);
    await textOf(story, 'Not published yet.');
    rmSync(join(root, draft));
    await teaser.waitFor({ state: 'detached' });
  });

  test('a story appears when it is due', async () => {
    const root = makeSite(good);
    const { address, output } = await dev(root);
    const page = await open(address);
    const due = Date.now() + 4000;
    const story = frontMatter()
      .replace(/published: .*/, `published: ${new Date(due).toISOString()}`)
      .replace('A headline', 'Due');
    writeFiles(root, { 'content/articles/2025/due.md': `${story}\nText.\n` });
    await until(() => expect(output()).toContain('(content/articles/2025/due.md)'));
    await page.reload();
    expect(await page.getByRole('link', { name: 'Due' }).count()).toBe(0);
    expect(Date.now()).toBeLessThan(due);
    await page.getByRole('link', { name: 'Due' }).waitFor();
  });
});

describe('problems appear on the page and in the terminal until they are fixed', () => {
  const hostile = '<img src=x onerror="window.hacked=1"></script><script>window.hacked=1</script>';

  test('an article, with hostile text', async () => {
    const root = makeSite(good);
    const { address, output } = await dev(root);
    const page = await open(address + path);
    await mark(page);
    writeFiles(root, { [article]: `${frontMatter(`topics: ['${hostile}']\n`)}\nWrong words.\n` });
    const overlay = overlayOf(page);
    await overlay.getByText(`${article}:5:10`).waitFor();
    await overlay.getByText(hostile).waitFor();
    await textOf(page, 'First words.');
    expect(await isMarked(page)).toBe(true);
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    expect(await findAccessibilityFaults(page)).toEqual([]);
    expect(output()).toContain(`${article}:5:10 error topic-unknown `);
    expect(output()).toContain(`Not built (${article}): 1 error. `);

    await overlay.getByRole('button', { name: 'Close' }).click();
    await overlay.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '1 error' }).click();
    await page.keyboard.press('Escape');
    await overlay.waitFor({ state: 'detached' });

    writeFiles(root, { [article]: `${frontMatter()}\nRight words.\n` });
    await textOf(page, 'Right words.');
    expect(await page.locator('broadsheet-dev').count()).toBe(0);
    await until(() => expect(output()).toContain(`Fixed: ${article}:5:10 topic-unknown\n`));
  });

  test('a template, a style sheet and site.yaml', async () => {
    const root = makeSite(good);
    const { address, child } = await dev(root);
    const page = await open(address + path);
    const siteYaml = readFileSync(join(root, 'content/site.yaml'), 'utf8');
    for (const [file, wrong, right, place] of [
      ['templates/article.html', "<% layout('base') %>\n<%= it.articel %>", undefined, ':2:1'],
      ['templates/base.html', '<p>\n<% if ( %>', undefined, ':2:1'],
      ['templates/styles/quote.css', '.quote {\n  color: red;\n}\n.x { color', undefined, ':4:11'],
      ['content/site.yaml', `${siteYaml}nam: x\n`, siteYaml, ':10:1'],
    ] as const) {
      writeFiles(root, { [file]: wrong });
      await overlayOf(page).getByText(`${file}${place}`, { exact: true }).waitFor();
      if (right === undefined) rmSync(join(root, file));
      else writeFiles(root, { [file]: right });
      await overlayOf(page).waitFor({ state: 'detached' });
    }
    expect(child.exitCode).toBe(null);
  });

  test('warnings open with a button', async () => {
    const root = makeSite({ [article]: `${frontMatter()}\n> Words.\n` });
    const { address } = await dev(root);
    const page = await open(address, 360);
    await page.getByRole('button', { name: '1 warning' }).click();
    await overlayOf(page).getByText(`${article}:7:1`).waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
  });

  test('a site whose first build fails', async () => {
    const root = makeSite({ [article]: 'Text.' });
    const { address } = await dev(root);
    const page = await open(address);
    await overlayOf(page).getByText(`${article}:1:1`).waitFor();
    writeFiles(root, good);
    await page.getByRole('link', { name: 'A headline' }).waitFor();
    expect(await page.locator('broadsheet-dev').count()).toBe(0);
  });
});

test('requests with the name of another host are rejected', async () => {
  const { address } = await dev(makeSite(good));
  const { port } = new URL(address);
  for (const url of [
    address,
    `${address}.broadsheet/events?path=/`,
    `${address}.broadsheet/client.js?page=`,
  ]) {
    for (const host of [
      'evil.example',
      `127.0.0.1.evil.example:${port}`,
      `evil.example:${port}`,
      'localhost.',
      `evil-127.0.0.1:${port}`,
      `evil.localhost:${port}`,
    ])
      expect([url, host, await get(url, host)]).toEqual([url, host, 403]);
    for (const host of [`127.0.0.1:${port}`, `LOCALHOST:${port}`, '[::1]'])
      expect([url, host, await get(url, host)]).toEqual([url, host, 200]);
  }
});

test('the next port is used if one is taken, a second dev of the site is rejected, and SIGINT ends with 0', async () => {
  const root = makeSite({ ...good, 'dist/mine.txt': 'mine' });
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => taken.once('listening', resolve));
  onTestFinished(() => void taken.close());
  const { port } = taken.address() as AddressInfo;
  const { address, child, ended, output } = await start(root, ['dev', '--port', String(port)]);
  expect(Number(new URL(address).port)).toBeGreaterThan(port);
  expect(output()).toContain(`Port ${port} is in use.`);
  expect(run(root, 'dev')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining(`is already serving this site (process ${child.pid} on `),
  });
  await (await open(address)).getByText('A headline').waitFor();
  child.kill('SIGINT');
  expect(await ended).toEqual({ status: 0, signal: null });
  expect(readFolder(join(root, 'dist'))).toEqual({ 'mine.txt': 'mine' });
  expect(existsSync(join(root, '.cache/.server.lock'))).toBe(false);
});

test('after an error the pages keep their addresses, whatever site.yaml says', async () => {
  const root = makeSite(good);
  const { address, output } = await dev(root);
  const statusOf = async (path: string) => (await fetch(new URL(path, address))).status;
  writeFiles(root, {
    [article]: 'Text.',
    'content/site.yaml': siteYaml.replace(/^url: .*$/m, 'url: https://courier.example/news/'),
  });
  await until(() => expect(output()).toContain('front-matter-absent'));
  expect([await statusOf(`/${path}`), await statusOf(`/news/${path}`)]).toEqual([200, 404]);
  writeFiles(root, good);
  await until(async () => expect(await statusOf(`/news/${path}`)).toBe(200));
});

test('--base-path and --now apply, and the root redirects to the base path', async () => {
  const root = makeSite({ [article]: `${frontMatter().replace('2025-03', '2199-03')}\n> Words.\n` });
  const { address, output } = await dev(root, '--base-path', '/news/', '--now', '2200-01-01T00:00Z');
  expect(address).toMatch(/:\d+\/news\/$/);
  const page = await open(new URL('/', address).href);
  expect(page.url()).toBe(address);
  await page.getByRole('link', { name: 'A headline' }).waitFor();
  expect(output()).toContain('with 1 warning');
});

test.runIf(process.platform === 'linux')(
  '--open opens the address, or reports that no browser could be opened',
  async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'opened');
    mkdirSync(join(folder, 'bin'));
    writeFileSync(
      join(folder, 'bin/xdg-open'),
      `#!/bin/sh\nprintf '%s' "$*" > '${file}.new'\nmv '${file}.new' '${file}'\n`,
    );
    chmodSync(join(folder, 'bin/xdg-open'), 0o755);
    const path = `${join(folder, 'bin')}${delimiter}${process.env.PATH}`;
    const { address } = await start(makeSite(good), ['dev', '--port', '0', '--open'], { PATH: path });
    await until(() => expect(readFileSync(file, 'utf8')).toBe(address));

    const without = await start(makeSite(good), ['dev', '--port', '0', '--open'], { PATH: folder });
    await until(() => expect(without.output()).toContain(`Open ${without.address} yourself.`));
  },
);

test('a folder without a site is rejected', () => {
  const folder = temporaryFolder();
  expect(run(folder, 'dev')).toMatchObject({ status: 1, stderr: expect.stringContaining('--root') });
  expect(readFolder(folder)).toEqual({});
});
