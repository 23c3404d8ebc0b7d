/** Permalinks, aliases and former patterns: published addresses remain valid. */
import { describe, expect, test } from 'vitest';
import {
  complaintsOf,
  type Files,
  linksOf,
  origin,
  publicationYaml,
  publish,
  story,
} from '../helpers/publication.ts';

const at = (name: string): string => `content/articles/2025/${name}.md`;
const yaml = (lines: string): string => publicationYaml + lines;

describe('the permalink pattern', () => {
  test.each([
    ['/:slug/', 'x/index.html'],
    ['/:year/:month/:day/:slug/', '2025/03/05/x/index.html'],
    ['/:desk/:slug/', 'world/x/index.html'],
    ['/news/:year-:month/:slug/', 'news/2025-03/x/index.html'],
    ['/:lang/:slug/', 'en/x/index.html'],
  ])('%s puts a story at %s, and every link follows', async (pattern, path) => {
    const { files } = await publish({
      'content/site.yaml': yaml(`permalink: ${pattern}\n`),
      [at('x')]: story({ title: 'The one' }),
      [at('y')]: story({}, 'To [it](x.md).'),
    });
    expect(files[path]).toContain('The one');
    const url = `/${path.replace('index.html', '')}`;
    expect(files[path.replace('x/', 'y/')]).toContain(`href="${url}"`);
    expect(files['index.html']).toContain(`href="${url}"`);
    expect(files['feed.xml']).toContain(`<link>${origin}${url}</link>`);
    expect(files['sitemap.xml']).toContain(`<loc>${origin}${url}</loc>`);
  });

  test('with :lang has the language of a translation once', async () => {
    const { files } = await publish({
      'content/site.yaml': yaml('permalink: /:lang/:slug/\n'),
      [at('x')]: story(),
      'content/articles/2025/x.he.md': story({ lang: 'he', translationOf: 'x.md' }),
    });
    expect(
      Object.keys(files).filter(path => /(^|\/)x\/index\.html$/.test(path) && !path.startsWith('text/')),
    ).toEqual(['en/x/index.html', 'he/x/index.html']);
  });

  test.each([
    '/:desk/',
    ':slug/',
    '/:slug',
    '/:title/:slug/',
    '/a b/:slug/',
    '/../:slug/',
    '//x.example/:slug/',
  ])('%s is rejected at its place in site.yaml', async pattern => {
    const lines = publicationYaml.split('\n').length;
    const [message] = await complaintsOf({
      'content/site.yaml': yaml(`permalink: "${pattern}"\n`),
      [at('x')]: story(),
    });
    expect(message).toMatch(new RegExp(`^content/site\\.yaml:${lines}:12 error site-config-value`));
  });
});

/** Expects a redirect for readers and search engines at a former address. */
function expectRedirect(html: string | undefined, target: string, base = '/'): void {
  expect(html).toContain(`<meta http-equiv="refresh" content="0; url=${base}${target}">`);
  expect(linksOf(html!, 'canonical').map(({ href }) => href)).toEqual([`${origin}${base}${target}`]);
  expect(html).toContain(`<a href="${base}${target}">`);
  expect(html).toMatch(/<html lang="\w+"/);
}

