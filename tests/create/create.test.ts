/** New sites: what `broadsheet init` writes, and that it builds. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { formatDiagnostic } from '../../src/base/diagnostics.ts';
import type { Answers } from '../../src/create/answers.ts';
import { createSite } from '../../src/create/create.ts';
import { hostNames, hosts } from '../../src/create/hosts.ts';
import { reservedIds } from '../../src/create/names.ts';
import { pageNames, starterLanguages } from '../../src/create/texts.ts';
import { codeBlocksOf, manualFolder } from '../helpers/manual.ts';
import { buildSite, packageRoot, readFolder, temporaryFolder, testNow, writeFiles } from '../helpers/site.ts';

const answers: Answers = {
  name: 'The Courier',
  languages: ['en'],
  url: 'https://courier.example/',
  desks: ['News', 'Sport'],
  author: 'Newsroom',
  host: 'none',
  timeZone: 'Europe/London',
  outputs: ['cards', 'search'],
};

/** Creates a site whose build loads neither the search nor the cards, because they take longer than everything else. */
function create(own: Partial<Answers> = {}, files: Record<string, string> = {}) {
  const root = temporaryFolder();
  writeFiles(root, files);
  return { root, ...createSite(root, { ...answers, outputs: [], ...own }, testNow) };
}

async function messagesOf(root: string): Promise<string[]> {
  const { diagnostics, ok } = await buildSite(root);
  expect(ok, diagnostics.map(formatDiagnostic).join('\n')).toBe(true);
  return diagnostics.map(({ file, ruleId }) => `${file} ${ruleId}`);
}

const siteOf = (root: string) => parse(readFileSync(join(root, 'content/site.yaml'), 'utf8'));

test('the files of a new site', () => {
  const root = temporaryFolder();
  const { written, kept, install, start } = createSite(root, { ...answers, host: 'github-pages' }, testNow);
  expect(Object.keys(readFolder(root))).toEqual([
    '.github/workflows/publish.yml',
    '.gitignore',
    '.vscode/extensions.json',
    '.vscode/settings.json',
    'content/articles/2025/welcome/index.md',
    'content/articles/2025/welcome/sheet.svg',
    'content/authors/newsroom.md',
    'content/pages/about.md',
    'content/pages/contact.md',
    'content/pages/corrections-policy.md',
    'content/pages/privacy.md',
    'content/pages/standards.md',
    'content/site.yaml',
    'package.json',
  ]);
  expect(written.toSorted()).toEqual(Object.keys(readFolder(root)));
  expect({ kept, install, start }).toEqual({ kept: [], install: 'npm install', start: 'npm run dev' });
});

/** Parts of the HTML of a story that has every element. */
const elements = [
  'class="callout ',
  'class="related-link"',
  'class="footnotes"',
  'class="quote',
  'class="chart',
  'timeline',
  'sheet',
  '<table>',
  'key-figures',
  'class="sources"',
];

describe('in every language with texts', () => {
  test.each(starterLanguages(packageRoot))(
    '%s: the site builds, and only the policy pages are reported',
    async lang => {
      const { root } = create({ languages: [lang] });
      const messages = await messagesOf(root);
      expect(messages).toEqual(messages.filter(message => message.endsWith(' placeholder-text')));
      expect(messages).toHaveLength(pageNames.length);
      expect(siteOf(root)).toMatchObject({ name: 'The Courier', lang });
      const [page] = Object.entries(readFolder(join(root, 'dist')))
        .filter(([path]) => /\/2025\/06\/[^/]+\/index\.html$/.test(path) && !path.startsWith('text/'))
        .map(([, html]) => html);
      expect(elements.filter(element => !page?.includes(element))).toEqual([]);
      expect(page).not.toMatch(/\$[a-z]/);
    },
  );

  test('all of them have the same files', () => {
    const filesOf = (lang: string) => Object.keys(readFolder(join(packageRoot, 'starter', lang)));
    expect(starterLanguages(packageRoot).length).toBeGreaterThan(5);
    for (const lang of starterLanguages(packageRoot)) expect(filesOf(lang), lang).toEqual(filesOf('en'));
  });
});

test('further languages begin with a translation of the story, or empty', async () => {
  const { root, withoutTexts } = create({ languages: ['en-GB', 'fr-CA', 'pt'] });
  expect(withoutTexts).toEqual(['pt']);
  expect((await messagesOf(root)).filter(message => !message.endsWith('placeholder-text'))).toEqual([]);
  const pages = Object.keys(readFolder(join(root, 'dist')));
  expect(pages).toContain('fr-CA/news/2025/06/welcome/index.html');
  expect(pages).toContain('news/2025/06/welcome/index.html');
});

