/** Types of stories: what each shows on its page, in lists and in structured data. */
import { readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { allowedStyles } from '../check/parse-html.ts';
import { publish, story, thingOf } from '../helpers/publication.ts';
import { packageRoot } from '../helpers/site.ts';

const picture = (name: string) => readFileSync(`${packageRoot}content/articles/2025/styleguide/${name}`);
const hills = picture('hills.jpg');
const at = (slug: string) => `content/articles/2025/${slug}.md`;
const pageAt = (slug: string) => `world/2025/03/${slug}/index.html`;
const beside = {
  'content/articles/2025/hills.jpg': hills,
  'content/articles/2025/evening.jpg': picture('evening.jpg'),
};
const shown = (options = '') => `![The hills](hills.jpg${options} "The hills. Photo: Jane")\n`;

/** A template that prints what lists know of a story. */
const teaserTemplate = {
  'templates/partials/teaser.html':
    '<p class="test"><%= it.teaser.headline %>|<%= it.teaser.verdict %>|<%= it.teaser.rating && it.teaser.rating.text %>|<%= it.teaser.duration && it.teaser.duration.text %>|<%= it.teaser.pictureCount %>|<%= it.teaser.years %>|<%= it.teaser.picture && it.teaser.picture.src %></p>\n',
};
const teasersIn = (html: string) =>
  [...html.matchAll(/<p class="test">([^<]*)<\/p>/g)].map(([, text]) =>
    Object.fromEntries(
      text!
        .split('|')
        .map((value, index) => [
          ['headline', 'verdict', 'rating', 'duration', 'pictures', 'years', 'src'][index],
          value,
        ]),
    ),
  );

describe('a review', () => {
  const review = {
    item: 'The <Long> Winter',
    kind: 'film',
    verdict: 'Slow & worth it.',
    rating: '4/5',
    facts: [
      { label: 'Director', value: 'Ana Duarte' },
      { label: 'Sound', rating: '3.5/5' },
    ],
  };
  test('shows what it is about, the verdict and rated facts, also in the text edition', async () => {
    const { files } = await publish({ [at('x')]: story({ type: 'review', review }) });
    const html = files[pageAt('x')]!;
    expect(html).toContain('<p class="verdict-words">Slow &amp; worth it.</p>');
    expect(html).toContain('aria-label="4 out of 5"');
    expect(html).toContain('aria-label="3.5 out of 5"');
    const text = files[`text/${pageAt('x')}`]!;
    expect(text).toContain('The &lt;Long&gt; Winter · 4 out of 5: Slow &amp; worth it.');
    expect(text).toContain('<li>Sound: 3.5 out of 5</li>');
  });
  test('tells search engines the work, the verdict and the rating', async () => {
    const { files } = await publish({ [at('x')]: story({ type: 'review', review }) });
    expect(thingOf(files[pageAt('x')]!, 'ReviewNewsArticle')).toMatchObject({
      itemReviewed: { '@type': 'Movie', name: 'The <Long> Winter' },
      reviewBody: 'Slow & worth it.',
      reviewRating: { '@type': 'Rating', ratingValue: 4, bestRating: 5 },
    });
  });
});

test('an obituary shows its picture in the header, and the dates of a life in the language of the story', async () => {
  const life = { name: 'Ida Marsh', born: '1931-04-02', died: '2026' };
  const { files } = await publish({
    ...beside,
    [at('x')]: story({ type: 'obituary', life, lang: 'de' }, `${shown()}\nText.\n`),
  });
  const html = files['de/world/2025/03/x/index.html']!;
  expect(html).toContain('Geboren <time datetime="1931-04-02">2. April 1931</time>');
  expect(html).toContain('Gestorben <time datetime="2026">2026</time>');
  expect(html).toMatch(/<div class="lead prose">\s*<figure class="image"[\s\S]*<\/header>/);
  expect(html.match(/<figure class="image"/g)).toHaveLength(1);
  expect(thingOf(html, 'NewsArticle')).toMatchObject({
    about: expect.arrayContaining([
      { '@type': 'Person', name: 'Ida Marsh', birthDate: '1931-04-02', deathDate: '2026' },
    ]),
  });
});

test('a photo essay begins with its first picture and says how many it has, but not how long it takes to read', async () => {
  const body = `${shown()}\nText.\n\n${shown('#width=pair')}![Evening](evening.jpg#width=pair "Photo: Jane")\n`;
  const { files } = await publish({ ...beside, [at('x')]: story({ type: 'photo-essay' }, body) });
  const html = files[pageAt('x')]!;
  expect(html.indexOf('<div class="lead prose">')).toBeLessThan(html.indexOf('<h1'));
  expect(html).toContain('<span>3 pictures</span>');
  expect(html).not.toContain('to read');
  expect(html).toMatch(
    /<div class="pair"><figure class="image at-pair"[\s\S]*<\/figure>\s*<figure class="image at-pair"/,
  );
});

test.each([
  ['video', '```video\nurl: https://host.example/x\ncaption: The film\nduration: "12:34"\n```\n', '12:34'],
  [
    'audio',
    '```audio\nurl: https://host.example/x\ncaption: The talk\nduration: "1:02:03"\n```\n',
    '1:02:03',
  ],
])('a story of the type %s begins with its recording and says how long it is', async (type, block, text) => {
  const { files } = await publish({ [at('x')]: story({ type }, `${block}\nText.\n`) });
  const html = files[pageAt('x')]!;
  expect(html.indexOf(`<figure class="${type}`)).toBeGreaterThan(0);
  expect(html.indexOf(`<figure class="${type}`)).toBeLessThan(html.indexOf('<h1'));
  expect(html).toMatch(new RegExp(`<span class="duration">Duration <time datetime="PT\\d+S">${text}</time>`));
  expect(html).not.toContain('to read');
  expect(files[`text/${pageAt('x')}`]).toContain(`>${text}</time>`);
});

test('an explainer lists its sections before the text, and other stories after the opening', async () => {
  const body = 'Opening.\n\n## Who pays?\n\nText.\n\n## When?\n\nText.\n';
  const { files } = await publish({
    [at('x')]: story({ type: 'explainer' }, body),
    [at('y')]: story({}, body),
  });
  const [x, y] = [files[pageAt('x')]!, files[pageAt('y')]!];
  expect(x.indexOf('<nav class="questions"')).toBeLessThan(x.indexOf('Opening.</p>'));
  expect(x).not.toContain('<nav class="contents"');
  expect(y.indexOf('<nav class="contents"')).toBeGreaterThan(y.indexOf('Opening.</p>'));
});

test('an interview distinguishes questions and speakers', async () => {
  const body = '**Why?**\n\nBecause.\n\n**Doe:** Not **only** that.\n\n**Bold** begins a sentence.\n';
  const { files } = await publish({
    [at('x')]: story({ type: 'interview' }, body),
    [at('y')]: story({}, body),
  });
  const html = files[pageAt('x')]!;
  expect(html).toContain('<p class="question"><strong>Why?</strong></p>');
  expect(html).toContain('<p class="turn"><strong>Doe:</strong> Not');
  expect(html).toContain('<p><strong>Bold</strong> begins');
  expect(files[pageAt('y')]).not.toContain('class="question"');
});

test('an opinion has the large portrait of its only author', async () => {
  const author = (name: string) => `---\nname: ${name}\npicture: hills.jpg\n---\n\nText.\n`;
  const { files } = await publish({
    'content/authors/hills.jpg': hills,
    'content/authors/ada.md': author('Ada'),
    'content/authors/ben.md': author('Ben'),
    [at('x')]: story({ type: 'opinion', authors: ['ada'] }),
    [at('y')]: story({ type: 'opinion', authors: ['ada', 'ben'] }),
  });
  expect(files[pageAt('x')]).toContain('<div class="portrait">');
  expect(files[pageAt('y')]).not.toContain('<div class="portrait">');
  expect(files[pageAt('y')]).toContain('<div class="faces">');
});

test('lists know the verdict, the duration, the number of pictures and the years of a life', async () => {
  const { files } = await publish({
    ...teaserTemplate,
    ...beside,
    [at('review')]: story({
      title: 'R',
      type: 'review',
      review: { item: 'A', verdict: 'Good.', rating: '7,5/10' },
    }),
    [at('photos')]: story({ title: 'P', type: 'photo-essay' }, `${shown()}\n${shown('#x')}`),
    [at('talk')]: story(
      { title: 'T', type: 'audio' },
      '```audio\nurl: https://host.example/x\ncaption: C\nduration: "4:05"\n```\n',
    ),
    [at('life')]: story({
      title: 'L',
      type: 'obituary',
      life: { name: 'A', born: '1931', died: '2026-03-01' },
    }),
    [at('news')]: story({ title: 'N' }, `${shown()}\nText.\n`),
  });
  const all = Object.fromEntries(
    teasersIn(files['world/index.html']!).map(({ headline, src: _, ...own }) => [headline, own]),
  );
  const none = { verdict: '', rating: '', duration: '', pictures: '', years: '' };
  expect(all).toEqual({
    R: { ...none, verdict: 'Good.', rating: '7.5 out of 10' },
    P: { ...none, pictures: '2' },
    T: { ...none, duration: '4:05' },
    L: { ...none, years: '1931–2026' },
    N: none,
  });
});

describe('the picture in lists', () => {
  const srcIn = (html: string) => teasersIn(html)[0]!.src!;
  test('is the one that the front matter names, which the page need not show', async () => {
    const { files } = await publish({
      ...teaserTemplate,
      ...beside,
      [at('x')]: story({ picture: 'evening.jpg#focus=10,20' }, `${shown()}\nText.\n`),
      [at('y')]: story({ title: 'Y', published: '2025-03-01T09:00:00-05:00' }, `${shown()}\nText.\n`),
    });
    const [x, y] = teasersIn(files['world/index.html']!);
    expect(y!.src).toMatch(/^\/assets\/pictures\//);
    expect(x!.src).toMatch(/^\/assets\/pictures\//);
    expect(x!.src).not.toBe(y!.src);
    expect(files[x!.src!.slice(1)]).toBeDefined();
    expect(files[pageAt('x')]!.split('</head>')[1]).not.toContain(x!.src!.replace(/\d+\.jpg$/, ''));
    expect(files[pageAt('x')]).toContain('og:image');
    expect(thingOf(files[pageAt('x')]!, 'NewsArticle')).toMatchObject({ image: expect.any(Array) });
  });
  test('is the still of a video, if the story has no other', async () => {
    const video = '```video\nurl: https://host.example/x\nposter: evening.jpg\ncaption: The film\n```\n';
    const { files } = await publish({
      ...teaserTemplate,
      ...beside,
      [at('x')]: story({}, `Text.\n\n${video}`),
    });
    expect(srcIn(files['world/index.html']!)).toMatch(/^\/assets\/pictures\//);
    const html = files[pageAt('x')]!;
    expect(/<a class="video-link"[\s\S]*?<\/a>/.exec(html)![0]).toContain('<source type="image/avif"');
  });
});

test('credits say what they are for, in the language of the story, and no caption runs into them', async () => {
  const body = `![A](hills.jpg "The *Ocean Star* at sea Photo: Jane")\n\n![B](evening.jpg "Illustration: Li")\n`;
  const { files } = await publish({
    ...beside,
    [at('x')]: story({}, body),
    [at('y')]: story({ lang: 'fr', title: 'Y' }, body),
  });
  const html = files[pageAt('x')]!;
  expect(html).toMatch(
    /<span class="caption">The Ocean Star at sea\.<\/span>\s*<span class="credit">Photo: Jane</,
  );
  expect(html).toContain('<span class="credit">Illustration: Li<');
  expect(files['fr/world/2025/03/y/index.html']).toContain('Photo : Jane');
});

test('the next story is the next older one of the desk, but no related one', async () => {
  const old = (day: number, more = {}) =>
    story({ title: `Day ${day}`, published: `2025-03-0${day}T09:00:00-05:00`, ...more });
  const { files } = await publish({
    [at('a')]: old(5, { related: ['b.md'] }),
    [at('b')]: old(4),
    [at('c')]: old(3, { type: 'sponsored' }),
    [at('d')]: old(2),
  });
  const nextOf = (slug: string) =>
    /<nav class="next-story"[\s\S]*?<a href="([^"]*)"/.exec(files[pageAt(slug)]!)?.[1];
  expect(['a', 'b', 'd'].map(nextOf)).toEqual(['/world/2025/03/d/', '/world/2025/03/d/', undefined]);
});

test('the page of a news story has less than 11 KB of HTML, compressed with Brotli', async () => {
  const words =
    'The council met for the third time this week to decide what to do about the harbour, which has been closed since the storm in October. Nobody in the room expected the vote to be close.'.split(
      ' ',
    );
  const paragraph = (index: number) => [...words.slice(index * 3), ...words.slice(0, index * 3)].join(' ');
  const text = Array.from({ length: 9 }, (_, index) => `${paragraph(index)}\n`).join('\n');
  const body = `${shown()}\n${text}\n## What it means\n\n${text}\n> We promised a harbour.\n>\n> — Mia Torres, mayor\n\n## What comes next\n\n![E](evening.jpg "Evening. Photo: Jane")\n\n${text}`;
  const others = Object.fromEntries(
    Array.from({ length: 6 }, (_, index) => [
      at(`other-${index}`),
      story(
        { title: `Another headline about the harbour, number ${index}`, topics: ['gaza'] },
        `${shown()}\n${text}`,
      ),
    ]),
  );
  const { files } = await publish({
    ...beside,
    ...others,
    [at('x')]: story(
      {
        topics: ['gaza'],
        standfirst: 'The storm broke the quay.',
        sources: [{ name: 'Reuters', url: 'https://reuters.example/' }],
      },
      body,
    ),
  });
  const html = files[pageAt('x')]!;
  expect(html.match(/<article class="teaser/g)!.length).toBe(4);
  expect(brotliCompressSync(html).length).toBeLessThan(11 * 1024);
});

test('a story has only the parts of the style sheet that it needs, and its content security policy allows them', async () => {
  const { files } = await publish({
    [at('x')]: story(),
    [at('y')]: story({ title: 'Y' }, '> Words.\n>\n> — Jane Doe\n'),
    [at('z')]: story({ title: 'Z', type: 'interview' }, '**Why?**\n'),
  });
  const has = (slug: string, rule: string) =>
    [...files[pageAt(slug)]!.matchAll(/<style>([\s\S]*?)<\/style>/g)].some(([, css]) => css!.includes(rule));
  expect([has('x', '.quote-speaker'), has('y', '.quote-speaker')]).toEqual([false, true]);
  expect([has('x', '.prose .question'), has('z', '.prose .question')]).toEqual([false, true]);
  expect(has('x', '.prose table')).toBe(true);
  const isAllowed = allowedStyles(files);
  for (const slug of ['x', 'y', 'z'])
    for (const [, css] of files[pageAt(slug)]!.matchAll(/<style>([\s\S]*?)<\/style>/g))
      expect(isAllowed(css!)).toBe(true);
});
