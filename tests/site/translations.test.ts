/** One story in several languages. */
import { describe, expect, test } from 'vitest';
import {
  complaintsOf,
  type Files,
  fileAt,
  linksOf,
  origin,
  publish,
  publishForAll,
  siteHead,
  story,
} from '../helpers/publication.ts';

const at = (name: string): string => `content/articles/2025/${name}.md`;

const files: Files = {
  [at('x')]: story({ title: 'The story', topics: ['gaza'], authors: ['ada'] }),
  [at('x.he')]: story(
    {
      title: 'הסיפור',
      lang: 'he',
      translationOf: 'x.md',
      topics: ['gaza'],
      authors: ['ada'],
      published: '2025-03-06T09:00:00-05:00',
    },
    'משפט אחד.',
  ),
  [at('x.de')]: story(
    { title: 'Die Geschichte', lang: 'de', translationOf: 'x.md', published: '2025-03-07T09:00:00-05:00' },
    'Ein Satz.',
  ),
  [at('alone')]: story({ title: 'Alone' }),
  [at('nur')]: story({ title: 'Nur auf Deutsch', lang: 'de' }),
  'content/authors/ada.md': '---\nname: Ada Tester\n---\n\nText.\n',
};
const versions = {
  en: 'world/2025/03/x/',
  de: 'de/world/2025/03/x/',
  he: 'he/world/2025/03/x/',
};
const built = await publishForAll(files);
built.remove();
const output = built.files;
const pageOf = (lang: keyof typeof versions): string => output[`${versions[lang]}index.html`]!;
const titles = (html: string): string[] =>
  [...html.matchAll(/<h\d class="teaser-headline"><a [^>]*>([^<]*)<\/a>/g)].map(([, text]) => text!);

describe('a story in several languages', () => {
  test('is published below its language, in its language and direction', () => {
    expect(pageOf('he')).toMatch(/<html lang="he" dir="rtl">/);
    expect(pageOf('de')).toMatch(/<html lang="de" dir="ltr">/);
    expect(pageOf('en')).toMatch(/<html lang="en" dir="ltr">/);
  });

  test('lists all its versions, including itself, and a default on each of them', () => {
    for (const lang of Object.keys(versions) as (keyof typeof versions)[]) {
      expect(
        linksOf(pageOf(lang), 'alternate')
          .filter(({ hreflang }) => hreflang)
          .map(({ hreflang, href }) => [hreflang, href]),
      ).toEqual([
        ['en', `${origin}/${versions.en}`],
        ['de', `${origin}/${versions.de}`],
        ['he', `${origin}/${versions.he}`],
        ['x-default', `${origin}/${versions.en}`],
      ]);
      expect(linksOf(pageOf(lang), 'canonical').map(({ href }) => href)).toEqual([
        `${origin}/${versions[lang]}`,
      ]);
    }
  });

  test('has links to the other versions, in their names and languages', () => {
    const body = (lang: keyof typeof versions) => pageOf(lang).slice(pageOf(lang).indexOf('<body'));
    const switches = (lang: keyof typeof versions) =>
      [...body(lang).matchAll(/<a href="([^"]*)"[^>]*hreflang="([^"]*)"[^>]*>([^<]*)<\/a>/g)].map(
        ([, href, to, text]) => [href, to, text],
      );
    expect(switches('en')).toEqual([
      [`/${versions.de}`, 'de', 'Deutsch'],
      [`/${versions.he}`, 'he', 'עברית'],
    ]);
    expect(switches('he')).toEqual([
      [`/${versions.en}`, 'en', 'English'],
      [`/${versions.de}`, 'de', 'Deutsch'],
    ]);
  });

  test('states in its data which story it translates', () => {
    expect(pageOf('he')).toContain(`"translationOfWork":{"@id":"${origin}/${versions.en}#article"}`);
    expect(pageOf('en')).not.toContain('translationOfWork');
  });

  test('appears once in the lists of the site’s language, and each version in those of its own', () => {
    expect(titles(output['index.html']!).sort()).toEqual(['Alone', 'Nur auf Deutsch', 'The story']);
    expect(titles(output['topics/gaza/index.html']!)).toEqual(['The story']);
    expect(titles(output['authors/ada/index.html']!)).toEqual(['The story']);
    expect(titles(output['de/index.html']!)).toEqual(['Die Geschichte', 'Nur auf Deutsch']);
    expect(titles(output['he/index.html']!)).toEqual(['הסיפור']);
    expect(output['he/index.html']).toMatch(/<html lang="he" dir="rtl">/);
  });

  test('has the feeds of its language', () => {
    const feed = JSON.parse(output['he/feed.json']!) as {
      language: string;
      items: { title: string; language: string }[];
    };
    expect(feed.language).toBe('he');
    expect(feed.items.map(({ title, language }) => [title, language])).toEqual([['הסיפור', 'he']]);
    expect(output['he/feed.xml']).toContain('<language>he</language>');
    expect(output['he/atom.xml']).toMatch(/<feed[^>]* xml:lang="he"/);
    const site = JSON.parse(output['feed.json']!) as { items: { title: string; language: string }[] };
    expect(site.items.map(({ title }) => title)).not.toContain('הסיפור');
    expect(site.items.find(({ title }) => title === 'Nur auf Deutsch')!.language).toBe('de');
  });

  test('links from the head of its pages to the feeds of its language', () => {
    const feeds = linksOf(pageOf('he'), 'alternate').filter(({ type }) => type === 'application/rss+xml');
    expect(feeds.map(({ href }) => href)).toContain(`${origin}/he/feed.xml`);
  });
});