describe('an alias', () => {
  const files: Files = {
    [at('x')]: story({
      title: 'A <b>bold</b> & "quoted" headline',
      aliases: ['/old/address/', '/old.html', '/no/slash', '/ünï/'],
    }),
  };

  test.each([['/'], ['/news/']])(
    'below %s is a page that redirects to the story, and a line of _redirects',
    async base => {
      const { files: output } = await publish(files, { basePath: base });
      const target = 'world/2025/03/x/';
      for (const path of ['old/address/index.html', 'old.html', 'no/slash/index.html', 'ünï/index.html'])
        expectRedirect(output[path], target, base);
      expect(output._redirects!.trim().split('\n')).toEqual(
        ['old/address/', 'old.html', 'no/slash/', '%C3%BCn%C3%AF/'].map(
          path => `${base}${path} ${base}${target} 301`,
        ),
      );
    },
  );

  test('is in no list, feed or sitemap', async () => {
    const { files: output } = await publish(files);
    for (const path of [
      'sitemap.xml',
      'news-sitemap.xml',
      'feed.xml',
      'feed.json',
      'index.html',
      'world/index.html',
    ])
      expect(output[path]).not.toMatch(/\/old\/address|\/old\.html/);
  });

  test('may be linked to', async () => {
    const { files: output } = await publish({
      ...files,
      [at('y')]: story({}, 'To [the old](/old/address/).'),
    });
    expect(output['world/2025/03/y/index.html']).toContain('href="/old/address/"');
  });

  test.each([
    [
      'the address of another story',
      '/world/2025/03/y/',
      /alias-conflict .*already used by content\/articles\/2025\/y\.md/,
    ],
    ['a list', '/world/', /alias-conflict .*already used by a list of stories/],
    ['a standing page', '/about/', /alias-conflict .*already used by content\/pages\/about\.md/],
    ['the front page', '/', /alias-conflict .*already used by a page that Broadsheet generates/],
    [
      'the story itself, which is a redirect to itself',
      '/world/2025/03/x/',
      /alias-conflict .*redirect to itself/,
    ],
    ['a feed', '/feed.xml', /alias-conflict .*a file that Broadsheet generates/],
    ['a file of another case', '/ABOUT/', /alias-conflict .*already used by content\/pages\/about\.md/],
    ['another site', 'https://other.example/x/', /front-matter-value/],
    ['another site without a scheme', '//other.example/x/', /front-matter-value/],
    ['a path above the site', '/../x/', /front-matter-value/],
    ['a pattern for hosts', '/old/*', /front-matter-value/],
    ['a placeholder for hosts', '/old/:splat/', /front-matter-value/],
  ])('that is %s is an error at its place', async (_, alias, reason) => {
    const messages = await complaintsOf({
      [at('x')]: story({ aliases: [alias] }),
      [at('y')]: story(),
      'content/pages/about.md': '---\ntitle: About\n---\n\nText.\n',
    });
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/^content\/articles\/2025\/x\.md:5:\d+ error /);
    expect(messages[0]).toMatch(reason);
  });

  test('that two stories share, or that forms a cycle, is an error at its place', async () => {
    const two = await complaintsOf({
      [at('x')]: story({ aliases: ['/old/'] }),
      [at('y')]: story({ aliases: ['/old/'] }),
    });
    expect(two).toHaveLength(1);
    expect(two[0]).toMatch(/^content\/articles\/2025\/[xy]\.md:5:\d+ error alias-conflict .*2025\/[xy]\.md/);
    const circle = await complaintsOf({
      [at('x')]: story({ aliases: ['/world/2025/03/y/'] }),
      [at('y')]: story({ aliases: ['/world/2025/03/x/'] }),
    });
    expect(circle).toHaveLength(2);
    for (const message of circle) expect(message).toMatch(/:5:\d+ error alias-conflict /);
  });

  test('that is repeated, or that a former pattern also produces, is one page', async () => {
    const { files: output } = await publish({
      'content/site.yaml': yaml("formerPermalinks: ['/:year/:slug/']\n"),
      [at('x')]: story({ aliases: ['/old/', '/old/', '/2025/x/'] }),
    });
    expectRedirect(output['old/index.html'], 'world/2025/03/x/');
    expectRedirect(output['2025/x/index.html'], 'world/2025/03/x/');
    expect(output._redirects!.trim().split('\n')).toHaveLength(2);
  });
});

describe('a former permalink pattern', () => {
  test('gives every story its former address, which redirects to the new one', async () => {
    const { files } = await publish({
      'content/site.yaml': yaml(
        "permalink: /:year/:slug/\nformerPermalinks: ['/:desk/:year/:month/:slug/']\n",
      ),
      [at('x')]: story(),
      [at('x.de')]: story({ title: 'Auf Deutsch', lang: 'de', translationOf: 'x.md' }),
    });
    expect(files['2025/x/index.html']).toContain('A headline');
    expectRedirect(files['world/2025/03/x/index.html'], '2025/x/');
    expectRedirect(files['de/world/2025/03/x/index.html'], 'de/2025/x/');
    expect(files._redirects).toContain('/world/2025/03/x/ /2025/x/ 301\n');
  });

  test('that is the current one has no effect', async () => {
    const { files } = await publish({
      'content/site.yaml': yaml("formerPermalinks: ['/:desk/:year/:month/:slug/']\n"),
      [at('x')]: story(),
    });
    expect(files._redirects).toBe('');
    expect(files['world/2025/03/x/index.html']).not.toContain('http-equiv');
  });

  test('that produces a taken address is an error that names both and explains the conflict', async () => {
    const messages = await complaintsOf({
      'content/site.yaml': yaml("formerPermalinks: ['/:slug/']\n"),
      [at('world')]: story(),
    });
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/\S+:\d+:\d+ error \S+ .*\/world\//);
    expect(messages[0]).not.toContain('Remove the alias');
  });
});

test('two stories at one address are an error that names both', async () => {
  const messages = await complaintsOf({
    [at('x')]: story(),
    'content/articles/2025/other/x.md': story(),
  });
  expect(messages).toHaveLength(1);
  expect(messages[0]).toMatch(
    /^content\/articles\/2025\/\S+:1:1 error url-conflict .*content\/articles\/2025\//,
  );
});

test('a slug from a file name is in Unicode normal form C, whatever form the file system uses', async () => {
  const { files } = await publish({ [at('cafe\u0301')]: story() });
  expect(Object.keys(files).filter(path => path.startsWith('world/2025/03/'))).toContain(
    'world/2025/03/caf\u00e9/index.html',
  );
});

test('menus and policies keep queries and fragments, in both editions', async () => {
  const { files } = await publish({
    'content/site.yaml': yaml('policies: {ethicsPolicy: "/about/#contact"}\n').replace(
      'footer:',
      'footer:\n  - {text: Contact, url: "/about/?from=menu#contact"}',
    ),
    'content/pages/about.md': '---\ntitle: About\n---\n\n## Contact\n\nText.\n',
  });
  expect(files['index.html']).toContain('href="/about/?from=menu#contact"');
  expect(files['index.html']).toContain('href="/about/#contact"');
  expect(files['text/index.html']).toContain('href="/text/about/?from=menu#contact"');
});
