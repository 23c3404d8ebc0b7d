/**
 * RSS 2.0, Atom 1.0 and JSON Feed 1.1, as two independent readers parse them and as the specifications
 * require.
 */
import { parseFeed } from 'feedsmith';
import Parser from 'rss-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kitchenSink } from '../helpers/kitchen-sink.ts';
import {
  author,
  type Built,
  type Files,
  linksOf,
  origin,
  publicationYaml,
  publish,
  publishForAll,
  stories,
  story,
  storyDate,
  storyPath,
} from '../helpers/publication.ts';

const now = Date.parse('2025-06-01T12:00:00Z');
let built: Built & { remove: () => void };
beforeAll(async () => {
  built = await publishForAll(stories(60), { now });
});
afterAll(() => built.remove());

/** Common fields of a story in the three formats. */
interface Item {
  id: string;
  title: string;
  url: string;
  html: string;
  published: string;
  updated: string | undefined;
  authors: string[];
}

interface FeedTexts {
  rss: string;
  atom: string;
  json: string;
}

function feedsAt(files: Record<string, string>, path: string): FeedTexts {
  const [rss, atom, json] = ['feed.xml', 'atom.xml', 'feed.json'].map(name => files[`${path}${name}`]);
  expect({ rss: typeof rss, atom: typeof atom, json: typeof json }, path).toEqual({
    rss: 'string',
    atom: 'string',
    json: 'string',
  });
  return { rss: rss!, atom: atom!, json: json! };
}

const iso = (date: string | undefined): string => new Date(date!).toISOString();

/** Reads the items with feedsmith. */
function itemsOf(texts: FeedTexts): Record<keyof FeedTexts, Item[]> {
  const rss = parseFeed(texts.rss);
  const atom = parseFeed(texts.atom);
  const json = parseFeed(texts.json);
  if (rss.format !== 'rss' || atom.format !== 'atom' || json.format !== 'json')
    throw new Error(`The formats are ${rss.format}, ${atom.format} and ${json.format}`);
  return {
    rss: (rss.feed.items ?? []).map(item => ({
      id: item.guid!.value!,
      title: item.title!,
      url: item.link!,
      html: item.content!.encoded!,
      published: iso(item.pubDate),
      updated: item.atom?.updated === undefined ? undefined : iso(item.atom.updated),
      authors: item.dc?.creators ?? [],
    })),
    atom: (atom.feed.entries ?? []).map(entry => ({
      id: entry.id!,
      title: entry.title!.value!,
      url: entry.links!.find(({ rel }) => rel === 'alternate')!.href!,
      html: entry.content!.value!,
      published: iso(entry.published),
      updated: iso(entry.updated),
      authors: (entry.authors ?? []).map(({ name }) => name!),
    })),
    json: (json.feed.items ?? []).map(item => ({
      id: item.id!,
      title: item.title!,
      url: item.url!,
      html: item.content_html!,
      published: iso(item.date_published),
      updated: item.date_modified === undefined ? undefined : iso(item.date_modified),
      authors: (item.authors ?? []).map(({ name }) => name!),
    })),
  };
}

const parser = new Parser({ customFields: { item: [['content:encoded', 'encoded']] } });

/** Addresses in a fragment of HTML, from every attribute that contains one. */
const addressesOf = (html: string): string[] =>
  [...html.matchAll(/\s(?:href|src|cite|srcset|poster|data|action)="([^"]*)"/g)].map(([, url]) => url!);

const absolute = /^(?:https?:\/\/[^/]|mailto:|tel:)/;

const lists = ['', 'world/', 'politics/', 'topics/gaza/', 'topics/talks/', 'authors/ada/', 'authors/ben/'];

