/** nginx serves dist/ with the configuration in the README, and no link is broken there. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findBrokenLinks } from '../helpers/crawler.ts';
import { origin, publish, stories, story } from '../helpers/publication.ts';
import { isInstalled, makeReadable, mimeTypes, runServer } from '../helpers/servers.ts';

const absent = !isInstalled('nginx', '-v');
if (absent)
  console.warn('No nginx on the PATH, so these tests are skipped. Install it: apt-get install nginx-light.');

const serveByNginx = (root: string): Promise<string> =>
  runServer(
    'nginx',
    ({ folder, port }) => {
      const template = readFileSync(new URL('nginx.conf.txt', import.meta.url), 'utf8');
      const values: Record<string, string> = { folder, root, port: String(port), mime: mimeTypes() };
      return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name]!);
    },
    (folder, config) => ['-p', folder, '-c', config],
  );

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
    makeReadable(out);
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