test('a site in a language without texts begins with English ones, which say so', async () => {
  const { root } = create({ languages: ['pt-BR'], desks: ['Notícias'] });
  expect((await messagesOf(root)).filter(message => !message.endsWith('placeholder-text'))).toEqual([]);
  expect(siteOf(root).lang).toBe('pt-BR');
  expect(readFileSync(join(root, 'content/pages/about.md'), 'utf8')).toContain('\nlang: en\n');
});

describe('names', () => {
  test('of desks become ids that the site can use', async () => {
    const names = ['News & Views', 'Économie', 'خبر', '2026', '!!!', 'News & Views!', 'About', 'FR'];
    const { root, renamed } = create({ languages: ['en', 'fr'], desks: names });
    expect(siteOf(root).desks).toEqual(
      [
        { id: 'news-views', name: 'News & Views' },
        { id: 'économie', name: 'Économie' },
        { id: 'خبر', name: 'خبر' },
        { id: '2026', name: 2026 },
        { id: 'desk', name: '!!!' },
        { id: 'news-views-desk', name: 'News & Views!' },
        { id: 'about-desk', name: 'About' },
        { id: 'fr-desk', name: 'FR' },
      ].map(desk => (desk.id === '2026' ? { id: '2026', name: '2026' } : desk)),
    );
    expect(renamed.map(({ name }) => name)).toEqual(['News & Views!', 'About', 'FR']);
    expect((await messagesOf(root)).filter(message => !message.endsWith('placeholder-text'))).toEqual([]);
  });

  test('that Broadsheet uses itself are avoided', async () => {
    const { root, renamed } = create({ desks: [...reservedIds] });
    expect(renamed.map(({ id }) => id)).toEqual(reservedIds.map(id => `${id}-desk`));
    expect((await messagesOf(root)).filter(message => !message.endsWith('placeholder-text'))).toEqual([]);
  });

  test.each([
    ['YAML', 'News: "all" #1 {x} [y] & *z'],
    ['Markdown', '*The* _Courier_ [x](y) <b> `code` ~~no~~'],
    ['a dollar sign', '$name and $5'],
    ['Hebrew', 'הידיעות'],
    ['a number', '2026'],
  ])('with %s stay unchanged', async (_, name) => {
    const { root } = create({ name, author: name });
    expect((await messagesOf(root)).filter(message => !message.endsWith('placeholder-text'))).toEqual([]);
    const { config } = await buildSite(root, { out: undefined });
    expect(config?.name).toBe(name);
    JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  });
});

describe('existing files', () => {
  test('are never overwritten, and are listed', () => {
    const files = { '.gitignore': 'mine\n', 'content/pages/about.md': '---\ntitle: Mine\n---\n\nText.\n' };
    const { root, kept } = create({}, files);
    expect(readFolder(root)).toMatchObject(files);
    expect(kept.toSorted()).toEqual(Object.keys(files));
  });

  test('package.json keeps its contents, and the command installs what it lacks', () => {
    const dependencies = { broadsheet: 'file:broadsheet-0.1.0.tgz', pagefind: '1.6.0' };
    const files = { 'package.json': JSON.stringify({ dependencies }) };
    const { root, install, start } = create({ outputs: ['cards', 'search'] }, files);
    expect(readFolder(root)).toMatchObject(files);
    expect({ install, start }).toEqual({
      install: 'npm install @takumi-rs/core@2.16.3',
      start: 'npx broadsheet dev',
    });
    expect(create({}, files).install).toBeUndefined();
    expect(create({}, { 'package.json': '{}' }).install).toMatch(/^npm install file:\S+$/);
  });

  test('the content of a site is left alone', () => {
    const files = { 'content/site.yaml': 'name: Mine\nurl: https://mine.example/\n' };
    const { root, hadSite, kept, written } = create({ host: 'netlify' }, files);
    expect({ hadSite, kept }).toEqual({ hadSite: true, kept: ['content/site.yaml'] });
    expect(written).toEqual([
      'package.json',
      '.gitignore',
      '.vscode/settings.json',
      '.vscode/extensions.json',
      'netlify.toml',
    ]);
    expect(Object.keys(readFolder(join(root, 'content')))).toEqual(['site.yaml']);
  });

  test('a second run after one that was interrupted completes the site', async () => {
    const { root } = create();
    const files = readFolder(root);
    const partly = temporaryFolder();
    writeFiles(partly, { 'content/pages/about.md': files['content/pages/about.md']! });
    createSite(partly, { ...answers, outputs: [] }, testNow);
    expect({ ...readFolder(partly), 'package.json': '' }).toEqual({ ...files, 'package.json': '' });
  });
});

