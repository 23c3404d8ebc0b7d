/** Metadata of a page for programs: JSON-LD, Open Graph, Twitter, canonical, robots. */
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import {
  author,
  type Files,
  headOf,
  linksOf,
  metaOf,
  origin,
  publish,
  publishForAll,
  siteHead,
  story,
  type Thing,
  thingOf,
  thingsOf,
} from '../helpers/publication.ts';
import { makePhoto } from '../media/photos.ts';

interface ToolTest {
  description: string;
  schema?: string;
}
interface ToolResult {
  passed: ToolTest[];
  failed: ToolTest[];
  warnings: ToolTest[];
}
const require = createRequire(import.meta.url);
const { structuredDataTest } = require('structured-data-testing-tool') as {
  structuredDataTest: (html: string, options: object) => Promise<ToolResult>;
};
const { Google, SocialMedia } = require('structured-data-testing-tool/presets') as Record<
  'Google' | 'SocialMedia',
  { presets: { name: string }[] }
>;

/**
 * Flattens a graph to a list, with the publisher inlined. structured-data-testing-tool reads only the top level
 * of a script: it supports neither graphs nor references by `@id`, although JSON-LD 1.1 has both and Google
 * reads them.
 */
function flatten(html: string): string {
  const things = thingsOf(html);
  const byId = new Map(things.map(thing => [thing['@id'], thing]));
  const inline = (thing: Thing): Thing => ({
    ...thing,
    ...('publisher' in thing && { publisher: byId.get((thing.publisher as Thing)['@id']) }),
  });
  return html.replace(
    /(<script type="application\/ld\+json">)[\s\S]*?(<\/script>)/,
    (_, open: string, close: string) =>
      open + JSON.stringify(things.map(inline)).replaceAll('<', '\\u003c') + close,
  );
}

async function toolOf(html: string, presets: object[]): Promise<ToolResult> {
  const options = { presets, auto: false };
  try {
    return await structuredDataTest(flatten(html), options);
  } catch (error) {
    // The tool throws its result if a test has failed.
    const { res } = error as { res?: ToolResult };
    if (!res) throw error;
    return res;
  }
}

const failures = ({ failed }: ToolResult): string[] => failed.map(({ description }) => description).sort();

const types = {
  news: 'NewsArticle',
  report: 'ReportageNewsArticle',
  analysis: 'AnalysisNewsArticle',
  opinion: 'OpinionNewsArticle',
  editorial: 'OpinionNewsArticle',
  background: 'BackgroundNewsArticle',
  review: 'ReviewNewsArticle',
  interview: 'NewsArticle',
  obituary: 'NewsArticle',
  agency: 'NewsArticle',
};

const full = (type: string): string =>
  story(
    {
      title: `A ${type}`,
      standfirst: 'What it is about.',
      kicker: 'A kicker',
      dateline: 'Doha',
      type,
      updated: '2025-03-06T10:00:00-05:00',
      authors: ['ada', 'ben'],
      topics: ['gaza', 'talks'],
      people: ['Adam Boehler', 'Edan Alexander'],
      sources: [
        { name: 'Axios', url: 'https://axios.example/', firstReport: true },
        { name: 'The White House', note: 'A briefing' },
        { name: 'The army', url: 'https://army.example/' },
      ],
      corrections: [{ date: '2025-03-07T10:00:00-05:00', text: 'A number was wrong.' }],
    },
    `The text has five words.

> What *one* said,
> on two lines.
>
> And in a second paragraph.
>
> — Karoline Leavitt, press secretary

## A section

> What another said.
>
> — Ada Tester

> [!plain]
> Nobody says this.`,
  );

const files: Files = {
  'content/site.yaml': `${siteHead}policies:
  publishingPrinciples: /principles/
  correctionsPolicy: /corrections/
  ethicsPolicy: https://ethics.example/
  diversityPolicy: /principles/
  verificationFactCheckingPolicy: /principles/
  unnamedSourcesPolicy: /principles/
  noBylinesPolicy: /principles/
  missionCoveragePrioritiesPolicy: /principles/
  actionableFeedbackPolicy: /principles/
  ownershipFundingInfo: /principles/
  masthead: /authors/
`,
  ...Object.fromEntries(Object.keys(types).map(type => [`content/articles/2025/${type}.md`, full(type)])),
  'content/pages/principles.md': '---\ntitle: Principles\n---\n\nText.\n',
  'content/authors/ada.md': author(
    'Ada Tester',
    'role: Reporter\nurl: https://ada.example/\nlinks:\n  - {text: Social, url: "https://social.example/@ada"}\n',
  ),
  'content/authors/ben.md': author('Ben Tester'),
  'public/logo.png': 'not really a picture',
};

