/** sitemap.xml, its index and Google's news sitemap are valid against their schemas. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';
import { describe, expect, test } from 'vitest';
import type { OutputFile } from '../../src/base/output-file.ts';
import { emitSitemaps, planSitemaps } from '../../src/emit/sitemaps.ts';
import { makePng } from '../helpers/kitchen-sink.ts';
import { fileAt, origin, planSite, publish, stories, story, storyDate } from '../helpers/publication.ts';
import { packageRoot, testNow } from '../helpers/site.ts';

xmlRegisterFsInputProviders();

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const sitemapXsd = `${packageRoot}node_modules/sitemap/schema/sitemap.xsd`;
const sitemapSpace = 'http://www.sitemaps.org/schemas/sitemap/0.9';

const wrapper = (imports: Record<string, string>): string =>
  `<schema xmlns="http://www.w3.org/2001/XMLSchema">${Object.entries(imports)
    .map(([space, file]) => `<import namespace="${space}" schemaLocation="file://${file}"/>`)
    .join('')}</schema>`;

const image = { 'http://www.google.com/schemas/sitemap-image/1.1': here('google-image.xsd') };

const schemas = {
  sitemap: wrapper({
    [sitemapSpace]: sitemapXsd,
    'http://www.w3.org/1999/xhtml': here('xhtml-link.xsd'),
    ...image,
  }),
  news: wrapper({
    [sitemapSpace]: sitemapXsd,
    ...image,
    'http://www.google.com/schemas/sitemap-news/0.9': here('google-news.xsd'),
  }),
  index: readFileSync(here('sitemap-index.xsd'), 'utf8'),
  /**
   * Allows an empty sitemap, as Google and the protocol do. The protocol's schema is older and requires a
   * URL.
   */
  empty: readFileSync(sitemapXsd, 'utf8').replace(
    '<xsd:element name="url" type="tUrl" maxOccurs="unbounded"/>',
    '<xsd:element name="url" type="tUrl" minOccurs="0" maxOccurs="unbounded"/>',
  ),
};

/** Validates a document. @returns the first error; undefined if the document is valid */
function faultOf(xml: string, schema: keyof typeof schemas): string | undefined {
  const document = XmlDocument.fromString(xml);
  const xsd = XmlDocument.fromString(schemas[schema]);
  const validator = XsdValidator.fromDoc(xsd);
  try {
    validator.validate(document);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  } finally {
    validator.dispose();
    xsd.dispose();
    document.dispose();
  }
}

const valuesOf = (xml: string, tag: string): string[] =>
  [...xml.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, 'g'))].map(([, value]) => value!);

const textsOf = (files: OutputFile[]): Record<string, string> =>
  Object.fromEntries(files.map(file => [file.path, (file as { text: string }).text]));

const publication = {
  ...stories(12),
  'content/articles/2025/story-5.de.md': story({
    title: 'Eine Übersetzung & mehr',
    published: storyDate(6),
    lang: 'de',
    translationOf: 'story-5.md',
  }),
};

describe('the schemas detect an invalid document', () => {
  const url = (more: string) =>
    `<urlset xmlns="${sitemapSpace}" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"><url><loc>https://courier.example/</loc>${more}</url></urlset>`;
  const news = (language: string) =>
    url(
      `<news:news><news:publication><news:name>A</news:name><news:language>${language}</news:language></news:publication><news:publication_date>2025-03-05T09:00:00Z</news:publication_date><news:title>B</news:title></news:news>`,
    );
  test('of a sitemap', () => {
    expect(faultOf(url('<lastmod>2025-03-05T09:00:00Z</lastmod>'), 'sitemap')).toBe(undefined);
    expect(faultOf(url('<lastmod>yesterday</lastmod>'), 'sitemap')).toMatch(/lastmod/);
    expect(faultOf(url('<xhtml:link rel="alternate" href="https://courier.example/"/>'), 'sitemap')).toMatch(
      /hreflang/,
    );
    expect(faultOf(`<urlset xmlns="${sitemapSpace}"></urlset>`, 'sitemap')).toMatch(/urlset/);
    expect(faultOf(`<urlset xmlns="${sitemapSpace}"></urlset>`, 'empty')).toBe(undefined);
  });
  test('of a news sitemap', () => {
    expect(faultOf(news('en'), 'news')).toBe(undefined);
    expect(faultOf(news('en-US'), 'news')).toMatch(/language/);
    expect(faultOf(url('<news:news/>'), 'news')).toMatch(/news/);
  });
});

