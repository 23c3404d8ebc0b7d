import { request } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run, serve } from '../helpers/cli.ts';
import { buildSite, frontMatter, makeSite, siteYaml, temporaryFolder, writeFiles } from '../helpers/site.ts';

async function built(basePath?: string): Promise<string> {
  const root = makeSite({
    'content/articles/2025/x.md': `${frontMatter()}\nText.\n`,
    'public/a.txt': 'a file',
  });
  expect((await buildSite(root, { basePath })).ok).toBe(true);
  return root;
}

/** Requests a path exactly as written, because fetch would normalize it. */
function get(
  address: string,
  path: string,
  method = 'GET',
  headers = {},
): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, method, headers }, response => {
      let body = '';
      response.setEncoding('utf8').on('data', chunk => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode!, body }));
    })
      .on('error', reject)
      .end();
  });
}

/** Linux answers at all of 127.0.0.0/8, so a server on 0.0.0.0 would answer here. */
test.runIf(process.platform === 'linux')('serve listens on no other address of the machine', async () => {
  const { port } = new URL((await serve(await built())).address);
  await expect(fetch(`http://127.0.0.2:${port}/`)).rejects.toThrow('fetch failed');
});

test('serve answers on 127.0.0.1 with pages, files and the 404 page', async () => {
  const { address } = await serve(await built());
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  expect(await get(address, '/')).toMatchObject({
    status: 200,
    body: expect.stringContaining('The Test Courier'),
  });
  expect(await get(address, '/world/2025/03/x/')).toMatchObject({
    status: 200,
    body: expect.stringContaining('A headline'),
  });
  expect(await get(address, '/a.txt')).toEqual({ status: 200, body: 'a file' });
  expect(await get(address, '/nowhere/')).toMatchObject({
    status: 404,
    body: expect.stringContaining('The Test Courier'),
  });
  expect(await get(address, '/nowhere/', 'HEAD')).toEqual({ status: 404, body: '' });
});

test('serve sends no file outside the site, and keeps running', async () => {
  const { address } = await serve(await built());
  for (const path of [
    '/../content/site.yaml',
    '/%2e%2e/content/site.yaml',
    '/..%2fcontent%2fsite.yaml',
    '/..%5ccontent',
    '//etc/passwd',
    '/%',
    '/%E0%A4%A',
    '/%00',
    `/${'a'.repeat(5000)}`,
    '*',
  ]) {
    const { status, body } = await get(address, path);
    expect([path, status]).toEqual([path, 404]);
    expect(body).not.toContain('timeZone');
  }
  expect((await get(address, '/')).status).toBe(200);
});

test('serve sends a range of a file, and the whole file for an invalid range', async () => {
  const { address } = await serve(await built());
  const part = (range: string) => get(address, '/a.txt', 'GET', { range });
  expect(await part('bytes=2-5')).toEqual({ status: 206, body: 'file' });
  expect(await part('bytes=2-')).toEqual({ status: 206, body: 'file' });
  for (const range of ['bytes=5-2', 'bytes=-2', 'bytes=a-b', 'bytes=0-1,3-4', 'lines=1-2', 'bytes=0-0'])
    expect(await part(range)).toEqual({ status: 200, body: 'a file' });
  expect(await part('bytes=100-200')).toMatchObject({ status: 416 });
});

test('serve hides the marker file of the output folder', async () => {
  const { address } = await serve(await built());
  for (const path of ['/.broadsheet', '/%2ebroadsheet', '/%2Ebroadsheet'])
    expect((await get(address, path)).status).toBe(404);
});

test('serve --base-path serves nothing outside the base path', async () => {
  const root = await built('/news/');
  const { address } = await serve(root, '--base-path', 'news');
  expect(address).toMatch(/:\d+\/news\/$/);
  expect((await get(address, '/news/')).status).toBe(200);
  expect((await get(address, '/news/world/2025/03/x/')).status).toBe(200);
  expect((await get(address, '/')).status).toBe(404);
  expect((await get(address, '/world/2025/03/x/')).status).toBe(404);
  expect((await get(address, '/newspaper/')).status).toBe(404);
});

/** Requests a path, and returns the status and the target of a redirect. */
async function follow(address: string, path: string): Promise<string> {
  const response = await fetch(new URL(path, address), { redirect: 'manual' });
  return [response.status, response.headers.get('location')].filter(Boolean).join(' ');
}

describe('serve applies the redirects of the built site', () => {
  const files = {
    'content/site.yaml': `${siteYaml}redirects: [{from: /feed/*, to: /feed.xml}]\n`,
    'content/articles/2025/x.md': `${frontMatter("aliases: ['/?p=123', /old]\n")}\nText.\n`,
  };

  test('with queries, and below a base path', async () => {
    const root = makeSite(files);
    expect((await buildSite(root, { basePath: '/news/' })).ok).toBe(true);
    const { address } = await serve(root, '--base-path', '/news/');
    const story = '301 /news/world/2025/03/x/';
    expect(await follow(address, '/news/?utm_source=y&p=123')).toBe(story);
    expect(await follow(address, '/news/old/')).toBe(story);
    expect(await follow(address, '/news/feed/rss/')).toBe('301 /news/feed.xml');
    expect(await follow(address, '/news/feed.xml')).toBe('200');
    expect(await follow(address, '/news/?p=12')).toBe('200');
    expect(await follow(address, '/?p=123')).toBe('404');
  });

  test('as built, not as site.yaml says now, and again after the next build', async () => {
    const root = makeSite(files);
    await buildSite(root);
    const { address } = await serve(root);
    expect(await follow(address, '/feed/rss/')).toBe('301 /feed.xml');
    writeFiles(root, { 'content/site.yaml': `${siteYaml}redirects: [{from: /feed/*, to: /atom.xml}]\n` });
    expect(await follow(address, '/feed/rss/')).toBe('301 /feed.xml');
    await buildSite(root);
    expect(await follow(address, '/feed/rss/')).toBe('301 /atom.xml');
  });

  test('without letting browsers remember them', async () => {
    const root = makeSite(files);
    await buildSite(root);
    const { address } = await serve(root);
    const { headers } = await fetch(new URL('/old', address), { redirect: 'manual' });
    expect(headers.get('cache-control')).toBe('no-store');
  });
});

test('serve ends on SIGTERM', async () => {
  const { child, ended } = await serve(await built());
  child.kill('SIGTERM');
  expect(await ended).toEqual({ status: 0, signal: null });
});

test('serve ends on SIGTERM while a connection is open', async () => {
  const { address, child, ended } = await serve(await built());
  await fetch(address);
  child.kill('SIGTERM');
  expect(await ended).toEqual({ status: 0, signal: null });
});

describe('serve rejects', () => {
  test('a folder without a site', () => {
    const { status, stdout, stderr } = run(temporaryFolder(), 'serve');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/Run 'broadsheet build' first/);
  });

  test('a port in use', async () => {
    const root = await built();
    const { address } = await serve(root);
    const { status, stderr } = run(root, 'serve', '--port', new URL(address).port);
    expect(status).toBe(1);
    expect(stderr).toMatch(/Port \d+ cannot be used/);
  });
});

test('serve --out serves another folder', async () => {
  const root = await built();
  const { address } = await serve(temporaryFolder(), '--root', root, '--out', join(root, 'dist'));
  expect((await get(address, '/')).status).toBe(200);
});