const built = await publishForAll(files);
built.remove();
const pages = built.files;
const page = (type: string): string => pages[`world/2025/03/${type}/index.html`]!;
const url = `${origin}/world/2025/03/news/`;
const news = thingOf(page('news'), 'NewsArticle');

/** The same stories, each with a picture. */
const photo = await makePhoto({ width: 1300, height: 900, iptc: { 80: 'Jane Doe', 110: 'Agency' } });
const pictured = await publishForAll({
  ...files,
  'content/articles/2025/room.jpg': photo,
  ...Object.fromEntries(
    Object.keys(types).map(type => [
      `content/articles/2025/${type}.md`,
      `${full(type)}\n\n![An empty room](room.jpg "The room. Photo: Jane Doe/Agency")\n`,
    ]),
  ),
});
pictured.remove();
const picturedPage = (type: string): string => pictured.files[`world/2025/03/${type}/index.html`]!;

describe('the structured-data testing tool', () => {
  test.each(Object.entries(types))('accepts a %s with its preset %s', async (type, name) => {
    const preset = Google.presets.find(each => each.name === name)!;
    const result = await toolOf(picturedPage(type), [preset]);
    expect(result.passed.length).toBeGreaterThan(7);
    expect(failures(result)).toEqual([]);
    expect(result.warnings).toEqual([]);
  });

  test('accepts an article with all of Google’s presets, for the things that they know', async () => {
    expect(failures(await toolOf(picturedPage('news'), [Google]))).toEqual([]);
  });

  /** Twitter cards fall back to Open Graph's title and description, which the preset does not know. */
  test('accepts an article with the SocialMedia preset, except for what cards take from Open Graph', async () => {
    expect(failures(await toolOf(picturedPage('news'), [SocialMedia]))).toEqual([
      'must have description',
      'must have title',
    ]);
  });

  test('finds missing fields, and a missing picture', async () => {
    const preset = Google.presets.find(each => each.name === 'NewsArticle')!;
    const without = page('news').replace('"headline":', '"head":').replace('"datePublished":', '"date":');
    expect(failures(await toolOf(without, [preset]))).toEqual(['datePublished', 'headline', 'image']);
  });
});