describe('sitemap.xml', () => {
  test('is valid, and has every page for search engines exactly once', async () => {
    const { files } = await publish(publication);
    const xml = files['sitemap.xml']!;
    expect(faultOf(xml, 'sitemap')).toBe(undefined);
    const locations = valuesOf(xml, 'loc');
    expect(new Set(locations).size).toBe(locations.length);
    const listed = locations.map(fileAt).sort();
    const pages = Object.keys(files).filter(
      path =>
        path.endsWith('.html') &&
        path !== '404.html' &&
        path !== 'search/index.html' &&
        !path.startsWith('text/') &&
        !/(^|\/)page\/\d+\//.test(path) &&
        !files[path]!.includes('http-equiv="refresh"'),
    );
    expect(listed).toEqual(pages.sort());
    expect(listed).toContain('politics/2025/01/story-3/index.html');
  });

  test('says when a story was last published or corrected, never when the site was built', async () => {
    const { files } = await publish(publication, { now: Date.parse('2025-05-05T05:05:05Z') });
    const xml = files['sitemap.xml']!;
    const lastmod = (path: string) =>
      new RegExp(`<loc>${origin}${path}</loc><lastmod>([^<]*)</lastmod>`).exec(xml)?.[1];
    expect(Date.parse(lastmod('/politics/2025/01/story-3/')!)).toBe(Date.parse(storyDate(3)));
    // The story was corrected an hour later.
    expect(Date.parse(lastmod('/politics/2025/01/story-7/')!)).toBe(Date.parse(storyDate(7)) + 3_600_000);
    expect(xml).not.toContain('2025-05-05');
  });

  test('lists all languages of a story, in both directions, and a default', async () => {
    const { files } = await publish(publication);
    const entries = files['sitemap.xml']!.split('<url>').filter(text => text.includes('xhtml:link'));
    expect(entries).toHaveLength(2);
    for (const entry of entries)
      expect(
        [...entry.matchAll(/hreflang="([^"]*)" href="([^"]*)"/g)].map(([, lang, url]) => [lang, url]),
      ).toEqual([
        ['en', `${origin}/world/2025/01/story-5/`],
        ['de', `${origin}/de/world/2025/01/story-5/`],
        ['x-default', `${origin}/world/2025/01/story-5/`],
      ]);
  });

  test('is valid for a site without articles', async () => {
    const { files } = await publish({});
    expect(faultOf(files['sitemap.xml']!, 'sitemap')).toBe(undefined);
  });

  test('is named by robots.txt, as is the news sitemap', async () => {
    const { files } = await publish(publication, { basePath: '/news/' });
    expect(files['robots.txt']).toContain(`Sitemap: ${origin}/news/sitemap.xml\n`);
    expect(files['robots.txt']).toContain(`Sitemap: ${origin}/news/news-sitemap.xml\n`);
  });
});

describe('the limit', () => {
  test('splits the sitemap into an index of valid sitemaps, which have all addresses in order', async () => {
    const { site, pages } = planSite(publication);
    const whole = textsOf(await emitSitemaps(planSitemaps(site, pages, testNow).data));
    const all = valuesOf(whole['sitemap.xml']!, 'loc');
    const limit = 10;
    const split = textsOf(await emitSitemaps(planSitemaps(site, pages, testNow, limit).data));
    const count = Math.ceil(all.length / limit);
    expect(count).toBeGreaterThan(2);
    expect(faultOf(split['sitemap.xml']!, 'index')).toBe(undefined);
    const parts = valuesOf(split['sitemap.xml']!, 'loc');
    expect(parts).toEqual(Array.from({ length: count }, (_, index) => `${origin}/sitemap-${index + 1}.xml`));
    const found = parts.map(fileAt).map(path => split[path]!);
    for (const xml of found) expect(faultOf(xml, 'sitemap')).toBe(undefined);
    expect(found.map(xml => valuesOf(xml, 'loc').length).every(length => length <= limit)).toBe(true);
    expect(found.flatMap(xml => valuesOf(xml, 'loc'))).toEqual(all);
  });

  test('allows exactly that many addresses in one file', async () => {
    const { site, pages } = planSite(publication);
    const whole = textsOf(await emitSitemaps(planSitemaps(site, pages, testNow).data));
    const limit = valuesOf(whole['sitemap.xml']!, 'loc').length;
    expect(textsOf(await emitSitemaps(planSitemaps(site, pages, testNow, limit).data))).toEqual(whole);
    const less = textsOf(await emitSitemaps(planSitemaps(site, pages, testNow, limit - 1).data));
    expect(Object.keys(less).sort()).toEqual([
      'news-sitemap.xml',
      'sitemap-1.xml',
      'sitemap-2.xml',
      'sitemap.xml',
    ]);
    expect(valuesOf(less['sitemap-2.xml']!, 'loc')).toHaveLength(1);
  });
});

