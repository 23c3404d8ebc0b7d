/** Types of stories on their pages, in lists and in feeds. */
import { expect, test } from 'vitest';
import { workTypes } from '../../src/article/keys.ts';
import { origin, publish, story, thingOf } from '../helpers/publication.ts';

const body = `See [the shop](https://shop.example/) and [this page](/about/).

> Buy it.
>
> — The Shop, <https://shop.example/words>
`;
const sources = [{ name: 'Reuters', url: 'https://reuters.example/' }, { name: 'AFP' }];

test('every type but news is a label above the headline, also in the text edition', async () => {
  const { files } = await publish(
    Object.fromEntries(workTypes.map(type => [`content/articles/2025/${type}.md`, story({ type })])),
  );
  for (const type of workTypes) {
    const label = (type.charAt(0).toUpperCase() + type.slice(1)).replace('-', ' ');
    const html = files[`world/2025/03/${type}/index.html`]!;
    expect([type, html.includes(`<span class="type-of-work">${label}</span>`)]).toEqual([
      type,
      type !== 'news',
    ]);
    const text = files[`text/world/2025/03/${type}/index.html`]!;
    expect([type, text.includes(`<strong>${label}</strong>`)]).toEqual([type, type !== 'news']);
  }
});

test('an agency story names its agencies, if they are known', async () => {
  const { files } = await publish({
    'content/articles/2025/named.md': story({ type: 'agency', sources }),
    'content/articles/2025/unnamed.md': story({ type: 'agency' }),
  });
  const html = files['world/2025/03/named/index.html']!;
  expect(html).toContain('<span class="agency">Reuters and AFP</span>');
  expect(html).toContain('<dd>Supplied by Reuters and AFP.</dd>');
  expect(files['text/world/2025/03/named/index.html']).toContain('· Reuters and AFP');
  expect(files['world/2025/03/unnamed/index.html']).toContain('<dd>Supplied by a news agency.</dd>');
});

test('a sponsored story is labelled everywhere, and its links to other sites say so', async () => {
  const { files } = await publish(
    {
      'content/articles/2025/ad.md': story(
        { type: 'sponsored', title: 'An offer', sources, published: '2025-03-06T09:00:00-05:00' },
        body,
      ),
      'content/articles/2025/own.md': story({ title: 'A vote', sources, related: ['ad.md'] }, body),
      'content/pages/about.md': '---\ntitle: About\n---\n\nText.\n',
    },
    { now: Date.parse('2025-03-06T15:00:00Z') },
  );
  const ad = files['world/2025/03/ad/index.html']!;
  const own = files['world/2025/03/own/index.html']!;
  const relsOf = (html: string) =>
    [...html.matchAll(/<a\b[^>]*(?:shop|reuters)\.example[^>]*>/g)].map(
      ([tag]) => / rel="([^"]*)"/.exec(tag)?.[1],
    );
  expect(relsOf(ad)).toEqual(['sponsored', 'sponsored', 'sponsored']);
  expect(relsOf(files['text/world/2025/03/ad/index.html']!)).toEqual(['sponsored', 'sponsored', 'sponsored']);
  expect(relsOf(own)).toEqual([undefined, undefined, undefined]);
  expect(ad).toContain('<a href="/about/">this page</a>');
  expect(thingOf(ad, 'AdvertiserContentArticle')).toMatchObject({ headline: 'An offer' });
  for (const path of ['index.html', 'world/index.html', 'world/2025/03/own/index.html'])
    expect(files[path]).toMatch(/<span class="type-of-work">Sponsored<\/span> [^§]{0,200}An offer/);
  for (const path of ['text/index.html', 'text/world/index.html'])
    expect(files[path]).toMatch(/<strong>Sponsored<\/strong> <a[^>]*>An offer/);
  for (const path of ['feed.xml', 'atom.xml', 'feed.json']) {
    expect(files[path]).toContain('Sponsored: An offer');
    expect(files[path]).not.toContain('Sponsored: A vote');
  }
  const feed = JSON.parse(files['feed.json']!) as { items: { content_html: string }[] };
  expect(relsOf(feed.items[0]!.content_html)).toEqual(['sponsored', 'sponsored']);
  expect(files['news-sitemap.xml']).toContain('A vote');
  expect(files['news-sitemap.xml']).not.toContain('An offer');
  expect(files['sitemap.xml']).toContain(`${origin}/world/2025/03/ad/`);
  expect(JSON.parse(files['world/2025/03/ad/ninjs.json']!)).toMatchObject({
    genres: [{ name: 'Sponsored' }],
  });
  expect(files['index.html']).toMatch(/front-lead[^§]*?A vote/);
});