describe('a NewsArticle states', () => {
  test.each(Object.entries(types))('for `type: %s` that it is a %s', (type, name) => {
    expect(thingsOf(page(type)).map(thing => thing['@type'])).toEqual([
      name,
      'BreadcrumbList',
      'NewsMediaOrganization',
    ]);
  });

  test('everything that standards.md requires, with time zones in its dates', () => {
    expect(news).toMatchObject({
      '@id': `${url}#article`,
      mainEntityOfPage: url,
      headline: 'A news',
      alternativeHeadline: 'A kicker: A news',
      description: 'What it is about.',
      datePublished: '2025-03-05T09:00:00-05:00',
      dateModified: '2025-03-07T10:00:00-05:00',
      dateline: 'Doha',
      articleSection: 'World',
      keywords: ['Gaza', 'Talks'],
      about: [
        { '@type': 'Thing', name: 'Gaza' },
        { '@type': 'Thing', name: 'Talks' },
      ],
      mentions: [
        { '@type': 'Person', name: 'Adam Boehler' },
        { '@type': 'Person', name: 'Edan Alexander' },
      ],
      inLanguage: 'en',
      isAccessibleForFree: true,
    });
    expect(news.wordCount).toBeGreaterThan(10);
    expect(news.speakable).toMatchObject({ '@type': 'SpeakableSpecification' });
    const { cssSelector } = news.speakable as { cssSelector: string[] };
    for (const selector of cssSelector)
      expect(page('news')).toMatch(
        selector.startsWith('.')
          ? new RegExp(`class="[^"]*${selector.slice(1)}\\b`)
          : new RegExp(`<${selector}\\b`),
      );
  });

  test('its authors, with the addresses of existing pages', () => {
    expect(news.author).toEqual([
      {
        '@type': 'Person',
        name: 'Ada Tester',
        url: `${origin}/authors/ada/`,
        jobTitle: 'Reporter',
        sameAs: ['https://ada.example/', 'https://social.example/@ada'],
      },
      { '@type': 'Person', name: 'Ben Tester', url: `${origin}/authors/ben/` },
    ]);
    expect(pages['authors/ada/index.html']).toContain('Ada Tester');
  });

  test('the first reports elsewhere, separately from other sources', () => {
    expect(news.isBasedOn).toEqual([
      { '@type': 'CreativeWork', name: 'Axios', url: 'https://axios.example/' },
    ]);
    expect(news.citation).toEqual([
      { '@type': 'CreativeWork', name: 'The White House' },
      { '@type': 'CreativeWork', name: 'The army', url: 'https://army.example/' },
    ]);
  });

  test('every block quotation as a Quotation of its speaker, with an address on the page', () => {
    expect(news.hasPart).toEqual([
      {
        '@type': 'Quotation',
        '@id': `${url}#quote-karoline-leavitt`,
        text: 'What one said,\non two lines.\n\nAnd in a second paragraph.',
        spokenByCharacter: { '@type': 'Person', name: 'Karoline Leavitt', jobTitle: 'press secretary' },
      },
      {
        '@type': 'Quotation',
        '@id': `${url}#quote-ada-tester`,
        text: 'What another said.',
        spokenByCharacter: { '@type': 'Person', name: 'Ada Tester' },
      },
    ]);
    for (const part of news.hasPart as Thing[])
      expect(page('news')).toContain(`id="${String(part['@id']).split('#')[1]}"`);
  });

  test('its corrections', () => {
    expect(news.correction).toEqual([
      {
        '@type': 'CorrectionComment',
        text: 'A number was wrong.',
        datePublished: '2025-03-07T10:00:00-05:00',
      },
    ]);
  });

  test('its publisher, once, with logo and policies, with absolute addresses', () => {
    const publisher = thingOf(page('news'), 'NewsMediaOrganization');
    expect(news.publisher).toEqual({ '@id': publisher['@id'] });
    expect(news.copyrightHolder).toEqual({ '@id': publisher['@id'] });
    expect(publisher).toMatchObject({
      name: 'Courier Press',
      url: `${origin}/`,
      logo: { '@type': 'ImageObject', url: `${origin}/logo.png` },
      publishingPrinciples: `${origin}/principles/`,
      ethicsPolicy: 'https://ethics.example/',
      masthead: `${origin}/authors/`,
    });
    expect(Object.keys(publisher)).toHaveLength(16);
  });

  test('nothing that its story does not have', async () => {
    const { files: small } = await publish({ 'content/articles/2025/x.md': story() });
    const thing = thingOf(small['world/2025/03/x/index.html']!, 'NewsArticle');
    for (const key of [
      'description',
      'author',
      'correction',
      'isBasedOn',
      'citation',
      'hasPart',
      'dateline',
      'about',
      'mentions',
      'keywords',
      'alternativeHeadline',
      'translationOfWork',
    ])
      expect(thing).not.toHaveProperty(key);
    expect(thing.dateModified).toBe(thing.datePublished);
    expect(JSON.stringify(thing)).not.toMatch(/null|undefined|\[\]|\{\}/);
  });
});

test('BreadcrumbList leads from the home page through the desk to the story, over existing pages', () => {
  expect(thingOf(page('news'), 'BreadcrumbList').itemListElement).toEqual([
    { '@type': 'ListItem', position: 1, name: 'The Test Courier', item: `${origin}/` },
    { '@type': 'ListItem', position: 2, name: 'World', item: `${origin}/world/` },
    { '@type': 'ListItem', position: 3, name: 'A news', item: url },
  ]);
  expect(pages['world/index.html']).toBeDefined();
});

test('the home page describes the site and its publisher, with all policies', () => {
  const home = pages['index.html']!;
  const site = thingOf(home, 'WebSite');
  const publisher = thingOf(home, 'NewsMediaOrganization');
  expect(site).toMatchObject({ name: 'The Test Courier', url: `${origin}/`, inLanguage: 'en' });
  expect(site.publisher).toEqual({ '@id': publisher['@id'] });
  expect(Object.keys(publisher)).toEqual(
    expect.arrayContaining(['correctionsPolicy', 'unnamedSourcesPolicy', 'ownershipFundingInfo', 'masthead']),
  );
});

