/** Front page, desks, topics, authors, archive: their stories, the order, and permanent page addresses. */
import { describe, expect, test } from 'vitest';
import {
  author,
  type Files,
  linksOf,
  origin,
  publicationYaml,
  publish,
  publishForAll,
  stories,
  story,
  storyPath,
} from '../helpers/publication.ts';

/** Headlines of the teasers on a page, in order. */
const headlines = (html: string): string[] =>
  [...html.matchAll(/<h\d class="teaser-headline"><a [^>]*>([^<]*)<\/a>/g)].map(([, text]) => text!);

const numbers = (html: string): number[] => headlines(html).map(text => Number(text.split(' ').at(-1)));
const down = (from: number, to: number): number[] =>
  Array.from({ length: from - to + 1 }, (_, index) => from - index);

describe('the front page', () => {
  const three = (meta: Record<number, object>): Files =>
    Object.fromEntries(
      [1, 2, 3, 4, 5].map(n => [
        `content/articles/2025/s${n}.md`,
        story({ title: `Story ${n}`, published: `2025-03-0${n}T09:00:00Z`, ...meta[n] }),
      ]),
    );
  const front = async (meta: Record<number, object>, now = '2025-03-06T09:00:00Z') =>
    numbers((await publish(three(meta), { now: Date.parse(now) })).files['index.html']!);

  test('has the newest stories first', async () => expect(await front({})).toEqual([5, 4, 3, 2, 1]));
  test('starts with the story that is marked as its lead', async () =>
    expect(await front({ 2: { prominence: 'lead' } })).toEqual([2, 5, 4, 3, 1]));
  test('then has prominent stories, then the others, each by date', async () =>
    expect(
      await front({ 1: { prominence: 'high' }, 3: { prominence: 'high' }, 2: { prominence: 'lead' } }),
    ).toEqual([2, 3, 1, 5, 4]));
  test('leads with the newer of two leads; the older one is prominent', async () =>
    expect(await front({ 1: { prominence: 'lead' }, 3: { prominence: 'lead' } })).toEqual([3, 1, 5, 4, 2]));
  test('has the newest story as its lead a week after the marked one appeared', async () => {
    const marked = { 2: { prominence: 'lead' }, 3: { prominence: 'high' } };
    expect(await front(marked, '2025-03-09T08:59:59Z')).toEqual([2, 3, 5, 4, 1]);
    expect(await front(marked, '2025-03-09T09:00:00Z')).toEqual([5, 3, 4, 2, 1]);
  });
  test('keeps a marked story as its lead for `leadDays`', async () => {
    const files = {
      ...three({ 2: { prominence: 'lead' } }),
      'content/site.yaml': `${publicationYaml}leadDays: 30\n`,
    };
    const lead = async (now: string) => {
      const built = await publish(files, { now: Date.parse(now) });
      return [numbers(built.files['index.html']!)[0], built.nextChange];
    };
    const end = Date.parse('2025-04-01T09:00:00Z');
    expect(await lead('2025-04-01T08:00:00Z')).toEqual([2, end]);
    expect(await lead('2025-04-01T09:00:00Z')).toEqual([5, undefined]);
  });
  test('has a sponsored story as its lead only if it is marked', async () => {
    expect(await front({ 5: { type: 'sponsored' } })).toEqual([4, 5, 3, 2, 1]);
    expect(await front({ 5: { type: 'sponsored', prominence: 'lead' } })).toEqual([5, 4, 3, 2, 1]);
  });
  test('has all of nine stories below the top ones, side by side', async () => {
    const { files } = await publish(three({}));
    expect(files['index.html']).not.toContain('class="river"');
    const { files: more } = await publish(stories(12));
    expect(numbers(more['index.html']!).sort((a, b) => b - a)).toEqual(down(11, 0));
    expect(more['index.html']).not.toContain('class="river"');
  });
  test('has the newest stories of each desk of a large publication, and no story twice', async () => {
    const { files } = await publish(stories(40));
    const html = files['index.html']!;
    const rivers = html.split('class="river"').slice(1);
    expect(rivers.map(river => /<h2[^>]*><a href="([^"]+)"/.exec(river)?.[1])).toEqual([
      '/world/',
      '/politics/',
    ]);
    // Every fourth story belongs to politics. The lead is 39. Stories 35, 25, 15 and 5 have high prominence,
    // but 5 is too old to be chosen.
    expect(rivers.map(numbers)).toEqual([
      [37, 36, 34, 33, 32],
      [31, 27, 23, 19, 11],
    ]);
    const shown = numbers(html);
    expect(new Set(shown).size).toBe(shown.length);
    expect(shown.slice(0, 7)).toEqual([39, 35, 25, 15, 38, 37, 36]);
  });
  test('says so if there is no story', async () => {
    const { files } = await publish({});
    expect(headlines(files['index.html']!)).toEqual([]);
    expect(files['index.html']).toContain('No stories');
  });
});

