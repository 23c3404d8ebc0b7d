/** No page has a broken link, at the root and below a path, and every kind of page is valid HTML. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { HtmlValidate } from 'html-validate';
import { describe, expect, onTestFinished, test } from 'vitest';
import { formatDiagnostic } from '../../src/base/diagnostics.ts';
import { serveFolder } from '../../src/serve/static-server.ts';
import { findBrokenLinks } from '../helpers/crawler.ts';
import {
  type Files,
  fileAt,
  origin,
  publicationYaml,
  stories,
  story,
  storyPath,
  unescapeHtml,
} from '../helpers/publication.ts';
import { buildSite, packageRoot, readFolder, temporaryFolder, writeFiles } from '../helpers/site.ts';

/** 60 stories, one of them in three languages, and one with a former address of every kind. */
const publication: Files = {
  ...stories(60),
  'content/site.yaml': publicationYaml
    .replace(', search: false', '')
    .replace(
      'perPage',
      '  - {text: About, url: /about/}\n  - {text: Topics, url: /topics/}\n  - {text: Authors, url: /authors/}\nperPage',
    ),
  'content/articles/2025/story-5.he.md': story(
    {
      title: 'כתבה',
      published: '2025-02-01T00:00:00Z',
      lang: 'he',
      translationOf: 'story-5.md',
      topics: ['gaza'],
      authors: ['ada'],
    },
    '## כותרת\n\nטקסט עם [קישור](#כותרת) ו[אחר](story-6.md).\n\n## אחרת\n\nמשפט.',
  ),
  'content/articles/2025/story-5.ar.md': story({
    title: 'خبر',
    published: '2025-02-02T00:00:00Z',
    lang: 'ar',
    translationOf: 'story-5.md',
  }),
  'content/pages/corrections.md':
    '---\ntitle: Corrections\n---\n\n## How we correct\n\nSee [about](about.md#who-we-are).\n',
  [storyPath(60)]: story({
    title: 'With [brackets] & "more"',
    published: '2025-03-30T00:00:00Z',
    slug: 'ünï-cödé',
    aliases: ['/alt/ü/'],
    authors: ['ada'],
  }),
};

async function build(root: string, out: string, basePath: string): Promise<void> {
  const { ok, diagnostics } = await buildSite(root, { out, basePath });
  expect(ok, diagnostics.map(formatDiagnostic).join('\n')).toBe(true);
}

async function serve(root: string, out: string, basePath: string): Promise<string> {
  const serving = await serveFolder({ folder: out, root, basePath, port: 0 });
  if (serving.problem !== undefined) throw new Error(serving.problem);
  onTestFinished(async () => {
    serving.close();
    await serving.closed;
  });
  return serving.address;
}

const sites: Record<string, { origin: string; root: () => string; pages: number }> = {
  'the publication that comes with the generator': {
    origin: 'https://broadsheet.example',
    root: () => {
      const root = temporaryFolder();
      cpSync(join(packageRoot, 'content'), join(root, 'content'), { recursive: true });
      return root;
    },
    pages: 12,
  },
  'a publication of 61 stories': {
    origin,
    root: () => {
      const root = temporaryFolder();
      writeFiles(root, publication);
      return root;
    },
    pages: 95,
  },
};

/** Addresses of all pages of the output, except the 404 page and redirects. */
const pagesOf = (out: string, address: string): string[] =>
  Object.entries(readFolder(out))
    .filter(
      ([path, text]) =>
        path.endsWith('.html') && path !== '404.html' && !text.includes('http-equiv="refresh"'),
    )
    .map(([path]) => new URL(path.replace(/(^|\/)index\.html$/, '$1'), address).href);