describe('package.json', () => {
  const manifestOf = (own: Partial<Answers>) => {
    const { root } = create(own);
    return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  };

  test('has the commands, and the packages of the outputs at exact versions', () => {
    const { scripts, dependencies, name } = manifestOf({ outputs: ['search'] });
    expect(name).toBe('the-courier');
    expect(scripts).toEqual({
      dev: 'broadsheet dev',
      build: 'broadsheet build',
      check: 'broadsheet check',
      serve: 'broadsheet serve',
    });
    expect(Object.keys(dependencies)).toEqual(['broadsheet', 'pagefind']);
    expect(dependencies.pagefind).toBe('1.6.0');
    expect(manifestOf({ name: 'הידיעות' }).name).toBeUndefined();
  });

  test('outputs that are not chosen are turned off', () => {
    expect(siteOf(create({ outputs: ['search'] }).root).outputs).toEqual({ cards: false });
    expect(siteOf(create({ outputs: ['cards', 'search'] }).root).outputs).toBeUndefined();
  });

  test('names the exact version, or where this copy of Broadsheet comes from', async () => {
    const { ownSpec } = await import('../../src/create/own-package.ts');
    const folder = temporaryFolder();
    const root = join(folder, 'site');
    const installed = join(folder, 'node_modules/broadsheet');
    mkdirSync(installed, { recursive: true });
    writeFileSync(join(installed, 'package.json'), '{"version": "1.2.3"}');
    expect(ownSpec(installed, root)).toBe('1.2.3');
    const list = (resolved: string) =>
      writeFileSync(
        join(folder, 'node_modules/.package-lock.json'),
        JSON.stringify({ packages: { 'node_modules/broadsheet': { version: '1.2.3', resolved } } }),
      );
    list('file:packed.tgz');
    expect(ownSpec(installed, root)).toBe('1.2.3');
    writeFileSync(join(folder, 'packed.tgz'), '');
    expect(ownSpec(installed, root)).toBe('file:../packed.tgz');
    list('git+ssh://git@git.example/broadsheet.git#abc');
    expect(ownSpec(installed, root)).toBe('git+ssh://git@git.example/broadsheet.git#abc');
    mkdirSync(join(folder, 'repository'));
    writeFileSync(join(folder, 'repository/package.json'), '{"version": "1.2.3"}');
    expect(ownSpec(join(folder, 'repository'), root)).toBe('file:../repository');
  });
});

describe('hosts', () => {
  test.each(hostNames)('%s', host => {
    const { written } = create({ host });
    const declared = hosts[host];
    if ('file' in declared) expect(written).toContain(declared.file.path);
    else expect(written).not.toContain('.github/workflows/publish.yml');
  });

  test('have the files that the manual shows', () => {
    const shown = codeBlocksOf(`${manualFolder}/deployment.md`).map(({ text }) => text);
    for (const name of hostNames) {
      const host = hosts[name];
      if (!('file' in host) || name === 'cloudflare') continue;
      expect(shown, name).toContain(
        readFileSync(join(packageRoot, 'starter/hosts', host.file.starter), 'utf8'),
      );
    }
  });
});

test('the editor settings name schemas that are published with the package', () => {
  const { root } = create();
  const settings = JSON.parse(readFileSync(join(root, '.vscode/settings.json'), 'utf8'));
  const paths = Object.keys(settings['yaml.schemas']);
  expect(paths).toHaveLength(2);
  for (const path of paths) {
    const file = join(packageRoot, path.replace('./node_modules/broadsheet/', ''));
    expect(existsSync(file), path).toBe(true);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toHaveProperty('properties');
  }
});

test('create-broadsheet depends on this version of Broadsheet', () => {
  const read = (path: string) => JSON.parse(readFileSync(join(packageRoot, path), 'utf8'));
  const { version, engines } = read('package.json');
  expect(read('src/create/package.json')).toMatchObject({
    version,
    engines,
    dependencies: { broadsheet: version },
  });
});
