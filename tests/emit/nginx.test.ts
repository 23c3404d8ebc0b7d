/** nginx serves dist/ with the configuration in the README, and no link is broken there. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findBrokenLinks } from '../helpers/crawler.ts';
import { origin, publish, stories, story } from '../helpers/publication.ts';
import { temporaryFolder } from '../helpers/site.ts';

const version = spawnSync('nginx', ['-v'], { encoding: 'utf8' });
const absent = version.error !== undefined;
if (absent)
  console.warn('No nginx on the PATH, so these tests are skipped. Install it: apt-get install nginx-light.');

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}

/** Finds nginx's table of media types on Debian, other Linux distributions and Homebrew. */
function mimeTypes(): string {
  const path = [
    '/etc/nginx/mime.types',
    '/usr/local/etc/nginx/mime.types',
    '/opt/homebrew/etc/nginx/mime.types',
  ].find(existsSync);
  if (path === undefined) throw new Error("nginx's mime.types is not where it is known to be");
  return path;
}

/** Runs nginx in the foreground until the test ends. */
async function serveByNginx(root: string): Promise<string> {
  const folder = temporaryFolder();
  const port = await freePort();
  const template = readFileSync(new URL('nginx.conf.txt', import.meta.url), 'utf8');
  const values: Record<string, string> = { folder, root, port: String(port), mime: mimeTypes() };
  const config = join(folder, 'nginx.conf');
  writeFileSync(
    config,
    template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name]!),
  );
  const child: ChildProcess = spawn('nginx', ['-p', folder, '-c', config], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr!.on('data', chunk => {
    errors += chunk;
  });
  const ended = new Promise(resolve => child.once('exit', resolve));
  onTestFinished(async () => {
    child.kill('SIGQUIT');
    await ended;
  });
  const address = `http://127.0.0.1:${port}/`;
  for (let attempt = 0; ; attempt++) {
    try {
      await fetch(address);
      return address;
    } catch {
      if (attempt > 200 || child.exitCode !== null) throw new Error(`nginx does not answer: ${errors}`);
      await setTimeout(25);
    }
  }
}

test('the configuration has no more than ten lines', () => {
  const text = readFileSync(new URL('nginx.conf.txt', import.meta.url), 'utf8');
  const server = /# README: begin\n([\s\S]*?)\s*# README: end/.exec(text)![1]!;
  expect(server.split('\n').filter(line => line.trim() !== '').length).toBeLessThanOrEqual(10);
});

describe.skipIf(absent)('served by nginx', () => {
  const files = {
    ...stories(21),
    'content/articles/2025/story-5.he.md': story(
      {
        title: 'כתבה',
        published: '2025-02-01T00:00:00Z',
        lang: 'he',
        translationOf: 'story-5.md',
        slug: 'כתבה',
      },
      'משפט.',
    ),
  };

  test('no link or fragment is broken', async () => {
    const { out } = await publish(files);
    // Only the owner can read a temporary folder, but nginx's worker is another user if root starts it. Let
    // everyone read it.
    spawnSync('chmod', ['-R', 'a+rX', join(out, '..')]);
    const address = await serveByNginx(out);
    const { broken, pages } = await findBrokenLinks(address, origin);
    expect(broken).toEqual([]);
    expect(pages.size).toBeGreaterThan(30);

    const nowhere = await fetch(`${address}no/such/page/`);
    expect(nowhere.status).toBe(404);
    expect(await nowhere.text()).toContain('Page not found');

    const get = async (path: string) => {
      const response = await fetch(address + path, { redirect: 'manual' });
      return {
        status: response.status,
        type: response.headers.get('content-type'),
        text: await response.text(),
      };
    };
    expect(await get('world/')).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' });
    expect(await get('world')).toMatchObject({ status: 301 });
    expect(await get('feed.xml')).toMatchObject({ status: 200, type: expect.stringMatching(/xml/) });
    expect(await get('feed.json')).toMatchObject({
      status: 200,
      type: expect.stringMatching(/^application\/json/),
    });
    expect((await get('old/5/')).text).toContain('http-equiv="refresh"');
    expect((await get(encodeURI('he/world/2025/01/כתבה/'))).text).toContain('dir="rtl"');
  });
});
