/** Standing pages: their addresses, and series of them. */
import { describe, expect, test } from 'vitest';
import { complaintsOf, publish } from '../helpers/publication.ts';

const page = (title: string, lines = '', text = 'A sentence.') =>
  `---\ntitle: ${title}\n${lines}---\n\n${text}\n`;

describe('the address of a standing page', () => {
  test('keeps its folders, and index.md is the page of its folder', async () => {
    const { files } = await publish({
      'content/pages/about.md': page('About'),
      'content/pages/Our Guide/index.md': page('Guide'),
      'content/pages/Our Guide/First Steps.md': page('First steps'),
      'content/pages/Our Guide/deep/er.md': page('Deeper', 'slug: down\n', '[Back](../index.md)'),
    });
    for (const [path, title] of [
      ['about/index.html', 'About'],
      ['our-guide/index.html', 'Guide'],
      ['our-guide/first-steps/index.html', 'First steps'],
      ['our-guide/deep/down/index.html', 'Deeper'],
    ] as const)
      expect([path, files[path]]).toEqual([path, expect.stringContaining(`<h1>${title}</h1>`)]);
    expect(files['our-guide/deep/down/index.html']).toContain('href="/our-guide/"');
    expect(files['sitemap.xml']).toContain('/our-guide/first-steps/</loc>');
  });
});

describe('a series of pages', () => {
  const series = {
    'content/pages/guide/index.md': page('Guide', 'chapters: [one.md, two.md, ../about.md]\n'),
    'content/pages/guide/one.md': page('One <1>', 'description: The first & only\n'),
    'content/pages/guide/two.md': page('Two'),
    'content/pages/about.md': page('About'),
    'content/pages/other.md': page('Other'),
  };
  const navigation = (html: string) => /<nav class="series"[\s\S]*?<\/nav>/.exec(html)?.[0];
  const links = (html: string | undefined) =>
    [...(html ?? '').matchAll(/<a [^>]*href="([^"]*)"[^>]*>/g)].map(([tag, url]) => [
      url,
      /rel="(\w+)"/.exec(tag)?.[1],
    ]);

  test('has a list of its chapters on its first page, in the order that the page gives', async () => {
    const { files } = await publish(series);
    const html = files['guide/index.html']!;
    const chapters = /<ol class="chapters">[\s\S]*?<\/ol>/.exec(html)![0];
    expect(links(chapters).map(([url]) => url)).toEqual(['/guide/one/', '/guide/two/', '/about/']);
    expect(chapters).toContain('One &lt;1&gt;');
    expect(chapters).toContain('The first &amp; only');
    expect(files['text/guide/index.html']).toContain('href="/text/guide/one/"');
  });

  test('has links to the previous, the next and the first page', async () => {
    const { files } = await publish(series);
    expect(links(navigation(files['guide/index.html']!))).toEqual([['/guide/one/', 'next']]);
    expect(links(navigation(files['guide/one/index.html']!))).toEqual([
      ['/guide/', 'prev'],
      ['/guide/two/', 'next'],
    ]);
    expect(links(navigation(files['about/index.html']!))).toEqual([['/guide/two/', 'prev']]);
    expect(files['guide/two/index.html']).toMatch(
      /<p class="kicker[^"]*"><a href="\/guide\/">Guide<\/a><\/p>/,
    );
    expect(navigation(files['other/index.html']!)).toBeUndefined();
  });

  test('names pages that exist, once', async () => {
    expect(
      await complaintsOf({
        ...series,
        'content/pages/guide/index.md': page('Guide', 'chapters: [one.md, tow.md, index.md]\n'),
        'content/pages/other.md': page('Other', 'chapters:\n  - guide/one.md\n  - ../articles/x.md\n'),
      }),
    ).toEqual([
      expect.stringMatching(
        /^content\/pages\/guide\/index\.md:3:20 error chapter-unknown There is no page content\/pages\/guide\/tow\.md\. /,
      ),
      expect.stringMatching(/^content\/pages\/guide\/index\.md:3:28 error chapter-unknown /),
      expect.stringMatching(
        /^content\/pages\/other\.md:4:5 error chapter-unknown .*content\/pages\/guide\/index\.md/,
      ),
      expect.stringMatching(/^content\/pages\/other\.md:5:5 error chapter-unknown /),
    ]);
  });
});

test('a standing page with several sections has a table of contents', async () => {
  const { files } = await publish({
    'content/pages/long.md': page('Long', '', '## First\n\nText.\n\n## Second\n\nText.'),
    'content/pages/short.md': page('Short', '', '## First\n\nText.'),
  });
  expect(files['long/index.html']).toMatch(/<nav class="contents"[\s\S]*href="#second"[\s\S]*<\/nav>/);
  expect(files['short/index.html']).not.toContain('class="contents"');
});