test('a translation with its own topic and author links only to existing pages', async () => {
  const { files: some } = await publish({
    [at('x')]: story({ title: 'The story' }),
    [at('x.de')]: story({
      title: 'Die Geschichte',
      lang: 'de',
      translationOf: 'x.md',
      topics: ['gaza'],
      authors: ['ada'],
    }),
    'content/authors/ada.md': '---\nname: Ada Tester\n---\n\nText.\n',
  });
  const hrefs = [...some['de/world/2025/03/x/index.html']!.matchAll(/<a [^>]*?href="(\/[^"#]*)/g)].map(
    ([, href]) => fileAt(href!),
  );
  expect(hrefs.length).toBeGreaterThan(5);
  expect(hrefs.filter(path => some[path] === undefined)).toEqual([]);
});

test('a story in one language lists no other', () => {
  const html = output['world/2025/03/alone/index.html']!;
  expect(html).not.toContain('hreflang');
});

test('a translation whose original is not published yet has no other version', async () => {
  const { files: some } = await publish(
    {
      ...files,
      [at('x')]: story({ title: 'The story', published: '2026-01-01T00:00:00Z' }),
      [at('x.he')]: story({ title: 'ה', lang: 'he', translationOf: 'x.md' }),
    },
    { now: Date.parse('2025-06-01T00:00:00Z') },
  );
  expect(some['world/2025/03/x/index.html']).toBe(undefined);
  const html = some['he/world/2025/03/x/index.html']!;
  expect(
    linksOf(html, 'alternate')
      .map(({ hreflang }) => hreflang)
      .filter(Boolean),
  ).toEqual(['de', 'he', 'x-default']);
  expect(html).not.toContain('href="/world/2025/03/x/"');
});

describe('a translation is rejected at its place', () => {
  test.each([
    [
      'of a missing article',
      { 'y.de': { lang: 'de', translationOf: 'nothing.md' } },
      /There is no article \S+\/nothing\.md\./,
    ],
    ['of itself', { 'y.de': { lang: 'de', translationOf: 'y.de.md' } }, /names itself/],
    ['into the same language', { 'y.de': { translationOf: 'x.md' } }, /same language/],
    ['of a translation', { 'y.de': { lang: 'fr', translationOf: 'x.he.md' } }, /is itself a translation/],
  ])('%s', async (_, more, reason) => {
    const messages = await complaintsOf({
      ...files,
      ...Object.fromEntries(Object.entries(more).map(([name, meta]) => [at(name), story(meta)])),
    });
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/^content\/articles\/2025\/y\.de\.md:\d+:\d+ error translation-original /);
    expect(messages[0]).toMatch(reason);
  });

  test('into a language that already has a translation of the story', async () => {
    const messages = await complaintsOf({
      ...files,
      [at('second')]: story({ title: 'Zweite', lang: 'de', translationOf: 'x.md' }),
    });
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/^content\/articles\/2025\/(second|x\.de)\.md:\d+:\d+ error translation/);
  });
});

describe('the user interface of a page is in its language, with its plural forms', () => {
  test.each([
    ['es', 'minutos'],
    ['fr', 'minutes'],
    ['de', 'Minuten'],
  ])('%s', async (lang, word) => {
    const long = `${'Wort wort wort wort wort wort wort wort wort wort. '.repeat(80)}`;
    const { files: some } = await publish({ [at('x')]: story({ lang }, long) });
    expect(some[`${lang}/world/2025/03/x/index.html`]).toContain(word);
  });

  test.each(['ar', 'he'])('%s: it has no English text', async lang => {
    const { files: some } = await publish({
      'content/site.yaml': siteHead,
      [at('x')]: story(
        { lang, title: 'א', corrections: [{ date: '2025-03-06T00:00:00Z', text: 'א' }], topics: ['gaza'] },
        '## א\n\nא\n\n## ב\n\nב',
      ),
    });
    const html = some[`${lang}/world/2025/03/x/index.html`]!;
    const text = html
      .slice(html.indexOf('<body'))
      .replace(/<script[\s\S]*?<\/script>/g, '')
      .replace(/<[^>]*>/g, ' ');
    for (const english of [
      'Skip to',
      'Front page',
      'Topics',
      'Correction',
      'In this story',
      'Published by',
      'minute',
    ])
      expect(text).not.toContain(english);
  });
});

test('the only page in its language has its texts and its typeface', async () => {
  const { files: some } = await publish({
    'content/site.yaml': siteHead,
    'content/pages/about.md': '---\ntitle: אודות\nlang: he\n---\nטקסט.\n',
    [at('x')]: story({}),
  });
  const names = Object.keys(some);
  expect(names.filter(name => name.includes('noto-serif-hebrew'))).toHaveLength(1);
  expect(names.filter(name => name.includes('noto-naskh-arabic'))).toEqual([]);
  expect(some['about/index.html']).toContain('דילוג לתוכן');
});
