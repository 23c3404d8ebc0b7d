/** Texts that site.yaml and authors' files contain in several languages. */
import { expect, test } from 'vitest';
import { fileAt, publish, story, thingOf, thingsOf } from '../helpers/publication.ts';

const files = {
  'content/site.yaml': `name: {en: The Test Courier, he: השליח}
tagline: News for tests
url: https://courier.example/
publisher: {name: {en: Courier Press, he: הוצאת השליח}}
outputs: {cards: false, articleJson: true, ninjs: true}
desks:
  - {id: world, name: {he: עולם, en: World}, description: {en: News of the world}}
  - {id: politics, name: Politics}
topics:
  - {id: gaza, name: {en: Gaza, he: עזה}}
navigation:
  - {text: {en: Front page, he: דף הבית}, url: /}
  - {text: Politics, url: /politics/}
footer:
  - {text: {en: Archive, he: ארכיון, de: Archiv}, url: /archive/}
`,
  'content/authors/ada.md':
    '---\nname: {en: Ada Tester, he: עדה}\nrole: {en: Reporter, he: כתבת}\n---\n\nText.\n',
  'content/authors/bo.md': '---\nname: Bo Tester\nrole: Editor\n---\n\nText.\n',
  'content/articles/2025/x.md': story({ title: 'The story', topics: ['gaza'], authors: ['ada', 'bo'] }),
  'content/articles/2025/x.he.md': story(
    { title: 'הסיפור', lang: 'he', translationOf: 'x.md', topics: ['gaza'], authors: ['ada', 'bo'] },
    'משפט אחד.',
  ),
  'content/articles/2025/only.md': story({ title: 'רק בעברית', lang: 'he', authors: ['ada'] }, 'משפט אחד.'),
  'content/articles/2025/de.md': story({ title: 'Auf Deutsch', lang: 'de', authors: ['ada'] }, 'Ein Satz.'),
};

/** The parts that a file lacks. White space between tags does not count. */
function absent(text: string | undefined, parts: string[]): string[] {
  const compact = text?.replace(/\s*\n\s*/g, '') ?? '';
  return parts.filter(part => !compact.includes(part));
}

test('are in the language of each page, with the language of those that are not', async () => {
  const { files: output } = await publish(files);
  const hebrew = output[fileAt('/he/world/2025/03/x/')]!;

  expect(
    absent(output[fileAt('/world/2025/03/x/')], [
      '<title>The story — The Test Courier</title>',
      '<a href="/" lang="en" dir="ltr">Front page</a>',
      'Ada Tester</a>, <span lang="en" dir="ltr">Reporter</span>',
    ]),
  ).toEqual([]);
  expect(
    absent(hebrew, [
      '<title>הסיפור — השליח</title>',
      '<a href="/" lang="he" dir="rtl">דף הבית</a>',
      '<a href="/politics/" lang="en" dir="ltr">Politics</a>',
      '<a href="/archive/" lang="he" dir="rtl">ארכיון</a>',
      'עדה</a>, <span lang="he" dir="rtl">כתבת</span>',
      'Bo Tester</a>, <span lang="en" dir="ltr">Editor</span>',
      '>עולם</a>',
      'property="article:tag" content="עזה"',
    ]),
  ).toEqual([]);
  expect(thingOf(hebrew, 'NewsArticle')).toMatchObject({
    articleSection: 'עולם',
    keywords: ['עזה'],
    author: [
      { name: 'עדה', jobTitle: 'כתבת' },
      { name: 'Bo Tester', jobTitle: 'Editor' },
    ],
  });
  expect(thingsOf(hebrew).map(thing => thing.name)).toContain('הוצאת השליח');
  // German has one translation, so everything else is in the site's language.
  expect(
    absent(output[fileAt('/de/world/2025/03/de/')], [
      '<title>Auf Deutsch — The Test Courier</title>',
      '<a href="/archive/" lang="de" dir="ltr">Archiv</a>',
      '<a href="/" lang="en" dir="ltr">Front page</a>',
      '>World</a>',
    ]),
  ).toEqual([]);
});

test('are in the language of each list, feed, data file and text page', async () => {
  const { files: output } = await publish(files);
  const at = (address: string, parts: string[]) => absent(output[fileAt(address)], parts);

  expect(at('/', ['<h1 class="nameplate"><span lang="en" dir="ltr">The Test Courier</span>'])).toEqual([]);
  // A list in English names the author of a Hebrew story in English.
  expect(
    at('/world/', ['<h1>World</h1>', 'News of the world', 'רק בעברית', '<bdi>Ada Tester</bdi>']),
  ).toEqual([]);
  expect(output[fileAt('/world/')]).not.toContain('עדה');
  expect(at('/he/', ['<span lang="he" dir="rtl">השליח</span>', '<bdi>עדה</bdi>'])).toEqual([]);
  expect(at('/authors/ada/', ['<h1>Ada Tester</h1>'])).toEqual([]);
  expect(
    absent(output['he/feed.xml'], ['— השליח</title>', '<category>עזה</category>', '<dc:creator>עדה']),
  ).toEqual([]);
  expect(absent(output['world/feed.xml'], ['<title>World — The Test Courier</title>'])).toEqual([]);
  const folder = 'he/world/2025/03/x';
  expect(JSON.parse(output[`${folder}/article.json`]!)).toMatchObject({
    desk: { id: 'world', name: 'עולם' },
    authors: [{ name: 'עדה' }, { name: 'Bo Tester' }],
  });
  expect(JSON.parse(output[`${folder}/ninjs.json`]!)).toMatchObject({ by: 'עדה, Bo Tester' });
  expect(absent(output[`text/${folder}/index.html`], ['lang="he" dir="rtl">השליח</a>'])).toEqual([]);
  expect(Object.keys(output).filter(path => output[path]!.includes('[object Object]'))).toEqual([]);
});
