/** Small publications for tests, and helpers that check their output. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { formatDiagnostic } from '../../src/base/diagnostics.ts';
import { createCompiler } from '../../src/build/compile-source.ts';
import { describeAll } from '../../src/build/messages.ts';
import type { BuildOptions } from '../../src/build/options.ts';
import { ruleIds } from '../../src/check/rules.ts';
import { readConfig } from '../../src/config/config.ts';
import { compileSettings, planSettings } from '../../src/config/settings.ts';
import { listContent, readDataFile, readSiteYaml, readSource } from '../../src/disk/content.ts';
import { collectSite } from '../../src/site/collect.ts';
import type { Site } from '../../src/site/model.ts';
import type { Page } from '../../src/site/pages.ts';
import { planPages } from '../../src/site/plan.ts';
import { buildSite, makeSite, readFolder, testNow, writeFiles } from './site.ts';

export type Files = Record<string, string | Uint8Array>;

export const origin = 'https://courier.example';

/** Beginning of the test publication's site.yaml. */
export const siteHead = `name: The Test Courier
tagline: News for tests
url: ${origin}/
lang: en
timeZone: America/New_York
publisher: {name: Courier Press, logo: /logo.png}
outputs: {cards: false, search: false, articleJson: true, ninjs: true}
desks:
  - {id: world, name: World, description: News of the world}
  - {id: politics, name: Politics}
topics:
  - {id: gaza, name: Gaza, description: The Gaza Strip}
  - {id: talks, name: Talks}
  - {id: trade, name: Trade}
`;

export const publicationYaml = `${siteHead}navigation:
  - {text: Home, url: /}
  - {text: World, url: /world/}
  - {text: Politics, url: /politics/}
footer:
  - {text: Archive, url: /archive/}
  - {text: Corrections, url: /corrections/}
perPage: 10
`;

