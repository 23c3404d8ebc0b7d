/** Tests which stages run again if a key of site.yaml changes. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { siteSchema } from '../../src/config/config.ts';
import { build } from '../../src/index.ts';
import { frontMatter, makeSite, readFolder, writeFiles } from '../helpers/site.ts';

const now = Date.parse('2025-06-01T12:00:00Z');

const settings = {
  name: 'The Test Courier',
  tagline: 'All of it',
  url: 'https://news.example/',
  lang: 'en',
  timeZone: 'America/New_York',
  publisher: { name: 'The Publisher' },
  desks: [
    { id: 'world', name: 'World' },
    { id: 'politics', name: 'Politics' },
  ],
  topics: [{ id: 'gaza', name: 'Gaza' }],
  navigation: [{ text: 'World', url: '/world/' }],
  footer: [{ text: 'Politics', url: '/politics/' }],
  typography: true,
  parser: 'satteri',
  permalink: '/:desk/:year/:month/:slug/',
  formerPermalinks: ['/:year/:slug/'],
  redirects: [{ from: '/old/*', to: '/world/' }],
  perPage: '24',
  limits: { seconds: '30' },
  leadDays: '7',
  pictures: 'balanced',
  theme: { styles: 'inline' },
  outputs: { ninjs: true },
  robots: { aiCrawlers: true },
  policies: { ethicsPolicy: 'https://news.example/ethics/' },
  csp: { 'img-src': ['https://stats.example'] },
  wire: { desk: 'world' },
  deploy: { to: '/srv/www', webSub: 'https://hub.example/' },
  rules: { 'image-alt': 'off' },
};

type Stage = 'compile' | 'plan' | 'some pages' | 'every page';

/**
 * A changed value for each key, and the stages that then run. The snapshot stage always runs, and publish
 * runs whenever pages are rendered.
 */
const changes: Record<keyof typeof settings, [value: unknown, stages: Stage[]]> = {
  name: ['The Other Courier', ['plan', 'every page']],
  tagline: ['None of it', ['plan', 'every page']],
  url: ['https://other.example/', ['plan', 'every page']],
  lang: ['en-GB', ['compile', 'plan', 'every page']],
  timeZone: ['Europe/Berlin', ['compile', 'plan', 'every page']],
  publisher: [{ name: 'Another' }, ['plan', 'every page']],
  desks: [
    [{ id: 'world', name: 'The World' }, settings.desks[1]],
    ['plan', 'every page'],
  ],
  topics: [[{ id: 'gaza', name: 'Gaza Strip' }], ['plan', 'every page']],
  navigation: [[], ['plan', 'every page']],
  footer: [[], ['plan', 'every page']],
  typography: [false, ['compile', 'some pages']],
  parser: ['remark', ['compile']],
  permalink: ['/:year/:month/:slug/', ['plan', 'some pages']],
  formerPermalinks: [['/old/:slug/'], ['plan', 'some pages']],
  redirects: [[{ from: '/old/', to: '/politics/' }], ['plan', 'some pages']],
  perPage: ['2', ['plan', 'some pages']],
  limits: [{ seconds: '60' }, []],
  leadDays: ['8', ['plan']],
  pictures: ['small', ['plan']],
  theme: [{ styles: 'file' }, ['plan', 'every page']],
  outputs: [{ ninjs: false }, ['plan', 'every page']],
  robots: [{ aiCrawlers: false }, ['plan', 'some pages']],
  policies: [{ ethicsPolicy: 'https://news.example/code/' }, ['plan', 'every page']],
  csp: [{}, ['plan', 'some pages']],
  wire: [{ desk: 'politics' }, []],
  deploy: [{ to: '/srv/other', webSub: 'https://hub.example/' }, []],
  rules: [{ 'image-alt': 'error' }, []],
};

const articles = ['a', 'b', 'c', 'd', 'e'].map(name => [
  `content/articles/2025/${name}.md`,
  `${frontMatter()}"Text" of ${name}.\n`,
]);
const siteYaml = (values: object) => ({ 'content/site.yaml': JSON.stringify(values) });

test('there is a case for every key', () => {
  expect(Object.keys(changes).sort()).toEqual(Object.keys(siteSchema.shape).sort());
});

test.each(Object.entries(changes))('%s', async (key, [value, stages]) => {
  const root = makeSite({ ...Object.fromEntries(articles), ...siteYaml(settings) });
  const first = await build({ root, now });
  expect(first.diagnostics).toEqual([]);
  const before = pageFiles(root);
  writeFiles(root, siteYaml({ ...settings, [key]: value }));
  const { parsed, planned, rendered, diagnostics } = await build({ root, now });
  expect(diagnostics).toEqual([]);
  const kept = pageFiles(root).filter(file => before.includes(file));
  const ran: Stage[] = [];
  if (parsed > 0) ran.push('compile');
  if (planned) ran.push('plan');
  if (rendered > 0) ran.push(kept.length === 0 ? 'every page' : 'some pages');
  expect({ ran, parsed, kept }).toMatchObject({
    ran: stages,
    parsed: stages.includes('compile') ? articles.length : 0,
  });
});

/** One line per page: its path, and its inode. */
function pageFiles(root: string): string[] {
  const dist = join(root, 'dist');
  return Object.keys(readFolder(dist))
    .filter(path => path.endsWith('.html'))
    .map(path => `${path} ${statSync(join(dist, path)).ino}`);
}

test('a new story does not cause other stories to be parsed', async () => {
  const root = makeSite({ ...Object.fromEntries(articles), ...siteYaml(settings) });
  await build({ root, now });
  writeFiles(root, { 'content/articles/2025/f.md': `${frontMatter()}Text of f.\n` });
  expect(await build({ root, now })).toMatchObject({ parsed: 1, planned: true });
});
