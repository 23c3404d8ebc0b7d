import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { thisProcess } from '../../src/disk/process.ts';
import { begin, dev, run, serve } from '../helpers/cli.ts';
import { frontMatter, makeSite, readFolder, siteYaml, temporaryFolder } from '../helpers/site.ts';

const good = {
  'content/articles/2025/x.md': `${frontMatter()}\nText [home](/) and [y](y.md).\n`,
  'content/articles/2025/y.md': `${frontMatter()}\nText.\n`,
};
const warned = { 'content/articles/2025/x.md': `${frontMatter()}\n> Words.\n` };
const wrong = { 'content/articles/2025/x.md': 'Text.' };
const page = 'world/2025/03/x/index.html';

test('build writes the site into dist/ and prints the number of files', () => {
  const root = makeSite(good);
  const { status, stdout, stderr } = run(root, 'build');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^Built 2 articles, [\d,]+ files in \d+\.\d\d s: dist\/\n$/);
  expect(Object.keys(readFolder(join(root, 'dist')))).toContain(page);
});

test('dist/ has the permissions of other folders, so that a web server under another account can read it', () => {
  const root = makeSite(good);
  run(root, 'build');
  const modeOf = (path: string) => statSync(join(root, path)).mode;
  expect(modeOf('dist')).toBe(modeOf('dist/world'));
});

describe('the modes of files in dist/', () => {
  const modes = (root: string) =>
    Object.fromEntries(
      readdirSync(join(root, 'dist'), { recursive: true }).map(path => [
        String(path),
        lstatSync(join(root, 'dist', String(path))).mode,
      ]),
    );
  const siteWithFont = () => {
    const root = makeSite({ ...good, 'public/fonts/a.woff2': 'font', 'content/articles/2025/a.pdf': 'pdf' });
    chmodSync(join(root, 'public/fonts/a.woff2'), 0o600);
    run(root, 'build');
    return root;
  };

  test('do not depend on the modes of their sources', () => {
    const root = siteWithFont();
    const found = modes(root);
    expect(found['fonts/a.woff2']).toBe(found['index.html']);
  });

  test('are repaired after someone has changed them', async () => {
    const changes: Record<string, (dist: string) => void> = {
      'the mode of a file': dist => chmodSync(join(dist, page), 0o600),
      'the mode of a folder': dist => chmodSync(join(dist, 'world'), 0o700),
      'the mode of dist/': dist => chmodSync(dist, 0o700),
      'a file to a symbolic link': dist => {
        renameSync(join(dist, page), join(dist, '../page'));
        symlinkSync(join(dist, '../page'), join(dist, page));
      },
      'a folder to a symbolic link': dist => {
        renameSync(join(dist, 'world'), join(dist, '../world'));
        symlinkSync(join(dist, '../world'), join(dist, 'world'));
      },
    };
    const sites = Object.entries(changes).map(([name, change]) => {
      const root = siteWithFont();
      return { name, change, root, before: modes(root), mode: statSync(join(root, 'dist')).mode };
    });
    // A build relies on timestamps only if a file has not changed for two seconds.
    await sleep(2_100);
    for (const { name, change, root, before, mode } of sites)
      for (let round = 0; round < 2; round++) {
        run(root, 'build');
        change(join(root, 'dist'));
        expect(run(root, 'build').status, name).toBe(0);
        expect(modes(root), name).toEqual(before);
        expect(statSync(join(root, 'dist')).mode, name).toBe(mode);
        rmSync(join(root, 'world'), { recursive: true, force: true });
        rmSync(join(root, 'page'), { force: true });
      }
  });
});

describe('dist/ of a build that was killed between its two renames is restored', () => {
  const killed = () => {
    const root = makeSite(good);
    run(root, 'build');
    const before = readFolder(join(root, 'dist'));
    renameSync(join(root, 'dist'), join(root, '.dist-old'));
    return { root, expectRestored: () => expect(readFolder(join(root, 'dist'))).toEqual(before) };
  };

  test.each([
    ['check', ['check']],
    ['a build', ['build']],
    ['a command with an error', ['build', '--now', 'soon']],
  ])('by %s', (_, args) => {
    const { root, expectRestored } = killed();
    run(root, ...args);
    expectRestored();
    expect(readdirSync(root).sort()).toEqual(['.cache', 'content', 'dist']);
  });

  test('by serve', async () => {
    const { root, expectRestored } = killed();
    const { address } = await serve(root);
    expect((await fetch(address)).status).toBe(200);
    expectRestored();
  });

  test('by dev', async () => {
    const { root, expectRestored } = killed();
    await dev(root);
    expectRestored();
  });

  test('but not while another build is swapping the folders', () => {
    const { root } = killed();
    writeFileSync(join(root, '.dist.lock'), JSON.stringify(thisProcess()));
    run(root, 'check');
    expect(existsSync(join(root, 'dist'))).toBe(false);
  });
});