describe('every list has its three feeds', () => {
  test.each(lists)('/%s, with the same stories in each, newest first, according to feedsmith', path => {
    const { rss, atom, json } = itemsOf(feedsAt(built.files, path));
    expect(rss.length).toBeGreaterThan(10);
    const facts = (items: Item[]) => items.map(({ updated: _, ...facts }) => facts);
    expect(facts(atom)).toEqual(facts(rss));
    expect(facts(json)).toEqual(facts(rss));
    const dates = rss.map(({ published }) => published);
    expect(dates).toEqual([...dates].sort().reverse());
  });

  test('name the site, and the list if it is not the whole site', async () => {
    const titleOf = async (path: string) => (await parser.parseString(feedsAt(built.files, path).rss)).title;
    const name = await titleOf('');
    expect(name).toBe(/^name: (.*)$/m.exec(publicationYaml)![1]);
    expect(await titleOf('politics/')).toBe(`Politics — ${name}`);
  });

  test('have no date of their last change without stories', async () => {
    const { files } = await publish(
      { [storyPath(1)]: story({ published: '2026-01-01T00:00:00Z' }) },
      { now },
    );
    const { rss } = feedsAt(files, '');
    expect(rss).toContain('<channel>');
    expect(rss).not.toContain('lastBuildDate');
    expect(feedsAt(built.files, '').rss).toContain('lastBuildDate');
  });

  test.each(lists)('/%s, according to rss-parser', async path => {
    const texts = feedsAt(built.files, path);
    const { rss } = itemsOf(texts);
    const rssFeed = await parser.parseString(texts.rss);
    expect(rssFeed.items.map(({ guid, link, title, isoDate }) => [guid, link, title, isoDate])).toEqual(
      rss.map(({ id, url, title, published }) => [id, url, title, published]),
    );
    expect(rssFeed.items.map(item => (item as unknown as { encoded: string }).encoded.trim())).toEqual(
      rss.map(({ html }) => html),
    );
    const atomFeed = await parser.parseString(texts.atom);
    expect(atomFeed.items.map(({ link, title, content }) => [link, title, content!.trim()])).toEqual(
      rss.map(({ url, title, html }) => [url, title, html]),
    );
    expect(atomFeed.feedUrl ?? rssFeed.feedUrl).toContain(origin);
  });

  test('a desk has only its own stories, as do topics and authors', () => {
    const titles = (path: string) =>
      itemsOf(feedsAt(built.files, path)).rss.map(({ title }) => Number(title.split(' ').at(-1)));
    expect(titles('politics/').every(n => n % 4 === 3)).toBe(true);
    expect(titles('topics/talks/').every(n => n % 3 === 1)).toBe(true);
    expect(titles('authors/ben/').every(n => n % 2 === 0)).toBe(true);
    expect(titles('politics/')).toHaveLength(15);
  });

  test('years and months have no feeds', () => {
    expect(Object.keys(built.files).filter(path => /^archive\/.*\.(xml|json)$/.test(path))).toEqual([]);
  });
});

describe('a feed has', () => {
  test('the last 20 of 60 stories', () => {
    const { rss, atom, json } = itemsOf(feedsAt(built.files, ''));
    for (const items of [rss, atom, json]) {
      expect(items.map(({ title }) => title)).toEqual(
        Array.from({ length: 20 }, (_, index) => `Story number ${59 - index}`),
      );
    }
  });

  test('the full text: lead, headings, quotations and their speakers', () => {
    for (const items of Object.values(itemsOf(feedsAt(built.files, ''))))
      for (const { title, html } of items as Item[]) {
        const n = title.split(' ').at(-1)!;
        for (const part of [
          `The full text of story ${n}`,
          'A section',
          `What was said in story ${n}.`,
          'Ada Tester',
          'head of the test office',
          'Its text, with',
        ])
          expect(html).toContain(part);
      }
  });

  test("its own address, its page's address, and its language", () => {
    for (const path of lists) {
      const { rss, atom, json } = feedsAt(built.files, path);
      const feed = parseFeed(rss);
      if (feed.format !== 'rss') throw new Error(feed.format);
      expect(feed.feed.link).toBe(`${origin}/${path}`);
      expect(feed.feed.language).toBe('en');
      expect(feed.feed.atom?.links).toEqual([
        { href: `${origin}/${path}feed.xml`, rel: 'self', type: 'application/rss+xml' },
      ]);
      const other = parseFeed(atom);
      if (other.format !== 'atom') throw new Error(other.format);
      expect(other.feed.links?.map(({ rel, href }) => [rel, href])).toEqual([
        ['self', `${origin}/${path}atom.xml`],
        ['alternate', `${origin}/${path}`],
      ]);
      const data = JSON.parse(json) as Record<string, unknown>;
      expect(data.feed_url).toBe(`${origin}/${path}feed.json`);
      expect(data.home_page_url).toBe(`${origin}/${path}`);
      expect(data.language).toBe('en');
    }
  });

  test('a link in the head of its list, and the site’s feeds in that of every other page', () => {
    const types = (file: string) =>
      linksOf(built.files[file]!, 'alternate')
        .filter(({ type }) => type !== 'application/json')
        .map(({ type, href }) => [type, href]);
    const formats = (path: string) => [
      ['application/rss+xml', `${origin}/${path}feed.xml`],
      ['application/atom+xml', `${origin}/${path}atom.xml`],
      ['application/feed+json', `${origin}/${path}feed.json`],
    ];
    for (const path of lists) expect(types(`${path}index.html`)).toEqual(formats(path));
    expect(types('about/index.html')).toEqual(formats(''));
    expect(types('world/2025/01/story-1/index.html')).toEqual(formats(''));
  });

  test('a line for readers on the feeds page', () => {
    const html = built.files['feeds/index.html']!;
    for (const path of lists)
      for (const name of ['feed.xml', 'atom.xml', 'feed.json'])
        expect(html).toContain(`href="/${path}${name}"`);
    expect(built.files['index.html']).toContain('href="/feeds/"');
  });
});

