/** The text-only edition: every page again below /text/, small, and hidden from search engines. */
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { kitchenSink } from '../helpers/kitchen-sink.ts';
import {
  complaintsOf,
  fileAt,
  linksOf,
  metaOf,
  origin,
  publicationYaml,
  publish,
  stories,
  story,
  unescapeHtml,
} from '../helpers/publication.ts';
import { buildSite, makeSite, packageRoot, readFolder, temporaryFolder } from '../helpers/site.ts';

const hrefsOf = (html: string): string[] =>
  [...html.matchAll(/<a [^>]*?href="([^"]*)"/g)].map(([, href]) => unescapeHtml(href!));

test('every page has a text version, with links in both directions, which is not indexed', async () => {
  const { files } = await publish(stories(25), { basePath: '/news/' });
  const isPage = (path: string) =>
    path.endsWith('.html') && path !== '404.html' && path !== 'search/index.html';
  const pages = Object.keys(files).filter(path => isPage(path) && !path.startsWith('text/'));
  expect(Object.keys(files).filter(path => path.startsWith('text/'))).toEqual(
    pages.map(path => `text/${path}`).sort(),
  );
  for (const path of pages) {
    const [full, text] = [files[path]!, files[`text/${path}`]!];
    if (full.includes('http-equiv="refresh"')) continue;
    const address = path.replace(/(^|\/)index\.html$/, '$1');
    expect(hrefsOf(full), path).toContain(`/news/text/${address}`);
    expect(hrefsOf(text), path).toContain(`/news/${address}`);
    expect(linksOf(text, 'canonical').map(({ href }) => href)).toEqual([`${origin}/news/${address}`]);
    expect(metaOf(text, 'robots')).toEqual(['noindex']);
    expect(text).not.toMatch(/<script|<img|<svg|<video|<audio|<picture/);
  }
});

test('its links stay in the edition: in texts, menus, lists and former addresses', async () => {
  const { files } = await publish({
    ...stories(31),
    'content/site.yaml': publicationYaml.replace('perPage', '  - {text: Logo, url: /logo.png}\nperPage'),
    'content/articles/2025/linking.md': story(
      { title: 'Links', published: '2025-03-01T00:00:00Z', slug: 'linking' },
      '[a](story-1.md) [b](/politics/) [c](/world/page/1/) [d](/world) [e](/old/5/) [f](/about/#who-we-are) [g](/logo.png) [h](#x) [i](https://example.org/) [j](/404.html)\n\n## X\n\nText.',
    ),
  });
  for (const [path, html] of Object.entries(files)) {
    if (!path.startsWith('text/') || html.includes('http-equiv="refresh"')) continue;
    const own = `/${path.slice('text/'.length).replace(/(^|\/)index\.html$/, '$1')}`;
    const leaving = hrefsOf(html).filter(href => href.startsWith('/') && !href.startsWith('/text/'));
    const files = leaving.filter(href => href !== own && !/\.(xml|json|png)$/.test(href));
    expect(files, path).toEqual(path.includes('/linking/') ? ['/404.html'] : []);
  }
  const linking = files['text/world/2025/02/linking/index.html'] ?? '';
  expect(hrefsOf(/<article>(.*)<\/article>/s.exec(linking)![1]!)).toEqual(
    expect.arrayContaining([
      '/text/world/2025/01/story-1/',
      '/text/world/page/1/',
      '/text/politics/',
      '/text/world',
      '/text/old/5/',
      '/text/about/#who-we-are',
      '/logo.png',
      '#x',
      'https://example.org/',
    ]),
  );
  const former = files['text/old/5/index.html']!;
  expect(former).toContain('url=/text/');
  expect(files[fileAt(/url=([^"]*)/.exec(former)![1]!)]).toContain('<h1>Story number 5</h1>');
  expect(files['sitemap.xml']).not.toContain('/text/');
});

test('pictures, charts and recordings are described in words, with links to their files', async () => {
  const root = makeSite(kitchenSink);
  await buildSite(root, { drafts: true });
  const files = readFolder(join(root, 'dist'));
  const html = files['text/world/2025/03/everything/index.html']!;
  expect(html).toMatch(/\[<a href="\/assets\/[^"]+">Picture<\/a>: [^<]+\]/);
  expect(html).toMatch(/<th scope="row">/);
  expect(html).toMatch(/href="\/world\/2025\/03\/everything\/[^"]+\.csv" download/);
  expect(html).toMatch(/\[<a href="[^"]+">Video<\/a>: /);
  expect(html).toMatch(/\[<a href="[^"]+">Audio<\/a>: /);
  for (const href of hrefsOf(html).filter(href => href.startsWith('/')))
    expect(Object.keys(files)).toContain(fileAt(href));
});

test('an address in the edition that has another owner is an error that names both', async () => {
  expect(
    await complaintsOf({
      'content/site.yaml': publicationYaml.replace('topics:', '  - {id: text, name: Text}\ntopics:'),
    }),
  ).toEqual([
    expect.stringMatching(
      /url-conflict The id 'text' is reserved, because Broadsheet uses the address \/text\//,
    ),
  ]);
  expect(
    await complaintsOf({
      'public/text/about/index.html': 'mine',
      'content/pages/about.md': '---\ntitle: A\n---\n\nText.',
    }),
  ).toEqual([expect.stringMatching(/url-conflict .*the text edition of content\/pages\/about\.md/)]);
  expect(await complaintsOf({ 'public/text/mine.txt': 'mine' })).toEqual([]);
});

test('the report with its style sheet has less than 10 KB, and less than 6 KB compressed', async () => {
  const out = join(temporaryFolder(), 'dist');
  await buildSite(packageRoot, { out });
  const files = readFolder(out);
  const page = Object.keys(files).find(path => /^text\/.*white-house.*\/index\.html$/.test(path))!;
  const style = Object.keys(files).find(path => /^assets\/text\..*\.css$/.test(path))!;
  const whole = [files[page]!, files[style]!];
  const sum = (sizeOf: (text: string) => number) => whole.reduce((size, text) => size + sizeOf(text), 0);
  expect(sum(text => Buffer.byteLength(text))).toBeLessThan(10_240);
  expect(sum(text => brotliCompressSync(text).length)).toBeLessThan(6144);
});