test('an author’s page is a ProfilePage of that person', () => {
  expect(thingOf(pages['authors/ada/index.html']!, 'ProfilePage').mainEntity).toMatchObject({
    '@type': 'Person',
    name: 'Ada Tester',
  });
});

test('hostile text in every field never ends the script, and is preserved', async () => {
  const hostile = `</script><script>alert(1)</script><!-- \u2028 "x"`;
  const { files: output } = await publish({
    'content/site.yaml': `${siteHead}typography: false\n`,
    'content/authors/ada.md': author(JSON.stringify(hostile)),
    'content/articles/2025/x.md': story(
      {
        title: hostile,
        standfirst: hostile,
        kicker: hostile,
        dateline: hostile,
        authors: ['ada'],
        people: [hostile],
        sources: [{ name: hostile }],
        corrections: [{ date: '2025-03-06T00:00:00Z', text: hostile }],
      },
      '> Words.\n>\n> — `</script><script>`, `</script>`',
    ),
  });
  for (const path of [
    'world/2025/03/x/index.html',
    'authors/ada/index.html',
    'index.html',
    'world/index.html',
  ]) {
    const html = output[path]!;
    expect(html.match(/<script\b/g), path).toHaveLength(4);
    expect(html).not.toContain('<!--');
    expect(html).not.toContain('alert(1)</script>');
  }
  const thing = thingOf(output['world/2025/03/x/index.html']!, 'NewsArticle');
  expect(thing.headline).toBe(hostile);
  expect((thing.author as Thing[])[0]!.name).toBe(hostile);
});

describe('the head of an article has', () => {
  const html = page('news');

  test('Open Graph', () => {
    const expected: Record<string, string[]> = {
      'og:type': ['article'],
      'og:title': ['A news'],
      'og:description': ['What it is about.'],
      'og:url': [url],
      'og:locale': ['en_US'],
      'og:site_name': ['The Test Courier'],
      'article:published_time': ['2025-03-05T09:00:00-05:00'],
      'article:modified_time': ['2025-03-07T10:00:00-05:00'],
      'article:section': ['World'],
      'article:tag': ['Gaza', 'Talks'],
      'article:author': [`${origin}/authors/ada/`, `${origin}/authors/ben/`],
    };
    expect(Object.fromEntries(Object.keys(expected).map(name => [name, metaOf(html, name)]))).toEqual(
      expected,
    );
  });

  test('Twitter’s card, canonical and robots', () => {
    expect(metaOf(html, 'twitter:card')).toEqual(['summary_large_image']);
    expect(metaOf(html, 'robots')).toEqual(['max-image-preview:large']);
    expect(linksOf(html, 'canonical').map(({ href }) => href)).toEqual([url]);
  });
});

test('every page has one canonical address, its own, except redirects; the 404 page is not indexed', async () => {
  const { files: output } = await publish(files, { basePath: '/news/' });
  let count = 0;
  for (const [path, html] of Object.entries(output)) {
    if (!path.endsWith('.html') || path.startsWith('text/')) continue;
    count++;
    expect(
      linksOf(html, 'canonical').map(({ href }) => href),
      path,
    ).toEqual([`${origin}/news/${path.replace(/(^|\/)index\.html$/, '$1')}`]);
    expect(metaOf(html, 'robots'), path).toEqual([
      path === '404.html' || path === 'search/index.html' ? 'noindex' : 'max-image-preview:large',
    ]);
    expect(metaOf(html, 'og:url')).toEqual([linksOf(html, 'canonical')[0]!.href]);
    expect(headOf(html).filter(({ tag, href }) => tag === 'link' && href === '')).toEqual([]);
  }
  expect(count).toBeGreaterThan(15);
});

test.each([
  ['en', 'en_US'],
  ['de', 'de_DE'],
  ['he', 'he_IL'],
  ['ar', 'ar_EG'],
  ['pt-BR', 'pt_BR'],
  ['zh-TW', 'zh_TW'],
])('og:locale of %s is %s', async (lang, locale) => {
  const { files: output } = await publish({ 'content/articles/2025/x.md': story({ lang }) });
  const path = `${lang === 'en' ? '' : `${lang}/`}world/2025/03/x/index.html`;
  expect(metaOf(output[path]!, 'og:locale')).toEqual([locale]);
});
