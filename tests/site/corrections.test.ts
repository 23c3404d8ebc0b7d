/** A correction is one entry in the front matter, and everything else follows from it. */
import { describe, expect, test } from 'vitest';
import { complaintsOf, metaOf, publish, story, thingOf } from '../helpers/publication.ts';

const at = (name: string): string => `content/articles/2025/${name}.md`;
const date = '2025-03-08T10:00:00-05:00';
const text = 'An earlier version gave 58 as the number.';
const corrected = {
  [at('x')]: story({ title: 'Corrected', corrections: [{ date, text }] }),
  [at('y')]: story({ title: 'Right', published: '2025-03-07T09:00:00-05:00' }),
};
const page = 'world/2025/03/x/index.html';

describe('one entry produces', () => {
  test('a notice on the article, with its date', async () => {
    const { files } = await publish(corrected);
    const body = files[page]!.slice(files[page]!.indexOf('<main'));
    expect(body).toContain(text);
    expect(body).toContain(`<time datetime="${date}">`);
  });

  test('an entry on /corrections/ with a link to the story', async () => {
    const { files } = await publish(corrected);
    const html = files['corrections/index.html']!;
    expect(html).toContain(text);
    expect(html).toContain(`<time datetime="${date}">`);
    expect(html).toContain('href="/world/2025/03/x/"');
    expect(html).not.toContain('Right');
  });

  test('a CorrectionComment, a new dateModified, Open Graph metadata and the line “updated”', async () => {
    const { files } = await publish(corrected);
    const thing = thingOf(files[page]!, 'NewsArticle');
    expect(thing.correction).toEqual([{ '@type': 'CorrectionComment', text, datePublished: date }]);
    expect(thing.dateModified).toBe(date);
    expect(thing.datePublished).toBe('2025-03-05T09:00:00-05:00');
    expect(metaOf(files[page]!, 'article:modified_time')).toEqual([date]);
    expect(files[page]).toMatch(/Updated <time/);
  });

  test('a new lastmod in the sitemap, and updates in the feeds, without a new position in the lists', async () => {
    const { files } = await publish(corrected);
    expect(files['sitemap.xml']).toMatch(/2025\/03\/x\/<\/loc><lastmod>2025-03-08T15:00:00\.000Z/);
    expect(files['atom.xml']).toContain('<updated>2025-03-08T15:00:00.000Z</updated>');
    const { items } = JSON.parse(files['feed.json']!) as {
      items: { title: string; date_modified?: string }[];
    };
    expect(items.map(({ title, date_modified }) => [title, date_modified])).toEqual([
      ['Right', undefined],
      ['Corrected', '2025-03-08T15:00:00.000Z'],
    ]);
  });
});

test('a story last changed at the latest of its dates', async () => {
  const { files } = await publish({
    [at('x')]: story({
      updated: '2025-03-08T22:00:00-05:00',
      corrections: [
        { date: '2025-03-07T10:00:00-05:00', text: 'One.' },
        { date: '2025-03-06T10:00:00-05:00', text: 'Two.' },
      ],
    }),
  });
  expect(thingOf(files[page]!, 'NewsArticle').dateModified).toBe('2025-03-08T22:00:00-05:00');
});

test("/corrections/ has the corrections of all stories, newest first, below the newsroom's own text", async () => {
  const { files } = await publish({
    [at('x')]: story({
      corrections: [
        { date: '2025-03-06T10:00:00-05:00', text: 'Second.' },
        { date: '2025-03-09T10:00:00-05:00', text: 'Fourth.' },
      ],
    }),
    [at('y')]: story({
      corrections: [
        { date: '2025-03-05T10:00:00-05:00', text: 'First.' },
        { date: '2025-03-07T10:00:00-05:00', text: 'Third.' },
      ],
    }),
    'content/pages/corrections.md':
      '---\ntitle: How we correct\n---\n\nWrite to [us](mailto:desk@courier.example).\n',
  });
  const html = files['corrections/index.html']!;
  const order = [
    'How we correct</h1>',
    'mailto:desk@courier.example',
    'Fourth.',
    'Third.',
    'Second.',
    'First.',
  ].map(part => html.indexOf(part));
  expect(order).not.toContain(-1);
  expect(order).toEqual([...order].sort((a, b) => a - b));
});

test('the page exists without corrections, and says so', async () => {
  const { files } = await publish({ [at('x')]: story() });
  expect(files['corrections/index.html']).toContain('There have been no corrections yet');
});

describe('is rejected at its place', () => {
  test.each([
    [
      'without a date',
      [{ text: 'A mistake.' }],
      /^content\/articles\/2025\/x\.md:5:\d+ error front-matter-missing .*date/,
    ],
    ['without text', [{ date }], /^content\/articles\/2025\/x\.md:5:\d+ error front-matter-missing .*text/],
    [
      'with an invalid date',
      [{ date: '2025-02-30', text }],
      /^content\/articles\/2025\/x\.md:5:\d+ error front-matter-date/,
    ],
  ])('%s', async (_, corrections, message) => {
    const messages = await complaintsOf({ [at('x')]: story({ corrections }) });
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(message);
  });

  test('with a warning, if it is older than the story', async () => {
    const messages = await complaintsOf({
      [at('x')]: story({ corrections: [{ date: '2025-03-01T00:00:00Z', text }] }),
    });
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/x\.md:\d+:\d+ warning date-order/);
  });
});