test('a missing site folder is reported', () => {
  const root = makeSite(good);
  const { status, stdout, stderr } = run(root, 'build', '--root', 'nowhere');
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toBe(
    `broadsheet: The folder ${join(root, 'nowhere')} does not exist. Correct the path after --root.\n`,
  );
});

test('a folder in place of site.yaml is reported', () => {
  const root = makeSite(good);
  rmSync(join(root, 'content/site.yaml'));
  mkdirSync(join(root, 'content/site.yaml'));
  for (const command of [['build'], ['new', 'Talks']]) {
    const { status, stderr } = run(root, ...command);
    expect(status).toBe(1);
    expect(stderr).toMatch(/content\/site\.yaml .*EISDIR/);
    expect(stderr).not.toMatch(/Internal error/);
  }
});

test('an error is printed with its place, the status is 1 and dist/ is unchanged', () => {
  const root = makeSite(wrong);
  const { status, stdout, stderr } = run(root, 'build');
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(
    /^content\/articles\/2025\/x\.md:1:1 error front-matter-absent [^\n]+\nNot built: 1 error\. dist\/ is unchanged\.\n$/,
  );
  expect(existsSync(join(root, 'dist'))).toBe(false);
});

test('a warning is printed, and the site is built', () => {
  const { status, stdout, stderr } = run(makeSite(warned), 'build');
  expect(status).toBe(0);
  expect(stderr).toMatch(/^content\/articles\/2025\/x\.md:7:1 warning quote-attribution [^\n]+\n$/);
  expect(stdout).toMatch(/^Built 1 article, .* with 1 warning: dist\/\n$/);
});

test('the summary counts drafts, scheduled and expired stories', () => {
  const dated = (published: string, lines = '') =>
    `---\ntitle: A headline\npublished: ${published}\ndesk: world\n${lines}---\n\nText.\n`;
  const root = makeSite({
    'content/articles/2025/a.md': dated('2025-03-01T00:00:00Z', 'draft: true\n'),
    'content/articles/2025/b.md': dated('2999-03-01T00:00:00Z', 'draft: true\n'),
    'content/articles/2025/c.md': dated('2999-03-01T00:00:00Z'),
    'content/articles/2025/d.md': dated('2025-03-01T00:00:00Z', 'expires: 2025-03-02T00:00:00Z\n'),
  });
  expect(run(root, 'build').stdout).toMatch(
    /^Built 0 articles \(2 drafts, 1 scheduled and 1 expired left out\), /,
  );
  expect(JSON.parse(run(root, 'check', '--drafts', '--json').stdout)).toMatchObject({
    articles: 1,
    leftOut: { drafts: 0, scheduled: 2, expired: 1 },
  });
});

test('--strict makes the warning an error', () => {
  const root = makeSite(warned);
  const { status, stderr } = run(root, 'build', '--strict');
  expect(status).toBe(1);
  expect(stderr).toMatch(/:7:1 error quote-attribution /);
  expect(existsSync(join(root, 'dist'))).toBe(false);
});

test('--out writes to a folder relative to the current one', () => {
  const root = makeSite(good);
  const { status, stdout } = run(root, 'build', '--out', 'public-site/a');
  expect(status).toBe(0);
  expect(stdout).toContain('public-site/a/');
  expect(existsSync(join(root, 'public-site/a', page))).toBe(true);
  expect(existsSync(join(root, 'dist'))).toBe(false);
});

test('--root builds another site, into its own dist/', () => {
  const root = makeSite(good);
  const elsewhere = temporaryFolder();
  const { status, stdout } = run(elsewhere, 'build', '--root', root);
  expect(status).toBe(0);
  expect(stdout).toContain(`${root}/dist/`);
  expect(readdirSync(elsewhere)).toEqual([]);
  expect(existsSync(join(root, 'dist', page))).toBe(true);
});