describe('every address in a feed is absolute', () => {
  /**
   * Covers every element of Markdown, and feeds below a path, where relative addresses would be wrong in
   * another way.
   */
  test.each(['/', '/news/'])('below %s', async basePath => {
    const files = Object.fromEntries(
      Object.entries(kitchenSink).map(([path, text]) => [
        path,
        typeof text === 'string' ? text.replace('draft: true\n', '') : text,
      ]),
    );
    const { files: output } = await publish(files, { basePath });
    const html = itemsOf(feedsAt(output, ''));
    for (const [format, items] of Object.entries(html)) {
      const everything = items.find(({ title }) => title.startsWith('Every element'))!;
      const addresses = addressesOf(everything.html);
      expect(addresses.length).toBeGreaterThan(10);
      expect(
        addresses.filter(address => !absolute.test(address)),
        format,
      ).toEqual([]);
      const own = addresses.filter(address => address.startsWith('https://courier.example/'));
      expect(own.filter(address => !address.startsWith(`https://courier.example${basePath}`))).toEqual([]);
    }
  });

  test('in stories that link to each other and to their own headings', () => {
    for (const { html } of itemsOf(feedsAt(built.files, '')).rss)
      expect(addressesOf(html).filter(address => !absolute.test(address))).toEqual([]);
  });
});