describe.each(Object.entries(sites))('%s', (_, { origin: publicOrigin, root: makeRoot, pages: least }) => {
  test.each(['/', '/news/today/'])('has no broken link or fragment below %s', async basePath => {
    const root = makeRoot();
    const out = join(root, 'dist');
    await build(root, out, basePath);
    const address = await serve(root, out, basePath);
    const all = pagesOf(out, address);
    const { broken, pages } = await findBrokenLinks(address, publicOrigin, [
      ...all,
      new URL('404.html', address).href,
    ]);
    expect(broken).toEqual([]);
    expect(pages.size).toBeGreaterThan(least);
    expect(all.filter(page => !pages.has(page))).toEqual([]);
  });

  test('has a path from the front page to every page', async () => {
    const root = makeRoot();
    const out = join(root, 'dist');
    await build(root, out, '/');
    const files = readFolder(out);
    const reached = new Set<string>();
    const visit = (path: string): void => {
      const html = files[path];
      if (html === undefined || reached.has(path)) return;
      reached.add(path);
      for (const [, href] of html.matchAll(/<a [^>]*?href="(\/[^"#]*)/g)) visit(fileAt(unescapeHtml(href!)));
    };
    visit('index.html');
    const all = pagesOf(out, origin).map(fileAt);
    expect(all.length).toBeGreaterThan(least);
    expect(all.filter(path => !reached.has(path))).toEqual([]);
  });
});

test('a broken link and a broken fragment are found, so the crawl can fail', async () => {
  const root = temporaryFolder();
  const out = join(root, 'dist');
  writeFiles(out, {
    'index.html':
      '<!DOCTYPE html><a href="/nowhere/">a</a><a href="/about/#nothing">b</a><a href="/about/#here">c</a>',
    'about/index.html': `<!DOCTYPE html><link rel="canonical" href="${origin}/gone/"><h1 id="here">Here</h1>`,
    '404.html': '<!DOCTYPE html>',
  });
  const address = await serve(root, out, '/');
  const { broken } = await findBrokenLinks(address, origin);
  expect(broken.map(text => text.replace(address, '/').replace(/ .*/, ''))).toEqual([
    '/about/#nothing',
    '/gone/',
    '/nowhere/',
  ]);
});

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended', 'html-validate:standard'],
  rules: {
    // A page's title is its headline and the publication's name. Headlines may be long; the rule
    // 'headline-length' warns about them.
    'long-title': 'off',
  },
});

test('every page of the 61 stories is valid HTML and prints no JavaScript values', async () => {
  const root = temporaryFolder();
  writeFiles(root, publication);
  const out = join(root, 'dist');
  await build(root, out, '/');
  const faults: string[] = [];
  const files = Object.entries(readFolder(out)).filter(([path]) => path.endsWith('.html'));
  // Stories are alike, so check only some of them, and every page of the other kinds.
  const some = files.filter(
    ([path]) =>
      !/\/story-(?!0\/|5\/|7\/|59\/)/.test(path) && !/^(text\/)?(topics|authors)\/.*\/page\//.test(path),
  );
  const kinds = new Set(
    some
      .filter(([path]) => !path.startsWith('text/'))
      .map(([, html]) => /<body class="page page-(\w+)"/.exec(html)?.[1] ?? 'redirect'),
  );
  expect([...kinds].sort()).toEqual([
    'archive',
    'article',
    'author',
    'corrections',
    'directory',
    'feeds',
    'home',
    'list',
    'notFound',
    'redirect',
    'search',
    'standing',
  ]);
  for (const [path, html] of some) {
    for (const [leak] of html.matchAll(/\[object \w+\]|\b(?:undefined|null|NaN)\b/g))
      faults.push(`${path}: ${leak}`);
    const { results } = await validator.validateString(html, path);
    for (const { messages } of results)
      for (const { line, column, ruleId, message } of messages)
        if (!(ruleId === 'no-raw-characters' && message.startsWith('Raw ">"')))
          faults.push(`${path}:${line}:${column} ${ruleId}: ${message}`);
  }
  expect(faults).toEqual([]);
});