/** Source of an article: valid front matter, overridden by `meta`, and a body. */
export function story(meta: Record<string, unknown> = {}, body = 'One sentence.'): string {
  const all = { title: 'A headline', published: '2025-03-05T09:00:00-05:00', desk: 'world', ...meta };
  const lines = Object.entries(all).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`);
  return `---\n${lines.join('')}---\n\n${body}\n`;
}

export const author = (name: string, lines = '', text = 'One sentence.'): string =>
  `---\nname: ${name}\n${lines}---\n\n${text}\n`;

const day = 86_400_000;
const first = Date.parse('2025-01-01T15:00:00Z');

/** Path of the n-th story of `stories`, counted from 0, the oldest. There is one story per day. */
export const storyPath = (n: number): string => `content/articles/2025/story-${n}.md`;
export const storyDate = (n: number): string => new Date(first + n * day).toISOString();

/** Generates a publication of `count` stories with two authors, in which every third story shares a topic. */
export function stories(count: number): Files {
  const files: Files = {
    'content/site.yaml': publicationYaml,
    'content/authors/ada.md': author('Ada Tester', 'role: Reporter\nurl: https://ada.example/\n'),
    'content/authors/ben.md': author('Ben Tester'),
    'content/pages/about.md': '---\ntitle: About us\n---\n\n## Who we are\n\nTests.\n',
    'public/logo.png': 'not really a picture',
  };
  for (let n = 0; n < count; n++) {
    files[storyPath(n)] = story(
      {
        title: `Story number ${n}`,
        standfirst: `What story ${n} is about.`,
        published: storyDate(n),
        desk: n % 4 === 3 ? 'politics' : 'world',
        authors: n % 2 ? ['ada'] : ['ada', 'ben'],
        topics: [['gaza', 'talks', 'trade'][n % 3]],
        people: [`Person ${n % 7}`],
        ...(n % 10 === 5 && { aliases: [`/old/${n}/`], prominence: 'high' }),
        ...(n % 20 === 7 && {
          corrections: [{ date: new Date(first + n * day + 3_600_000).toISOString(), text: `Mistake ${n}.` }],
        }),
      },
      [
        `The full text of story ${n}${n > 0 ? `, after [the one before](story-${n - 1}.md#a-section)` : ''}.`,
        '## A section',
        `> What was said in story ${n}.\n>\n> — Ada Tester, head of the test office`,
        '## Another section',
        'Its text, with [its beginning](#a-section).',
      ].join('\n\n'),
    );
  }
  return files;
}

export interface Built {
  root: string;
  out: string;
  /** Text of every file of the output, by path. */
  files: Record<string, string>;
  nextChange: number | undefined;
}

/** Builds a site without errors, in a folder that is removed when the test ends. */
export async function publish(files: Files, options: Partial<BuildOptions> = {}): Promise<Built> {
  const root = makeSite({ 'content/site.yaml': publicationYaml, ...files });
  return publishFolder(root, options);
}

/** Builds a site in a folder that is kept, for `beforeAll`. Call `remove` at the end. */
export async function publishForAll(
  files: Files,
  options: Partial<BuildOptions> = {},
): Promise<Built & { remove: () => void }> {
  const root = mkdtempSync(join(tmpdir(), 'broadsheet-test-'));
  writeFiles(root, { 'content/site.yaml': publicationYaml, ...files });
  const built = await publishFolder(root, options);
  return { ...built, remove: () => rmSync(root, { recursive: true, force: true }) };
}

async function publishFolder(root: string, options: Partial<BuildOptions>): Promise<Built> {
  const out = options.out ?? join(root, 'dist');
  const { ok, diagnostics, nextChange } = await buildSite(root, { ...options, out });
  expect(ok, diagnostics.map(formatDiagnostic).join('\n')).toBe(true);
  return { root, out, files: readFolder(out), nextChange };
}

/**
 * Builds a site that has problems.
 * @returns its messages, as they are printed
 */
export async function complaintsOf(files: Files): Promise<string[]> {
  const root = makeSite({ 'content/site.yaml': publicationYaml, ...files });
  const { diagnostics } = await buildSite(root);
  return diagnostics.map(formatDiagnostic);
}

/** Plans a site like a build, for functions with parameters that a build does not expose. */
export function planSite(files: Files, now = testNow): { site: Site; pages: Page[] } {
  const root = makeSite({ 'content/site.yaml': publicationYaml, ...files });
  const config = readConfig({ bytes: readSiteYaml({ root }), ruleIds }).site?.config;
  if (!config) throw new Error('The configuration is wrong');
  const { markdown, assets } = listContent({ root });
  const compile = createCompiler(compileSettings(config));
  const compiled = markdown.map(path =>
    compile(readSource({ root }, path), file => readDataFile({ root }, file)),
  );
  const entries = compiled.flatMap(({ entry }) => entry ?? []);
  const site = collectSite({
    config: planSettings(config),
    articles: entries.filter(entry => entry.kind === 'article'),
    flawed: [],
    pages: entries.filter(entry => entry.kind === 'page'),
    authors: entries.filter(entry => entry.kind === 'author'),
    assets,
    publicFiles: [],
    now,
    drafts: false,
  });
  const { pages, diagnostics } = planPages(site);
  expect(describeAll([...compiled.flatMap(each => each.diagnostics), ...diagnostics])).toEqual([]);
  return { site, pages };
}

/** File that a static host serves at an address of the site: `/world/` → `world/index.html`. */
export function fileAt(address: string): string {
  const path = decodeURIComponent(new URL(address, `${origin}/`).pathname).slice(1);
  return path === '' || path.endsWith('/') ? `${path}index.html` : path;
}

export type Thing = Record<string, unknown> & { '@type': string };

/** Things in a page's JSON-LD. */
export function thingsOf(html: string): Thing[] {
  const scripts = [...html.matchAll(/<script type="application\/ld\+json">([\s\S]*?)<\/script>/g)];
  expect(scripts.length, 'scripts of JSON-LD').toBe(1);
  return (JSON.parse(scripts[0]![1]!) as { '@graph': Thing[] })['@graph'];
}

export function thingOf(html: string, type: string): Thing {
  const found = thingsOf(html).filter(thing => thing['@type'] === type);
  expect(found.length, `things of type ${type}`).toBe(1);
  return found[0]!;
}

/** `<link>` and `<meta>` elements of a page's head, each as its attributes. */
export function headOf(html: string): Record<string, string>[] {
  const head = html.slice(0, html.indexOf('</head>'));
  return [...head.matchAll(/<(link|meta)\s([^>]*)>/g)].map(([, tag, attributes]) => ({
    tag: tag!,
    ...Object.fromEntries(
      [...attributes!.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, name, value]) => [
        name!,
        unescapeHtml(value!),
      ]),
    ),
  }));
}

/** `content` of the meta elements with a property or name. */
export function metaOf(html: string, name: string): string[] {
  return headOf(html)
    .filter(({ tag, property, name: own }) => tag === 'meta' && (property ?? own) === name)
    .map(({ content }) => content!);
}

export function linksOf(html: string, rel: string): Record<string, string>[] {
  return headOf(html).filter(link => link.tag === 'link' && link.rel === rel);
}

const entities: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

export function unescapeHtml(text: string): string {
  return text
    .replace(/&#x([\da-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/&(?:amp|lt|gt|quot|#39);/g, entity => entities[entity]!);
}

/** Paths and bytes of every file below a folder. */
export function readBytes(folder: string): { path: string; bytes: Buffer }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
    .map(path => ({ path: path.slice(folder.length + 1), bytes: readFileSync(path) }));
}

export function ensureFolderOf(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
}
