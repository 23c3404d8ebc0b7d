/**
 * `outputs` in site.yaml: disabled outputs are not generated, and nothing points to them. Also the content of
 * files for hosts and crawlers.
 */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type OutputDeclaration, outputNames, outputs } from '../../src/config/outputs.ts';
import { allowedStyles } from '../check/parse-html.ts';
import { publicationYaml, publish, publishForAll, stories } from '../helpers/publication.ts';

const bare = publicationYaml.replace(/^outputs: .*\n/m, '');
const everything = `${bare}outputs: {articleJson: true, ninjs: true, serverRules: true}\n`;
const build = async (lines = '') =>
  (
    await publish({
      ...stories(12),
      'content/site.yaml': /^outputs/m.test(lines) ? bare + lines : everything + lines,
    })
  ).files;
const built = await publishForAll({ ...stories(12), 'content/site.yaml': everything });
built.remove();
const all = built.files;

/** For each output that site.yaml can disable: its files, and text in other files that refers to them. */
const kinds: Record<string, { files: RegExp; mentions: RegExp }> = {
  cards: { files: /^assets\/cards\//, mentions: /\/assets\/cards\/|og:image|twitter:image/ },
  feeds: {
    files: /(^|\/)(feed\.xml|atom\.xml|feed\.json)$|^(text\/)?feeds\//,
    mentions: /feed\.xml|atom\.xml|feed\.json|\/feeds\/|application\/rss\+xml/,
  },
  sitemaps: { files: /^(news-)?sitemap\.xml$/, mentions: /sitemap\.xml|Sitemap:/ },
  robots: { files: /^robots\.txt$/, mentions: /robots\.txt/ },
  articleJson: { files: /\/article\.json$|^schema\//, mentions: /article\.json|\/schema\/article/ },
  ninjs: { files: /\/ninjs\.json$/, mentions: /\/ninjs\.json/ },
  redirects: { files: /^_redirects$/, mentions: /_redirects/ },
  redirectPages: { files: /^(text\/)?old\//, mentions: /"\/(text\/)?old\/\d+\/"/ },
  serverRules: { files: /^(redirects\.(nginx\.conf|caddy)|\.htaccess)$/, mentions: /redirects\.|htaccess/ },
  search: {
    files: /^search\/|^pagefind\/|^assets\/search\./,
    mentions: /\/search\/|\/pagefind\/|role="search"/,
  },
  text: { files: /^text\/|^assets\/text\./, mentions: /"\/text\// },
  hostFiles: { files: /^(_headers|\.nojekyll)$/, mentions: /_headers|nojekyll/ },
};

test('every output has a case, and a build writes every declared file of an output', () => {
  expect(Object.keys(kinds).sort()).toEqual([...outputNames].sort());
  const paths = Object.keys(all).map(path => `/${path}`);
  const declared = Object.values<OutputDeclaration>(outputs).flatMap(
    ({ story = [], list = [], site = [], task = [] }) => [...story, ...list, ...site, ...task],
  );
  for (const file of declared) {
    const end = file.startsWith('/') ? file : `/${file}`;
    expect(paths.filter(path => path.endsWith(end))).not.toEqual([]);
  }
});

test('every file of an output is declared, so that no page can use its address', () => {
  const { search: _, cards: __, text: ___, ...rest } = kinds;
  const owned = Object.keys(all).filter(path => Object.values(rest).some(({ files }) => files.test(path)));
  const pages = owned.filter(path => path.endsWith('.html'));
  const isDeclared = (path: string) =>
    Object.values<OutputDeclaration>(outputs).some(
      ({ story = [], list = [], site = [], task = [] }) =>
        [...site, ...task].includes(`/${path}`) || [...story, ...list].includes(path.split('/').at(-1)!),
    );
  expect(owned.filter(path => !pages.includes(path) && !isDeclared(path))).toEqual([]);
});

describe.each(Object.entries(kinds))('`outputs: {%s: false}`', (name, { files, mentions }) => {
  test('omits only its own files, and nothing leads to them', async () => {
    const output = await build(
      `outputs: ${JSON.stringify({ articleJson: true, ninjs: true, serverRules: true, [name]: false })}\n`,
    );
    const own = Object.keys(all).filter(path => files.test(path));
    expect(own.length).toBeGreaterThan(0);
    expect(Object.keys(output)).toEqual(Object.keys(all).filter(path => !files.test(path)));
    const leading = Object.entries(output).filter(
      ([path, text]) => path !== '_headers' && mentions.test(text),
    );
    expect(leading.map(([path]) => path)).toEqual([]);
  });
});

test('a story whose page contains its styles has none of the search page', async () => {
  const { files } = await publish({
    ...stories(12),
    'content/site.yaml': everything.replace('styles: file', 'styles: inline'),
  });
  const stylesOf = (path: string) => /<style[^>]*>([\s\S]*?)<\/style>/.exec(files[path]!)?.[1] ?? '';
  const list = stylesOf('search/index.html');
  const page = Object.keys(all).find(path => /^(?!text\/).*story-1\/index\.html$/.test(path))!;
  for (const name of ['.search-field', '.search-more']) {
    expect(list).toContain(name);
    expect(stylesOf(page)).not.toContain(name);
  }
});

test('with all outputs off, only pages, pictures, styles and scripts remain', async () => {
  const lines = Object.keys(kinds).map(name => `  ${name}: false\n`);
  const output = await build(`outputs:\n${lines.join('')}`);
  expect(Object.keys(output).filter(path => !/\.(html|css|js|svg|png|woff2)$/.test(path))).toEqual([
    '.broadsheet',
  ]);
});

test('a file in public/ replaces the generated one', async () => {
  const { files } = await publish({
    ...stories(1),
    'public/robots.txt': 'mine',
    'public/_headers': 'mine too',
  });
  expect(files['robots.txt']).toBe('mine');
  expect(files._headers).toBe('mine too');
});

describe('robots.txt', () => {
  test('allows all crawlers by default', async () => {
    expect(all['robots.txt']).toMatch(/^User-agent: \*\nDisallow:\n\nSitemap: /);
  });
  test('blocks crawlers for language models if site.yaml says so, but not search engines', async () => {
    const text = (await build('robots: {aiCrawlers: false}\n'))['robots.txt']!;
    const groups = text.split('\n\n');
    expect(groups[0]).toBe('User-agent: *\nDisallow:');
    expect(groups[1]).toMatch(/^(User-agent: \S+\n)+Disallow: \/$/);
    for (const name of ['GPTBot', 'ClaudeBot', 'CCBot', 'Google-Extended', 'Bytespider'])
      expect(groups[1]).toContain(`User-agent: ${name}\n`);
    for (const name of ['Googlebot', 'Bingbot', 'User-agent: Google\n']) expect(text).not.toContain(name);
  });
  test('lists the paths that must not be crawled, below the base path', async () => {
    const { files } = await publish(
      { ...stories(1), 'content/site.yaml': `${everything}robots: {disallow: [/private/]}\n` },
      { basePath: '/news/' },
    );
    expect(files['robots.txt']).toContain('Disallow: /news/private/\n');
  });
});

describe('_headers', () => {
  const rules = Object.fromEntries(
    all
      ._headers!.trim()
      .split(/\n(?=\S)/)
      .map(rule => {
        const [path, ...lines] = rule.split('\n');
        return [path, Object.fromEntries(lines.map(line => /^ {2}([\w-]+): (.*)$/.exec(line)!.slice(1, 3)))];
      }),
  ) as Record<string, Record<string, string>>;

  test('sets a Content Security Policy without unsafe-inline, nosniff and a referrer policy for every file', () => {
    const csp = rules['/*']!['Content-Security-Policy']!;
    const directives = csp.split('; ').map(directive => directive.replace(/ ?'sha256-[^']+'/g, ''));
    expect(directives.toSorted()).toEqual([
      "base-uri 'none'",
      "connect-src 'self'",
      "default-src 'none'",
      "font-src 'self'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "img-src 'self' data:",
      "manifest-src 'self'",
      "media-src 'self'",
      "script-src 'self' 'wasm-unsafe-eval'",
      "style-src 'self'",
    ]);
    expect(csp).not.toMatch(/(?<!'wasm-)unsafe|https?:|(^|\s)\*(\s|;|$)/);
    expect(rules['/*']).toMatchObject({
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'strict-origin-when-cross-origin',
    });
  });

  test('lets only hashed assets be cached for a year', () => {
    expect(rules['/assets/*']!['Cache-Control']).toMatch(/max-age=31536000.*immutable/);
    expect(Object.keys(rules).filter(path => rules[path]!['Cache-Control'])).toEqual(['/assets/*']);
    const assets = Object.keys(all).filter(path => path.startsWith('assets/'));
    expect(assets.length).toBeGreaterThan(0);
    for (const path of assets) expect(path).toMatch(/[./][\da-f]{8,}\.\w+$/);
  });

  test('sets the media types of feeds', () => {
    const type = (file: string) =>
      Object.entries(rules).find(([path]) => path.endsWith(file))?.[1]['Content-Type'];
    expect(type('feed.xml')).toMatch(/^application\/rss\+xml/);
    expect(type('atom.xml')).toMatch(/^application\/atom\+xml/);
    expect(type('feed.json')).toMatch(/^application\/feed\+json/);
  });

  test('uses the base path', async () => {
    const { files } = await publish(stories(1), { basePath: '/news/' });
    const paths = files._headers!.split('\n').filter(line => line.startsWith('/'));
    expect(paths.every(path => path.startsWith('/news/'))).toBe(true);
  });

  test('adds the sources of csp in site.yaml to the policy', async () => {
    const csp = [
      'csp:',
      '  script-src: [https://stats.example]',
      '  script-src-elem: [https://ads.example]',
      '  frame-src: [https://ads.example]',
      '  frame-ancestors: [https://partner.example]',
      '',
    ].join('\n');
    const { _headers = '' } = await build(csp);
    const policy = /Content-Security-Policy: (.*)/.exec(_headers)![1]!.split('; ');
    const sourcesOf = (directive: string) =>
      policy
        .find(one => one.startsWith(`${directive} `))!
        .replace(/ 'sha256-[^']+'/g, '')
        .split(' ')
        .slice(1);
    expect(sourcesOf('script-src')).toEqual(["'self'", "'wasm-unsafe-eval'", 'https://stats.example']);
    expect(sourcesOf('script-src-elem')).toEqual(["'self'", "'wasm-unsafe-eval'", 'https://ads.example']);
    expect(sourcesOf('frame-src')).toEqual(['https://ads.example']);
    expect(sourcesOf('frame-ancestors')).toEqual(['https://partner.example']);
    expect(sourcesOf('img-src')).toEqual(["'self'", 'data:']);
  });

  test('allows WebAssembly only if there is a search', async () => {
    expect(rules['/*']!['Content-Security-Policy']).toContain("'wasm-unsafe-eval'");
    expect((await build('outputs: {search: false}\n'))._headers).not.toContain('wasm');
  });

  test('lists the hash of every script in a page, also below a path', async () => {
    for (const files of [all, (await publish(stories(2), { basePath: '/news/' })).files]) {
      const allowed = /script-src ([^;]*)/.exec(files._headers!)![1]!.split(' ');
      for (const [path, html] of Object.entries(files)) {
        if (!path.endsWith('.html')) continue;
        const inline = [...html.matchAll(/<script(?: type="speculationrules")?>(.*?)<\/script>/gs)];
        expect(inline.length, path).toBe(/^text\/|http-equiv="refresh"/.test(path + html) ? 0 : 2);
        for (const [, script] of inline)
          expect(allowed, path).toContain(
            `'sha256-${createHash('sha256').update(script!).digest('base64')}'`,
          );
      }
    }
  });

  test('matches the pages, which have no other scripts except JSON-LD, no other styles, and no event handlers', () => {
    const isAllowed = allowedStyles(all);
    for (const [path, html] of Object.entries(all)) {
      if (!path.endsWith('.html')) continue;
      const known =
        /<script(?: type="(?:application\/ld\+json|speculationrules)"| type="module" src="[^"]*")?>/g;
      const rest = html
        .replace(/<style>([^<]*)<\/style>/g, (tag, text) => (isAllowed(text) ? '' : tag))
        .replace(known, '');
      expect(rest, path).not.toMatch(/<script|<style|\sstyle=|\son\w+=/);
    }
  });
});