describe('a list', () => {
  test('of a desk, a topic, an author, a year or a month has its stories, newest first', async () => {
    const { files } = await publish({
      ...stories(9),
      'content/articles/2024/last-year.md': story({
        title: 'Story 100',
        published: '2024-12-24T12:00:00Z',
        topics: ['trade'],
      }),
    });
    const at = (path: string) => numbers(files[`${path}/index.html`]!);
    expect(at('world')).toEqual([8, 6, 5, 4, 2, 1, 0, 100]);
    expect(at('politics')).toEqual([7, 3]);
    expect(at('topics/gaza')).toEqual([6, 3, 0]);
    expect(at('topics/trade')).toEqual([8, 5, 2, 100]);
    expect(at('authors/ben')).toEqual([8, 6, 4, 2, 0]);
    expect(at('archive/2025')).toEqual(down(8, 0));
    expect(at('archive/2024')).toEqual([100]);
    expect(at('archive/2024/12')).toEqual([100]);
    expect(at('archive/2025/01')).toEqual(down(8, 0));
  });

  test('shows the texts from site.yaml and the author’s file', async () => {
    const { files } = await publish({
      ...stories(3),
      'content/authors/ada.md': author(
        'Ada Tester',
        'role: Chief reporter\nlinks:\n  - {text: Her page, url: "https://ada.example/"}\n',
        'Ada has **reported** since 1997.',
      ),
    });
    expect(files['world/index.html']).toContain('News of the world');
    expect(files['topics/gaza/index.html']).toContain('The Gaza Strip');
    const html = files['authors/ada/index.html']!;
    for (const part of [
      'Chief reporter',
      'https://ada.example/',
      'Ada has <strong>reported</strong> since 1997.',
    ])
      expect(html).toContain(part);
    expect(files['topics/index.html']).toContain('href="/topics/gaza/"');
    expect(files['authors/index.html']).toContain('href="/authors/ada/"');
    expect(files['archive/index.html']).toContain('href="/archive/2025/01/"');
  });

  test('of a topic or author exists only if there is a story; that of a desk always exists', async () => {
    const { files } = await publish({
      'content/articles/2025/x.md': story({ desk: 'world' }),
      'content/authors/ada.md': author('Ada Tester'),
    });
    expect(files['politics/index.html']).toContain('There are no stories here yet');
    expect(Object.keys(files).filter(path => /^(topics|authors)\//.test(path))).toEqual([]);
  });

  test('of years and months follows the time zone of the site', async () => {
    const { files } = await publish({
      'content/articles/x.md': story({ title: 'Story 1', published: '2025-01-01T02:00:00Z' }),
    });
    expect(numbers(files['archive/2024/12/index.html']!)).toEqual([1]);
    expect(files['world/2024/12/x/index.html']).toBeDefined();
    expect(files['archive/2025/index.html']).toBe(undefined);
  });
});

/** Caches publications, so that `stories(count)` is built only once for all tests of this file. */
const known = new Map<number, Promise<{ files: Record<string, string> }>>();
function publishStories(count: number): Promise<{ files: Record<string, string> }> {
  const made =
    known.get(count) ??
    publishForAll(stories(count)).then(({ files, remove }) => {
      remove();
      return { files };
    });
  known.set(count, made);
  return made;
}

describe('pages of a list', () => {
  const at = (files: Record<string, string>, list: string) =>
    Object.keys(files)
      .filter(path => path.startsWith(list) && /^(page\/\d+\/)?index\.html$/.test(path.slice(list.length)))
      .sort();

  test('have every story once, the newest on the first page, ten on each numbered page', async () => {
    const { files } = await publishStories(47);
    const pages = at(files, 'archive/2025/');
    expect(pages).toEqual([
      'archive/2025/index.html',
      'archive/2025/page/1/index.html',
      'archive/2025/page/2/index.html',
      'archive/2025/page/3/index.html',
    ]);
    expect(numbers(files['archive/2025/index.html']!)).toEqual(down(46, 30));
    expect(numbers(files['archive/2025/page/3/index.html']!)).toEqual(down(29, 20));
    expect(numbers(files['archive/2025/page/1/index.html']!)).toEqual(down(9, 0));
  });

  test('are linked in sequence, from the first to the oldest and back', async () => {
    const { files } = await publishStories(47);
    const walk = (rel: string, from: string): string[] => {
      const seen: string[] = [];
      for (let path: string | undefined = from; path !== undefined && seen.length < 9; ) {
        seen.push(path);
        path = new RegExp(`<a [^>]*href="([^"]*)" rel="${rel}"`).exec(
          files[`${path.slice(1)}index.html`]!,
        )?.[1];
      }
      return seen;
    };
    const forward = [
      '/archive/2025/',
      '/archive/2025/page/3/',
      '/archive/2025/page/2/',
      '/archive/2025/page/1/',
    ];
    expect(walk('next', '/archive/2025/')).toEqual(forward);
    expect(walk('prev', '/archive/2025/page/1/')).toEqual([...forward].reverse());
  });

  test('are marked as part of their menu item', async () => {
    const { files } = await publishStories(47);
    const current = (path: string) =>
      [...files[path]!.matchAll(/<a href="([^"]*)"[^>]* aria-current="(\w+)"/g)].map(([, url, kind]) => [
        url,
        kind,
      ]);
    expect(current('world/index.html')).toEqual([['/world/', 'page']]);
    expect(current('world/page/1/index.html')).toEqual([['/world/', 'true']]);
    expect(current('archive/2025/page/1/index.html')).toEqual([]);
    expect(files['archive/2025/page/1/index.html']).not.toContain(' aria-current=');
  });

  test('have unique titles and canonical addresses', async () => {
    const { files } = await publishStories(47);
    const pages = at(files, 'archive/2025/').map(path => files[path]!);
    expect(new Set(pages.map(html => /<title>([^<]*)/.exec(html)![1])).size).toBe(pages.length);
    expect(new Set(pages.map(html => linksOf(html, 'canonical')[0]!.href)).size).toBe(pages.length);
  });

  test('are a single page if all stories fit, and never empty', async () => {
    for (const count of [1, 10, 19, 20, 21]) {
      const { files } = await publishStories(count);
      const pages = at(files, 'archive/2025/').map(path => numbers(files[path]!).length);
      expect([count, pages.length]).toEqual([count, count < 20 ? 1 : 2]);
      expect(pages.every(length => length > 0)).toBe(true);
    }
  });

  /** All bytes of the numbered pages of every list. */
  const numbered = (files: Record<string, string>) =>
    Object.fromEntries(Object.entries(files).filter(([path]) => /\/page\/\d+\//.test(path)));

  test.each([
    [33, 34],
    [46, 47],
  ])('of %i stories stay the same byte for byte when there are %i, except the first', async (n, more) => {
    const before = numbered((await publishStories(n)).files);
    const { files } = await publishStories(more);
    expect(Object.keys(before).length).toBeGreaterThan(3);
    expect(numbered(files)).toEqual(before);
  });

  test('change in only one link when a story adds the next numbered page', async () => {
    const before = numbered((await publishStories(39)).files);
    const after = numbered((await publishStories(40)).files);
    const made = Object.keys(after).filter(path => !(path in before));
    expect(made).toContain('archive/2025/page/3/index.html');
    for (const path of Object.keys(before)) {
      expect(numbers(after[path]!), path).toEqual(numbers(before[path]!));
      const changed = after[path] !== before[path];
      if (changed)
        expect(after[path]!.replace(/href="[^"]*" rel="prev"/, ''), path).toBe(
          before[path]!.replace(/href="[^"]*" rel="prev"/, ''),
        );
      expect(changed, path).toBe(made.includes(path.replace(/\d+(?=\/index)/, n => String(Number(n) + 1))));
    }
  });

  test('stay the same if an old story that they do not show is edited', async () => {
    const files = stories(33);
    const before = numbered((await publishStories(33)).files);
    const after = numbered(
      (
        await publish({
          ...files,
          [storyPath(32)]: String(files[storyPath(32)]).replace('Story number 32', 'Story number 99'),
        })
      ).files,
    );
    expect(after).toEqual(before);
  });

  test('have as many stories as site.yaml sets', async () => {
    const { files } = await publish({
      ...stories(20),
      'content/site.yaml': publicationYaml.replace('perPage: 10', 'perPage: 4'),
    });
    expect(numbers(files['archive/2025/page/4/index.html']!)).toEqual([15, 14, 13, 12]);
  });
});

test('the output does not depend on the order of file names on the disk', async () => {
  const files = Object.entries(stories(12));
  const forward = await publish(Object.fromEntries(files));
  const backward = await publish(Object.fromEntries([...files].reverse()));
  expect(backward.files).toEqual(forward.files);
});

/** Addresses of this site that occur in the output: in pages, feeds, sitemaps and data. */
function ownAddresses(files: Record<string, string>): Map<string, string> {
  const found = new Map<string, string>();
  for (const [path, text] of Object.entries(files)) {
    if (path.startsWith('schema/')) continue;
    const decoded = text.replaceAll('&amp;', '&').replaceAll('\\/', '/');
    for (const [address] of decoded.matchAll(/https:\/\/courier\.example[^\s"'<>\\)\]]*/g))
      found.set(address.replace(/#.*$/, ''), path);
  }
  return found;
}

test('every address of the site that a page, a feed, a sitemap or the data names exists', async () => {
  const { files } = await publish({
    ...stories(24),
    'content/articles/2025/story-5.he.md': story({
      title: 'כותרת',
      published: '2025-02-01T00:00:00Z',
      lang: 'he',
      translationOf: 'story-5.md',
      authors: ['translator'],
      topics: ['rare'],
    }),
    'content/authors/translator.md': author('מתרגמת'),
    'content/site.yaml': publicationYaml.replace('topics:\n', 'topics:\n  - {id: rare, name: Rare}\n'),
  });
  const addresses = ownAddresses(files);
  expect(addresses.size).toBeGreaterThan(100);
  const missing = [...addresses].filter(([address]) => {
    const path = decodeURI(new URL(address, origin).pathname).slice(1);
    return files[path] === undefined && files[`${path}index.html`] === undefined;
  });
  expect(missing.map(([address, path]) => `${address} in ${path}`)).toEqual([]);
});