describe('news-sitemap.xml', () => {
  test("is valid and has the stories of the last two days by the build's clock", async () => {
    const now = Date.parse(storyDate(9));
    const { files } = await publish(publication, { now });
    const xml = files['news-sitemap.xml']!;
    expect(faultOf(xml, 'news')).toBe(undefined);
    expect(valuesOf(xml, 'news:title')).toEqual(['Story number 9', 'Story number 8']);
    expect(valuesOf(xml, 'news:publication_date').map(Date.parse)).toEqual(
      [storyDate(9), storyDate(8)].map(Date.parse),
    );
    expect(valuesOf(xml, 'news:name')).toEqual(['The Test Courier', 'The Test Courier']);
  });

  test('gives the language of each story as Google requires', async () => {
    const { files } = await publish(
      {
        'content/articles/2025/a.md': story({ title: 'A', lang: 'pt-BR' }),
        'content/articles/2025/b.md': story({ title: 'B', lang: 'de' }),
        'content/articles/2025/c.md': story({ title: 'C' }),
        'content/articles/2025/d.md': story({ title: 'D', lang: 'zh-TW' }),
      },
      { now: Date.parse('2025-03-05T15:00:00Z') },
    );
    const xml = files['news-sitemap.xml']!;
    expect(faultOf(xml, 'news')).toBe(undefined);
    const languages = Object.fromEntries(
      valuesOf(xml, 'news:title').map((title, index) => [title, valuesOf(xml, 'news:language')[index]]),
    );
    expect(languages).toEqual({ A: 'pt', B: 'de', C: 'en', D: 'zh-tw' });
  });

  test('has at most 1,000 stories, the newest', async () => {
    const { site, pages } = planSite({});
    const { site: one } = planSite({ 'content/articles/2025/x.md': story() });
    const [entry] = one.articles;
    const start = Date.parse('2025-03-05T00:00:00Z');
    const articles = Array.from({ length: 1100 }, (_, index) => ({
      ...entry!,
      path: `/world/2025/03/x-${index}/`,
      title: `Story ${index}`,
      meta: { ...entry!.meta, published: new Date(start - index * 1000).toISOString() },
    }));
    const files = textsOf(await emitSitemaps(planSitemaps({ ...site, articles }, pages, start).data));
    const titles = valuesOf(files['news-sitemap.xml']!, 'news:title');
    expect(titles).toHaveLength(1000);
    expect([titles[0], titles.at(-1)]).toEqual(['Story 0', 'Story 999']);
    expect(faultOf(files['news-sitemap.xml']!, 'news')).toBe(undefined);
  });

  test('is a valid empty sitemap if there is no recent story', async () => {
    const { files } = await publish(publication, { now: Date.parse('2025-05-01T00:00:00Z') });
    const xml = files['news-sitemap.xml']!;
    expect(valuesOf(xml, 'loc')).toEqual([]);
    expect(faultOf(xml, 'empty')).toBe(undefined);
  });

  test('contains a hostile headline as text', async () => {
    const title = `]]> <news:title>&amp; "x" </urlset>`;
    const { files } = await publish(
      { 'content/articles/2025/x.md': story({ title }) },
      { now: Date.parse('2025-03-05T15:00:00Z') },
    );
    expect(faultOf(files['news-sitemap.xml']!, 'news')).toBe(undefined);
    const document = XmlDocument.fromString(files['news-sitemap.xml']!);
    const space = { news: 'http://www.google.com/schemas/sitemap-news/0.9' };
    expect(document.get('//news:title', space)?.content.replace(/[“”]/g, '"')).toBe(title);
    document.dispose();
  });
});

describe('pictures of a story', () => {
  const file = (name: string) => `content/articles/2025/${name}`;

  test('appear in both sitemaps, once each, the lead picture first', async () => {
    const { files } = await publish(
      {
        [file('x.md')]: story(
          {},
          `Text with ![one](in.png).\n\n![Two](lead.png)\n\n![Again](in.png)\n\n![Three](c.svg)`,
        ),
        [file('y.md')]: story({ title: 'Without a picture' }),
        [file('in.png')]: makePng(30, 20),
        [file('lead.png')]: makePng(40, 20),
        [file('c.svg')]: '<svg xmlns="http://www.w3.org/2000/svg" width="50" height="20"></svg>',
      },
      { now: Date.parse('2025-03-05T15:00:00Z') },
    );
    for (const name of ['sitemap', 'news'] as const) {
      const xml = files[name === 'news' ? 'news-sitemap.xml' : 'sitemap.xml']!;
      expect([name, faultOf(xml, name)]).toEqual([name, undefined]);
      const pictures = valuesOf(xml, 'image:loc');
      expect(pictures.map(url => url.replace(/.*\//, ''))).toEqual(['40.png', '30.png', '50.svg']);
      for (const url of pictures) expect(Object.keys(files)).toContain(fileAt(url));
    }
  });

  test('do not appear in a sitemap without pictures', async () => {
    const { files } = await publish({ [file('y.md')]: story() }, { now: Date.parse('2025-03-05T15:00:00Z') });
    expect(files['sitemap.xml']! + files['news-sitemap.xml']!).not.toContain('sitemap-image');
  });
});
