/** `broadsheet check --urls` and `--files`: what a host would return for old addresses. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseRedirects } from '../../src/emit/redirect-rules.ts';
import { run } from '../helpers/cli.ts';
import { buildSite, frontMatter, makeSite, readFolder, siteYaml } from '../helpers/site.ts';

const files = {
  'content/site.yaml': `${siteYaml}redirects:\n  - {from: /feed/*, to: /feed.xml}\n  - {from: '/2025/*', to: /archive/2025/}\n`,
  'content/articles/2025/x.md': `${frontMatter("aliases: ['/?p=123', /old, /2025/03/x/, /כתבה/]\n")}\nText.\n`,
  'public/a.txt': 'a file',
};
const list = (...urls: string[]) => ({ ...files, 'old.txt': `${urls.join('\n')}\n` });
const check = (root: string, ...args: string[]) => run(root, 'check', '--urls', 'old.txt', ...args);

describe('check --urls', () => {
  test('says what each address returns, missing ones first, without a built site', () => {
    const root = makeSite(
      list(
        '# pages',
        '',
        'https://old.example/?p=123#more',
        'http://old.example:8080/world/2025/03/x/',
        '/old?utm_source=x',
        '/no-such/',
        '//old.example/feed/atom/',
        'https://old.example',
        'world',
        '/a.txt',
        '/a.txt/',
        '/feed.xml?x=1',
        '/sitemap.xml',
        '/.nojekyll',
        '/2025/03/gone/',
        '/%D7%9B%D7%AA%D7%91%D7%94',
        '/%E9',
        '/world/2025/03/x/article.json',
      ),
    );
    const { status, stdout, stderr } = check(root, '--all');
    const lines = stdout.trim().split('\n');
    expect(lines.slice(0, -2)).toEqual([
      '404 /no-such/',
      '404 /a.txt/',
      '404 /.nojekyll',
      '404 /%E9',
      '301 /?p=123 → /world/2025/03/x/',
      '301 /old?utm_source=x → /world/2025/03/x/',
      '301 /feed/atom/ → /feed.xml',
      '301 /world → /world/',
      '301 /2025/03/gone/ → /archive/2025/',
      '301 /%D7%9B%D7%AA%D7%91%D7%94 → /world/2025/03/x/',
      '200 /world/2025/03/x/',
      '200 /',
      '200 /a.txt',
      '200 /feed.xml?x=1',
      '200 /sitemap.xml',
      '200 /world/2025/03/x/article.json',
    ]);
    expect(lines.at(-1)).toBe('16 addresses: 6 found (200), 6 redirected (301), 4 missing (404).');
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(Object.keys(readFolder(root)).filter(path => path.startsWith('dist/'))).toEqual([]);
  });

  test('succeeds if no address is missing, and prints ten of each kind', () => {
    const { status, stdout } = check(
      makeSite(list(...Array.from({ length: 12 }, (_, n) => `/feed/${n}/`), '/')),
    );
    expect(status).toBe(0);
    const lines = stdout.split('\n');
    expect(lines.filter(line => line.startsWith('301'))).toHaveLength(10);
    expect(lines).toContain('… and 2 more: 301. --all prints them.');
  });

  test('--quiet prints only missing addresses, and --json prints all', () => {
    const root = makeSite(list('/', '/gone/', '/old'));
    expect(check(root, '--quiet')).toEqual({ status: 1, stdout: '404 /gone/\n', stderr: '' });
    const { status, stdout } = check(root, '--json');
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      urls: [
        { url: '/', status: 200 },
        { url: '/gone/', status: 404 },
        { url: '/old', status: 301, location: '/world/2025/03/x/' },
      ],
    });
  });

  test('reads a sitemap', () => {
    const root = makeSite({
      ...files,
      'old.txt': `<?xml version="1.0"?>\n<urlset>\n<url><loc>https://old.example/?p=123&amp;lang=en</loc></url>\n<url><loc>\n<![CDATA[https://old.example/world/]]></loc></url><url><loc>/&#x66;eed&#47;</loc></url></urlset>\n`,
    });
    const { stdout } = check(root);
    expect(stdout.split('\n').slice(0, 3)).toEqual([
      '301 /?p=123&lang=en → /world/2025/03/x/',
      '301 /feed/ → /feed.xml',
      '200 /world/',
    ]);
  });

  test('works below a base path', () => {
    const root = makeSite(list('/news/?p=123', '/?p=123', '/news', '/news/', '/newspaper/', '/news/world/'));
    const { stdout } = check(root, '--base-path', '/news/');
    expect(stdout.split('\n').slice(0, 6)).toEqual([
      '404 /?p=123',
      '404 /newspaper/',
      '301 /news/?p=123 → /news/world/2025/03/x/',
      '301 /news → /news/',
      '200 /news/',
      '200 /news/world/',
    ]);
  });

  test('cannot print control characters of the file', () => {
    const { stdout } = check(makeSite(list('/a\u001b[31m', '/b\u202e')));
    for (const character of ['\u001b', '\u202e']) expect(stdout).not.toContain(character);
  });

  test('prints the errors of a site instead, and reports a missing file', () => {
    const root = makeSite({ ...list('/'), 'content/articles/2025/y.md': 'Text.\n' });
    const broken = check(root);
    expect(broken.status).toBe(1);
    expect(broken.stdout).toBe('');
    expect(broken.stderr).toContain('front-matter-absent');
    expect(broken.stderr).toContain('The addresses were not checked, because the site has errors.');
    const missing = run(root, 'check', '--urls', 'none.txt');
    expect(missing.status).toBe(2);
    expect(missing.stderr).toContain(`The file ${join(root, 'none.txt')} does not exist.`);
  });

  test('agrees with the rules of a built site', async () => {
    const root = makeSite(files);
    await buildSite(root);
    const rules = parseRedirects(readFolder(join(root, 'dist'))._redirects!);
    expect(rules.length).toBeGreaterThan(5);
    const answers = rules.map(({ from, location }) => {
      const query = from.query.map(part => part.join('=')).join('&');
      const url = encodeURI(from.path) + (from.below ? 'some/page' : '') + (query && `?${query}`);
      return { url, status: 301, location };
    });
    const { stdout } = check(makeSite(list(...answers.map(({ url }) => url))), '--json');
    expect((JSON.parse(stdout) as { urls: unknown }).urls).toEqual(answers);
  });
});

test('check --files names the hosts that do not apply all redirects', () => {
  const aliases = Array.from({ length: 2100 }, (_, n) => `/old/${n}`);
  const long = `/${'a'.repeat(990)}`;
  const root = makeSite({
    'content/site.yaml': `${siteYaml}redirects:\n${Array.from({ length: 101 }, (_, n) => `  - {from: '/x/${n}-*', to: /}\n`).join('')}`,
    'content/articles/2025/x.md': `${frontMatter(`aliases: ['/?p=1', ${long}, ${aliases.join(', ')}]\n`)}\nText.\n`,
  });
  const { stdout, status } = run(root, 'check', '--files');
  expect(status).toBe(0);
  expect(stdout).toContain(
    'Cloudflare Pages reads only the first 2,000 rules from one path (2,101 in _redirects).',
  );
  expect(stdout).toContain(
    'Cloudflare Pages reads only the first 100 rules that end in * (101 in _redirects).',
  );
  expect(stdout).toContain('ignore rules with parameters (1 in _redirects).');
  expect(stdout).toContain('ignores rules with more than 1,000 characters (1 in _redirects).');
  expect(stdout).toContain('GitLab Pages ignores _redirects with more than 1,000 rules (2,203).');
});

describe('_redirects of a site is read', () => {
  test('without rewrites, placeholders and conditions', () => {
    const text = [
      '# a comment',
      '/a /b',
      '/c /d 302',
      '/e  x=1   y=%20z  https://other.example/ 301! # why',
      '/f/* /g/ 301',
      '/h/* /i/:splat 301',
      '/j/:id /k 301',
      '/l /m 200',
      '/n /o 301 Country=de',
      '/p',
      'https://old.example/* /q',
      '/r/*/s /t',
      '/%E9 /u',
    ].join('\r\n');
    expect(parseRedirects(text)).toEqual([
      { from: { path: '/a', query: [], below: false }, location: '/b', status: 301 },
      { from: { path: '/c', query: [], below: false }, location: '/d', status: 302 },
      {
        from: {
          path: '/e',
          query: [
            ['x', '1'],
            ['y', ' z'],
          ],
          below: false,
        },
        location: 'https://other.example/',
        status: 301,
      },
      { from: { path: '/f/', query: [], below: true }, location: '/g/', status: 301 },
    ]);
  });
});
