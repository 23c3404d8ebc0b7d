/** Every address of an old site answers: `broadsheet check --urls` and `broadsheet serve` say so. */
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { formatDiagnostic } from '../../src/base/diagnostics.ts';
import { run, serve } from '../helpers/cli.ts';
import { importFrom, makeArchive } from '../helpers/import.ts';
import { answerOf } from '../helpers/servers.ts';
import { buildSite } from '../helpers/site.ts';
import { type WordPressItem, wordPressExport } from '../helpers/wordpress.ts';

const archive = fileURLToPath(new URL('archives/wordpress/source', import.meta.url));

/** Addresses of the archive, and what each returns. */
const answers: Readonly<Record<string, string>> = {
  // Stories
  '/2024/03/classic-text/': '200',
  '/?p=10': '301 /2024/03/classic-text/',
  '/?p=10&utm_source=x': '301 /2024/03/classic-text/',
  '/2024/03/classic-text-before/': '301 /2024/03/classic-text/',
  '/de/2024/03/sprachen/': '200',
  '/he/2024/03/%d7%a9%d7%a4%d7%95%d7%aa/': '200',
  '/?p=43': '301 /he/2024/03/%D7%A9%D7%A4%D7%95%D7%AA/',
  // Pages
  '/about/': '200',
  '/about/contact/': '200',
  '/?page_id=61': '301 /about/contact/',
  // Categories, tags and authors
  '/category/text/': '301 /text-news/',
  '/?cat=2': '301 /text-news/',
  '/category/text/tables/': '301 /topics/tables/',
  '/category/pictures/': '301 /pictures/',
  '/category/gone/': '301 /topics/',
  '/tag/footnotes/': '301 /topics/footnotes/',
  '/tag/gone/': '301 /topics/',
  '/author/desk/': '301 /authors/desk/',
  '/author/guest-desk/': '301 /authors/guest-desk/',
  '/author/gone/': '301 /authors/',
  // Numbered pages of lists
  '/page/2/': '301 /archive/',
  '/category/text/page/2/': '301 /text-news/',
  '/category/text/tables/page/2/': '301 /topics/tables/',
  '/tag/footnotes/page/3/': '301 /topics/footnotes/',
  '/author/desk/page/2/': '301 /authors/desk/',
  // Feeds
  '/feed/': '301 /feed.xml',
  '/feed/atom/': '301 /feed.xml',
  '/comments/feed/': '301 /feed.xml',
  '/?feed=rss2': '301 /feed.xml',
  '/category/text/feed/': '301 /text-news/feed.xml',
  '/tag/footnotes/feed/': '301 /topics/footnotes/feed.xml',
  '/author/desk/feed/': '301 /authors/desk/feed.xml',
  // Archives by date
  '/2024/': '301 /archive/2024/',
  '/2024/03/': '301 /archive/2024/03/',
  // Pages about pictures
  '/red/': '301 /2024/03/classic-text/',
  '/?attachment_id=100': '301 /2024/03/classic-text/',
  // What was not public
  '/status-draft/': '404',
};

async function built(source: string): Promise<string> {
  const { root } = await importFrom(source);
  appendFileSync(join(root, 'content/site.yaml'), 'outputs: {cards: false, search: false}\n');
  const { ok, diagnostics } = await buildSite(root);
  expect(ok, diagnostics.map(formatDiagnostic).join('\n')).toBe(true);
  return root;
}

/** Answers of `check --urls`, by address. */
function checked(root: string, urls: readonly string[]): Record<string, string> {
  writeFileSync(join(root, 'old.txt'), urls.map(url => `https://old.example${url}\n`).join(''));
  const { stdout } = run(root, 'check', '--urls', 'old.txt', '--json');
  const { urls: found } = JSON.parse(stdout) as {
    urls: { url: string; status: number; location?: string }[];
  };
  return Object.fromEntries(
    found.map(({ url, status, location }) => [url, location ? `${status} ${location}` : String(status)]),
  );
}

describe('the addresses of an archive of WordPress', () => {
  test('return what they should, in check and in serve', async () => {
    const root = await built(archive);
    expect(checked(root, Object.keys(answers))).toEqual(answers);
    const { address } = await serve(root);
    const served = await Promise.all(
      Object.keys(answers).map(async url => [url, await answerOf(address, url)] as const),
    );
    expect(Object.fromEntries(served)).toEqual(answers);
  });

  test('do not clash when a page has the address of a feed or an archive', async () => {
    const page = (id: number, name: string): WordPressItem => ({
      id,
      type: 'page',
      name,
      title: name,
      link: `https://old.example/${name}/`,
    });
    const items = [
      { id: 1, terms: ['category:text=Text'] },
      page(2, 'feed'),
      page(3, '2024'),
      page(4, 'archive'),
    ];
    const root = await built(makeArchive({ 'export.xml': wordPressExport(items) }));
    expect(checked(root, ['/feed/', '/2024/', '/archive/', '/2024/03/', '/feed/atom/'])).toEqual({
      '/feed/': '200',
      '/2024/': '200',
      '/archive/': '200',
      '/2024/03/': '301 /archive/2024/03/',
      // A rule for everything below /feed/ would hide the page on some hosts.
      '/feed/atom/': '404',
    });
  });

  test('are few enough for hosts that limit rules', async () => {
    const terms = Array.from({ length: 400 }, (_, n) => `post_tag:tag-${n}=Tag ${n}`);
    const items = [
      { id: 1, terms: ['category:text=Text', ...terms] },
      ...Array.from({ length: 800 }, (_, n) => ({
        id: 1000 + n,
        type: 'attachment',
        parent: 1,
        name: `picture-${n}`,
        attachment: `https://old.example/wp-content/uploads/${n}.jpg`,
      })),
    ];
    const { files } = await importFrom(makeArchive({ 'export.xml': wordPressExport(items) }));
    const sources = [...files['content/site.yaml']!.matchAll(/- from: (.*)/g)].map(([, from]) => from!);
    expect(sources.filter(from => from.endsWith('*')).length).toBeLessThan(100);
    expect(sources.length).toBeLessThan(2000);
  });
});