test('--drafts shows drafts, which are otherwise hidden', () => {
  const root = makeSite({ 'content/articles/2025/x.md': `${frontMatter('draft: true\n')}\nText.\n` });
  expect(run(root, 'build').status).toBe(0);
  expect(existsSync(join(root, 'dist', page))).toBe(false);
  expect(run(root, 'build', '--drafts').status).toBe(0);
  expect(existsSync(join(root, 'dist', page))).toBe(true);
});

test('--quiet prints only warnings', () => {
  expect(run(makeSite(good), 'build', '--quiet')).toEqual({ status: 0, stdout: '', stderr: '' });
  const { stdout, stderr } = run(makeSite(warned), 'build', '--quiet');
  expect(stdout).toBe('');
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('--json prints messages and counts as JSON, only to stdout', () => {
  const { status, stdout, stderr } = run(
    makeSite({ ...warned, 'content/articles/2025/y.md': 'Text.' }),
    'build',
    '--json',
  );
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({
    ok: false,
    diagnostics: [
      {
        file: 'content/articles/2025/x.md',
        line: 7,
        column: 1,
        severity: 'warning',
        ruleId: 'quote-attribution',
      },
      {
        file: 'content/articles/2025/y.md',
        line: 1,
        column: 1,
        severity: 'error',
        ruleId: 'front-matter-absent',
      },
    ],
  });
});

test('--json prints no terminal escapes and no bidi overrides', () => {
  const { stdout } = run(
    makeSite({
      'content/articles/2025/x.md': `${frontMatter('authors: ["\\e[2J\\u009b31m \\u202egpj"]\n')}\nText.\n`,
    }),
    'check',
    '--json',
  );
  expect(JSON.parse(stdout)).toMatchObject({ ok: false });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the output must not contain these
  expect(stdout).not.toMatch(/[\u001b\u0080-\u009f\u202a-\u202e\u2066-\u2069]/);
});

test('check prints the same messages as build and writes only its cache', () => {
  for (const files of [good, warned, wrong]) {
    const root = makeSite(files);
    const before = readFolder(root);
    const checked = run(root, 'check');
    rmSync(join(root, '.cache'), { recursive: true, force: true });
    expect(readFolder(root)).toEqual(before);
    expect(readdirSync(root)).toEqual(['content']);
    const built = run(root, 'build');
    expect(checked.status).toBe(built.status);
    const messages = (text: string) => text.split('\n').filter(line => line.startsWith('content/'));
    expect(messages(checked.stderr)).toEqual(messages(built.stderr));
  }
});

test('two builds of one site are the same byte for byte', () => {
  const root = makeSite({
    ...good,
    'public/robots.txt': 'x',
    'content/pages/about.md': '---\ntitle: About\n---\n\nText.\n',
  });
  expect(run(root, 'build', '--out', 'one').status).toBe(0);
  expect(run(root, 'build', '--out', 'two').status).toBe(0);
  expect(readFolder(join(root, 'one'))).toEqual(readFolder(join(root, 'two')));
});

test.each(['/news/', 'news', '/a/b'])('--base-path %s begins every address of the site', basePath => {
  const root = makeSite({
    'content/site.yaml': `${siteYaml}navigation: [{text: Home, url: /}]\nfooter: [{text: About, url: /about/}]\n`,
    ...good,
    'content/pages/about.md': '---\ntitle: About\n---\n\n[x](../articles/2025/x.md) [y](/world/2025/03/x/)\n',
  });
  expect(run(root, 'build', '--base-path', basePath)).toMatchObject({ status: 0 });
  const base = `/${basePath.replace(/^\/|\/$/g, '')}/`;
  const files = readFolder(join(root, 'dist'));
  const pages = Object.entries(files).filter(([path]) => path.endsWith('.html'));
  expect(pages.length).toBeGreaterThan(3);
  for (const [path, html] of pages) {
    const links = [...html.matchAll(/ (?:href|src|cite|action)="([^"]*)"/g)].map(match => match[1]!);
    expect(links.length).toBeGreaterThan(5);
    for (const link of links.filter(link => !/^(https?:|mailto:|#)/.test(link))) {
      expect([path, link]).toEqual([path, expect.stringMatching(new RegExp(`^${base}`))]);
      const file = decodeURI(link.slice(base.length).replace(/[?#].*$/, ''));
      const target = file === '' || file.endsWith('/') ? `${file}index.html` : file;
      expect([path, link, target in files]).toEqual([path, link, true]);
    }
    for (const own of html.matchAll(/https:\/\/courier\.example(\/[^"<]*)/g))
      expect([path, own[1]!.startsWith(base)]).toEqual([path, true]);
  }
});

test('a build reports once that the fast parser cannot be loaded, if it parses anything', async () => {
  const root = makeSite(good);
  const env = { NAPI_RS_NATIVE_LIBRARY_PATH: '/nowhere/satteri.node' };
  const stderrOf = async (...args: string[]) => (await begin(root, args, { env }).ended).stderr;
  expect(await stderrOf('build')).toMatch(/^content\/site\.yaml warning parser-slow [^\n]+\n$/);
  expect(await stderrOf('build')).toBe('');
  expect(await stderrOf('new', 'Talks')).toBe('');
  const { stderr } = await begin(root, ['build', '--strict', '--drafts'], { env }).ended;
  expect(stderr).toMatch(/error parser-slow/);
});

/** All files except the cache, which may be deleted at any time. */
const sourcesOf = (root: string) =>
  Object.fromEntries(Object.entries(readFolder(root)).filter(([path]) => !path.startsWith('.cache/')));

describe('--out is refused, and nothing is written or removed', () => {
  test.each<[string, string]>([
    ['the site itself', '.'],
    ['a parent folder of the site', '..'],
    ['content/', 'content'],
    ['a folder in content/', 'content/dist'],
    ['a folder in templates/', 'templates/x'],
    ['a folder in public/', 'public/x'],
    ['a folder in .cache/', '.cache/x'],
    ['a non-empty folder of another program', 'mine'],
    ['a file', 'file.txt'],
    ['a folder below a file', 'file.txt/dist'],
    ['a link to content/', 'link'],
    ['a folder below a link to content/', 'link/dist'],
    ['a folder in content/ whose name begins with two dots', 'content/..dist'],
  ])('%s', (_, out) => {
    const root = makeSite({
      ...good,
      'mine/notes.txt': 'mine',
      'file.txt': 'mine',
      'templates/styles/x.css': '',
      'public/x.txt': 'x',
    });
    symlinkSync('content', join(root, 'link'));
    const before = sourcesOf(root);
    const { status, stdout, stderr } = run(root, 'build', '--out', out);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/ error output .*--out\.$/m);
    expect(stderr).not.toMatch(/Internal error/);
    expect(sourcesOf(root)).toEqual(before);
  });

  test('an empty folder is accepted', () => {
    const root = makeSite(good);
    mkdirSync(join(root, 'empty'));
    expect(run(root, 'build', '--out', 'empty').status).toBe(0);
  });
});

test('a dangling link is followed', () => {
  const root = makeSite(good);
  symlinkSync('real/site', join(root, 'dist'));
  expect(run(root, 'build')).toMatchObject({ status: 0, stderr: '' });
  expect(Object.keys(readFolder(join(root, 'real/site')))).toContain(page);
  rmSync(join(root, 'dist'));
  symlinkSync('content/site', join(root, 'dist'));
  expect(run(root, 'build').stderr).toMatch(/content\/site is inside content\/\./);
  for (const [name, to] of Object.entries({ one: 'two', two: 'one' })) symlinkSync(to, join(root, name));
  const { status, stderr } = run(root, 'build', '--out', 'one');
  expect(status).toBe(1);
  expect(stderr).toMatch(/^\S+\/one error output \S/);
});

test('links to parent folders are reported', () => {
  const root = makeSite({ ...good, 'public/own/x.txt': 'x' });
  symlinkSync('.', join(root, 'public/one'));
  symlinkSync('..', join(root, 'public/own/two'));
  symlinkSync('own', join(root, 'public/three'));
  const { status, stderr } = run(root, 'build');
  expect(status).toBe(1);
  expect(stderr.split('\n').filter(line => / error /.test(line))).toEqual([
    expect.stringMatching(/^public\/one error file-unreadable .*leads to a folder that contains it/),
    expect.stringMatching(/^public\/own\/two error file-unreadable /),
    expect.stringMatching(/^public\/three\/two error file-unreadable /),
  ]);
});

const quoted = { 'content/articles/2025/x.md': `${frontMatter()}\n> Words.\n> — Jane Doe\n\nText.\n` };

test("the site's own templates/elements/quote.html replaces only that template", () => {
  const root = makeSite({
    ...quoted,
    'templates/elements/quote.html':
      '<aside class="mine" id="<%= it.id %>"><%~ it.html %><b><%= it.speaker %></b></aside>\n',
  });
  const plain = makeSite(quoted);
  expect(run(root, 'build').status).toBe(0);
  expect(run(plain, 'build').status).toBe(0);
  const [mine, theirs] = [readFolder(join(root, 'dist')), readFolder(join(plain, 'dist'))];
  expect(mine[page]).toMatch(
    /<aside class="mine" id="quote-jane-doe">\s*<p>Words\.<\/p>\s*<b>Jane Doe<\/b><\/aside>/,
  );
  expect(mine[page]).not.toContain('<figure class="quote"');
  const changed = Object.keys({ ...mine, ...theirs }).filter(path => mine[path] !== theirs[path]);
  expect(changed.filter(path => path.endsWith('.html') || path.endsWith('.css'))).toEqual([page]);
});

describe('an error in a template fails the build with its line', () => {
  const quote = 'templates/elements/quote.html';
  test.each<[string, string, string, string]>([
    ['an unknown field', quote, '<p>\n\n<%= it.speeker %>\n</p>', `${quote}:3`],
    [
      'an unknown field of the page',
      'templates/home.html',
      "<% layout('base') %>\n<%= it.articels %>",
      'templates/home.html:2',
    ],
    [
      'an unknown field of an article in a list',
      'templates/partials/teaser.html',
      '<p>\n<%= it.teaser.headlin %>',
      'templates/partials/teaser.html:2',
    ],
    ['invalid JavaScript', quote, '<p>\n<% if (it.role) { { %>\n</p>', `${quote}:`],
    ['invalid JavaScript in a value', quote, '<p>\n\n<%= it.speaker + %>\n</p>', `${quote}:3`],
    ['an unclosed tag', quote, '<p>\n<%= it.speaker\n</p>', `${quote}:2`],
    ['a missing include', quote, "<p>\n\n\n<%~ include('partials/nothing') %>\n</p>", `${quote}:4`],
    [
      'an include from outside templates/',
      quote,
      "<p>\n<%~ include('../../../etc/passwd') %>\n</p>",
      `${quote}:2`,
    ],
    ['a missing layout', 'templates/home.html', "<% layout('nothing') %>\n<p>x</p>", 'templates/home.html'],
    ['an exception', quote, '<p>\n<% throw new Error("no") %>\n</p>', `${quote}:2`],
    ['an exception that is not an Error', quote, '<p>\n<% throw null %>\n</p>', `${quote}:2`],
    ['an include of itself', quote, "<p>\n<%~ include('elements/quote') %>\n</p>", `${quote}:2`],
    [
      'an invalid style sheet',
      'templates/styles/quote.css',
      '.quote {\n  color: red;\n}\n.x { color',
      'templates/styles/quote.css:4',
    ],
    [
      'an invalid selector',
      'templates/styles/quote.css',
      '.a { color: red }\n\n.quote::: { color: red }',
      'templates/styles/quote.css:3',
    ],
    [
      'a missing import',
      'templates/styles/main.css',
      '@import "tokens.css";\n@import "nothing.css";',
      'templates/styles/main.css:2',
    ],
  ])('%s', (_, file, text, place) => {
    const root = makeSite({ ...quoted, [file]: text });
    const { status, stdout, stderr } = run(root, 'build');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(`${place}`);
    expect(stderr).toMatch(/^templates\/\S+:\d+:\d+ error template \S/m);
    expect(stderr).not.toMatch(/Internal error|node_modules|\n\s+at /);
    expect(existsSync(join(root, 'dist'))).toBe(false);
  });
});

test('a template that no page uses is checked too', () => {
  const root = makeSite({ ...good, 'templates/elements/mine.html': '<p>\n<% if ( %>\n</p>' });
  expect(run(root, 'build')).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/^templates\/elements\/mine\.html:2:1 error template /),
  });
});

test('a broken link in templates/ or public/ is reported, without a crash', () => {
  for (const path of ['templates/elements/old.html', 'public/old.txt']) {
    const root = makeSite({ ...good, 'templates/elements/x.html': 'x', 'public/x.txt': 'x' });
    symlinkSync('nowhere', join(root, path));
    const { status, stderr } = run(root, 'build');
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringMatching(new RegExp(`^${path} error file-unreadable This file cannot be found`)),
    });
  }
});
