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
        ['old/address/', 'old.html', 'no/slash', '%C3%BCn%C3%AF/'].map(
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

/** Lines of _redirects, without the status. */
const rulesIn = (files: Record<string, string>): string[] =>
  files
    ._redirects!.trim()
    .split('\n')
    .map(line => line.replace(/ 301!?$/, ''));

describe('an alias of any form', () => {
  test('with a query is a rule without a page', async () => {
    const { files } = await publish({
      [at('x')]: story({ aliases: ['/?p=123', '/index.php?lang=en&id=7', '/?title=caf%C3%A9%20au+lait'] }),
    });
    expect(files._redirects).toBe(
      [
        '/index.php lang=en id=7 /world/2025/03/x/ 301!\n',
        '/ p=123 /world/2025/03/x/ 301!\n',
        '/ title=caf%C3%A9%20au%20lait /world/2025/03/x/ 301!\n',
      ].join(''),
    );
    expect(Object.keys(files).filter(path => path.includes('index.php') || path.includes('?'))).toEqual([]);
  });

  test('may be percent-encoded or not, with the same result', async () => {
    for (const [written, encoded] of [
      ['/כתבה/é/', '/%D7%9B%D7%AA%D7%91%D7%94/%C3%A9/'],
      ['/a b/'.replace(' ', '%20'), '/a%20b/'],
    ] as const) {
      const decoded = decodeURIComponent(encoded);
      for (const alias of [written, encoded, encoded.toLowerCase()]) {
        const { files } = await publish({ [at('x')]: story({ aliases: [alias] }) });
        expectRedirect(files[`${decoded.slice(1)}index.html`], 'world/2025/03/x/');
        expect(rulesIn(files)).toEqual([`${encoded} /world/2025/03/x/`]);
      }
    }
  });

  test('with another ending than .html is a folder, because hosts would send the file as a download', async () => {
    const { files } = await publish({ [at('x')]: story({ aliases: ['/story.php', '/story.htm', '/v1.5'] }) });
    for (const path of ['story.php/index.html', 'story.htm', 'v1.5/index.html'])
      expectRedirect(files[path], 'world/2025/03/x/');
    expect(rulesIn(files)).toEqual(
      ['/story.php', '/story.htm', '/v1.5'].map(path => `${path} /world/2025/03/x/`),
    );
  });

  test('that differs from a page or an alias only in upper case is a rule without a page', async () => {
    const { files } = await publish({
      [at('x')]: story({ aliases: ['/About/', '/old/'] }),
      [at('y')]: story({ aliases: ['/OLD/'] }),
      'content/pages/about.md': '---\ntitle: About\n---\n\nText.\n',
    });
    expect(rulesIn(files).toSorted()).toEqual([
      '/About/ /world/2025/03/x/',
      '/OLD/ /world/2025/03/y/',
      '/old/ /world/2025/03/x/',
    ]);
    expect(files['about/index.html']).not.toContain('http-equiv');
    expect(files['About/index.html']).toBeUndefined();
  });

  test('below a file that is also an alias is a rule without a page', async () => {
    const { files } = await publish({ [at('x')]: story({ aliases: ['/a.html', '/a.html/feed/'] }) });
    expectRedirect(files['a.html'], 'world/2025/03/x/');
    expect(rulesIn(files)).toHaveLength(2);
  });

  test('with a name that is too long for a file is a rule without a page', async () => {
    const { files } = await publish({ [at('x')]: story({ aliases: [`/${'ש'.repeat(128)}/`] }) });
    expect(rulesIn(files)).toHaveLength(1);
  });

  test('that is repeated with and without its final slash is one rule', async () => {
    const { files } = await publish({
      [at('x')]: story({ aliases: ['/old', '/old/', '/?a=1&b=2', '/?b=2&a=1'] }),
    });
    expect(rulesIn(files)).toEqual(['/ a=1 b=2 /world/2025/03/x/', '/old /world/2025/03/x/']);
  });

  test('has a rule in both forms if there are no pages', async () => {
    const { files } = await publish({
      'content/site.yaml': yaml('').replace('outputs: {', 'outputs: {redirectPages: false, '),
      [at('x')]: story({ aliases: ['/old', '/older/', '/a.html'] }),
    });
    expect(rulesIn(files).map(line => line.split(' ')[0])).toEqual([
      '/old',
      '/old/',
      '/older/',
      '/older',
      '/a.html',
    ]);
    expect(Object.keys(files).filter(path => /(^|\/)(old|older|a\.html)/.test(path))).toEqual([]);
  });

  test.each(['/a%2F..%2Fb/', '/%00/', '/%0A/', '/%E9/', '/?', '/?=1', '/?a=%00', '/%5C/', '/%2e%2e/'])(
    '%s is rejected, or has no query',
    async alias => {
      const messages = await complaintsOf({ [at('x')]: story({ aliases: [alias] }) });
      expect(messages).toHaveLength(1);
      expect(messages[0]).toMatch(alias === '/?' ? / alias-conflict / : / front-matter-value /);
    },
  );

  test('is a rule for stories that share it at different times', async () => {
    const times = { aliases: ['/?p=1', '/live/'] };
    const { files } = await publish({
      [at('x')]: story({ ...times, expires: '2025-04-01T00:00:00Z' }),
      [at('y')]: story({ ...times, published: '2025-05-01T12:00:00Z' }),
    });
    expect(rulesIn(files)).toEqual(['/ p=1 /world/2025/05/y/', '/live/ /world/2025/05/y/']);
  });
});

describe('aliases of', () => {
  const lists = (more = '') =>
    yaml(more)
      .replace('name: Politics}', "name: Politics, aliases: [/category/politics/, '/?cat=3']}")
      .replace('name: Talks}', 'name: Talks, aliases: [/tag/talks/]}');
  const files: Files = {
    'content/site.yaml': lists(),
    'content/pages/about.md': '---\ntitle: About\naliases: [/about-us.html]\n---\n\nText.\n',
    'content/authors/ada.md': '---\nname: Ada Tester\naliases: [/author/ada/]\n---\n\nText.\n',
    'content/authors/ben.md': '---\nname: Ben Tester\naliases: [/author/ben/]\n---\n\nText.\n',
  };

  test('pages, authors, desks and topics lead to their pages', async () => {
    const { files: output } = await publish({
      ...files,
      [at('x')]: story({ authors: ['ada', 'ben'], topics: ['talks'] }),
    });
    expectRedirect(output['about-us.html'], 'about/');
    expectRedirect(output['author/ada/index.html'], 'authors/ada/');
    expectRedirect(output['category/politics/index.html'], 'politics/');
    expectRedirect(output['tag/talks/index.html'], 'topics/talks/');
    expect(rulesIn(output)).toContain('/ cat=3 /politics/');
    expect(output['text/tag/talks/index.html']).toContain('url=/text/topics/talks/');
    expect(output['tag/talks/index.html']).toContain('<title>Talks</title>');
  });

  test('authors and topics without published stories lead to the lists of all, and do not name them', async () => {
    const { files: output } = await publish({
      ...files,
      [at('x')]: story({ authors: ['ada'], topics: ['gaza'] }),
      [at('later')]: story({ authors: ['ben'], topics: ['talks'], published: '2026-01-01T00:00:00Z' }),
    });
    expectRedirect(output['author/ben/index.html'], 'authors/');
    expectRedirect(output['tag/talks/index.html'], 'topics/');
    for (const path of ['author/ben/index.html', 'tag/talks/index.html'])
      expect(output[path]).toContain('<title>The Test Courier</title>');
    const { files: empty } = await publish({ ...files, [at('x')]: story({}) });
    expectRedirect(empty['author/ben/index.html'], '');
    expectRedirect(empty['tag/talks/index.html'], '');
  });

  test('a page, an author and a desk that are taken are errors at their places', async () => {
    const messages = await complaintsOf({
      ...files,
      'content/site.yaml': lists().replace('/category/politics/', '/world/'),
      'content/pages/about.md': '---\ntitle: About\naliases: [/about/]\n---\n\nText.\n',
      'content/authors/ada.md': '---\nname: Ada\naliases: [/archive/]\n---\n\nText.\n',
      'content/authors/ben.md': '---\nname: Ben\naliases:\n  - /archive/\n---\n\nText.\n',
      [at('x')]: story({ authors: ['ada'] }),
    });
    expect(messages.map(message => message.replace(/ (The|This) .*/, ''))).toEqual([
      'content/authors/ada.md:3:11 error alias-conflict',
      'content/authors/ben.md:4:5 error alias-conflict',
      'content/pages/about.md:3:11 error alias-conflict',
      expect.stringMatching(/^content\/site\.yaml:\d+:\d+ error alias-conflict$/),
    ]);
  });
});

describe('redirects in site.yaml', () => {
  const redirects = (...lines: string[]): Files => ({
    'content/site.yaml': yaml(`redirects:\n${lines.map(line => `  - ${line}\n`).join('')}`),
    [at('x')]: story({ aliases: ['/old/x/', '/?p=1'] }),
  });

  test('lead to pages, files, headings and other sites, and to the final target of a chain', async () => {
    const { files } = await publish(
      redirects(
        '{from: /feed/*, to: /feed.xml}',
        '{from: /category/world/*, to: /world}',
        '{from: /first/, to: /second/}',
        "{from: /second/, to: '/?p=1'}",
        '{from: /third, to: /feed/atom}',
        '{from: /top, to: /world#top}',
        "{from: /ext, to: 'https://other.example/a?b=c'}",
      ),
      { basePath: '/news/' },
    );
    expect(rulesIn(files)).toEqual([
      '/news/ p=1 /news/world/2025/03/x/',
      '/news/old/x/ /news/world/2025/03/x/',
      '/news/first/ /news/world/2025/03/x/',
      '/news/second/ /news/world/2025/03/x/',
      '/news/third /news/feed.xml',
      '/news/top /news/world/#top',
      '/news/ext https://other.example/a?b=c',
      '/news/category/world /news/world/',
      '/news/feed /news/feed.xml',
      '/news/category/world/* /news/world/',
      '/news/feed/* /news/feed.xml',
    ]);
    expect(files['first/index.html']).toContain('url=/news/world/2025/03/x/"');
    expect(files['text/first/index.html']).toContain('url=/news/text/world/2025/03/x/"');
    expect(files['text/third/index.html']).toContain('url=/news/feed.xml"');
    expect(files['ext/index.html']).toContain('url=https://other.example/a?b=c"');
    expect(Object.keys(files).filter(path => /^feed\/|\*/.test(path))).toEqual([]);
  });

  test('that lead to a story which is not published yet are left out', async () => {
    const { files } = await publish({
      ...redirects('{from: /old/, to: /world/2026/01/embargoed/}'),
      [at('embargoed')]: story({ published: '2026-01-02T00:00:00Z' }),
    });
    expect(JSON.stringify(files)).not.toContain('embargoed');
  });

  test('with hostile text cannot add a line to a file or markup to a page', async () => {
    const { files } = await publish({
      'content/site.yaml': yaml(
        `redirects:\n  - {from: '/"><script>x/', to: 'https://x.example/"><script>\${y}\\}'}\n`,
      ).replace('outputs: {', 'outputs: {serverRules: true, '),
      [at('x')]: story(),
    });
    expect(files['"><script>x/index.html']).not.toMatch(/<script>x|<script>\$/);
    for (const path of ['_redirects', 'redirects.caddy', 'redirects.nginx.conf', '.htaccess'])
      expect(files[path]).toContain('https://x.example/'.concat(path === '.htaccess' ? '\\' : '', '%22'));
  });
});