describe('the JSON feed conforms to JSON Feed 1.1', () => {
  const feedKeys = ['version', 'title', 'home_page_url', 'feed_url', 'description', 'language', 'items'];
  const itemKeys = [
    'id',
    'url',
    'title',
    'content_html',
    'summary',
    'date_published',
    'date_modified',
    'tags',
    'authors',
    'language',
  ];

  test.each(lists)('/%s', path => {
    const feed = JSON.parse(feedsAt(built.files, path).json) as Record<string, unknown>;
    expect(feed.version).toBe('https://jsonfeed.org/version/1.1');
    expect(Object.keys(feed).filter(key => !feedKeys.includes(key))).toEqual([]);
    for (const key of ['title', 'home_page_url', 'feed_url', 'language'])
      expect(feed[key]).toEqual(expect.any(String));
    const items = feed.items as Record<string, unknown>[];
    expect(Array.isArray(items)).toBe(true);
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    for (const item of items) {
      expect(Object.keys(item).filter(key => !itemKeys.includes(key))).toEqual([]);
      for (const key of ['id', 'url', 'title', 'content_html', 'language'])
        expect(item[key]).toEqual(expect.any(String));
      for (const key of ['date_published', 'date_modified'])
        if (item[key] !== undefined)
          expect(item[key]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
      for (const tag of item.tags as unknown[]) expect(tag).toEqual(expect.any(String));
      const authors = item.authors as Record<string, unknown>[];
      expect(authors.length).toBeGreaterThan(0);
      for (const person of authors) {
        expect(Object.keys(person).filter(key => !['name', 'url', 'avatar'].includes(key))).toEqual([]);
        expect(person.name).toEqual(expect.any(String));
      }
    }
  });

  test('for a desk without stories', async () => {
    const { files } = await publish({
      [storyPath(0)]: stories(1)[storyPath(0)]!,
      'content/authors/ada.md': author('Ada Tester'),
      'content/authors/ben.md': author('Ben Tester'),
    });
    const { rss, atom, json } = feedsAt(files, 'politics/');
    expect(JSON.parse(json)).toMatchObject({ version: 'https://jsonfeed.org/version/1.1', items: [] });
    expect(parseFeed(rss).format).toBe('rss');
    expect(parseFeed(atom).format).toBe('atom');
  });
});
describe('a corrected story', () => {
  const correct = (files: Files): Files => ({
    ...files,
    [storyPath(3)]: String(files[storyPath(3)]).replace(
      'title: "Story number 3"\n',
      'title: "Story number 3, with another headline"\ncorrections: [{date: 2025-02-01T00:00:00Z, text: A mistake.}]\n',
    ),
  });

  test('is an updated entry with the same id, in feeds whose date of change is updated', async () => {
    const before = await publish(stories(5), { now });
    const after = await publish(correct(stories(5)), { now });
    const texts = feedsAt(after.files, 'politics/');
    const changed = itemsOf(texts);
    const former = itemsOf(feedsAt(before.files, 'politics/'));
    for (const format of ['rss', 'atom', 'json'] as const) {
      expect(changed[format].map(({ id }) => id)).toEqual(former[format].map(({ id }) => id));
      expect(changed[format][0]!.title).toBe('Story number 3, with another headline');
      expect(changed[format][0]!.published).toBe(iso(storyDate(3)));
      expect(changed[format][0]!.updated).toBe('2025-02-01T00:00:00.000Z');
    }
    const rss = parseFeed(texts.rss);
    const atom = parseFeed(texts.atom);
    if (rss.format !== 'rss' || atom.format !== 'atom') throw new Error('not the formats');
    expect(iso(rss.feed.lastBuildDate)).toBe('2025-02-01T00:00:00.000Z');
    expect(iso(atom.feed.updated)).toBe('2025-02-01T00:00:00.000Z');
  });

  test('changes only the feeds that contain it', async () => {
    const before = await publish(stories(5), { now });
    const after = await publish(correct(stories(5)), { now });
    for (const name of ['feed.xml', 'atom.xml', 'feed.json'])
      expect(after.files[`topics/talks/${name}`]).toBe(before.files[`topics/talks/${name}`]);
  });
});

test('hostile text in every field leaves the feeds well-formed', async () => {
  const hostile = `]]> <b>&amp; "x" 'y' </title><script>alert(1)</script>`;
  const { files } = await publish({
    'content/authors/ada.md': `---\nname: ${JSON.stringify(hostile)}\n---\n\nText.\n`,
    'content/articles/2025/x.md': `---\ntitle: ${JSON.stringify(hostile)}\nstandfirst: ${JSON.stringify(hostile)}\npublished: 2025-03-05T09:00:00Z\ndesk: world\nauthors: [ada]\n---\n\nText \`]]>\` &amp; more.\n`,
  });
  const { rss, atom, json } = itemsOf(feedsAt(files, ''));
  const plain = (text: string) => text.replace(/[“”‘’]/g, quote => ('“”'.includes(quote) ? '"' : "'"));
  for (const [item] of [rss, atom, json]) {
    expect(plain(item!.title)).toBe(hostile);
    expect(item!.authors).toEqual([hostile]);
    expect(item!.html).toMatch(/\]\](>|&gt;)/);
  }
  expect(plain((await parser.parseString(feedsAt(files, '').rss)).items[0]!.title!.trim())).toBe(hostile);
});

test('no white space is added around text with an ampersand', async () => {
  const { files } = await publish({
    'content/articles/2025/x.md': story(
      { title: 'Salt & pepper', standfirst: 'Fish & chips' },
      'Text & more.',
    ),
  });
  const { rss, atom } = feedsAt(files, '');
  const [item] = (await parser.parseString(rss)).items;
  expect(item!.title).toBe('Salt & pepper');
  expect(item!.content).toBe('Fish & chips');
  const [entry] = (await parser.parseString(atom)).items;
  expect(entry!.title).toBe('Salt & pepper');
  expect(entry!.content).toMatch(/^<p>.*<\/p>$/);
});
