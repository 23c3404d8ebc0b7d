/** Messages of a build: it reports all of them, in order, and errors stop it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatDiagnostic } from '../../src/base/diagnostics.ts';
import {
  buildSite,
  frontMatter,
  makeSite,
  messagesOf,
  readFolder,
  siteYaml,
  writeFiles,
} from '../helpers/site.ts';

const good = `${frontMatter()}\nText.\n`;
const warned = `${frontMatter()}\n> Words.\n`;

test('the messages of all files are reported in one run, ordered by file, line and column', async () => {
  const root = makeSite({
    'content/site.yaml': `${siteYaml}navigation: [{text: About, url: /about/}, {text: Jobs, url: /jobs/}]\n`,
    'content/articles/2025/b.md': `${frontMatter('authors: [nobody]\n')}\n> Words.\n\n![](a.jpg)\n\n[x](y.md) [z](z.md)\n`,
    'content/articles/2025/a.md': 'Text.',
    'content/articles/2025/c.md': '---js\n1\n---\n',
    'content/pages/about.md': '---\ntitle: [x]\n---\n',
    'content/authors/jane.md': '---\nnam: Jane\n---\n',
    'templates/strings/en.yaml': 'a: b: c\n',
  });
  const { diagnostics } = await buildSite(root);
  expect(diagnostics.map(formatDiagnostic).map(line => line.split(' ').slice(0, 3).join(' '))).toEqual([
    'content/articles/2025/a.md:1:1 error front-matter-absent',
    'content/articles/2025/b.md:5:11 error author-unknown',
    'content/articles/2025/b.md:8:1 warning quote-attribution',
    'content/articles/2025/b.md:10:1 error image-alt',
    'content/articles/2025/b.md:10:1 warning image-credit',
    'content/articles/2025/b.md:10:1 error picture-file',
    'content/articles/2025/b.md:12:1 error link-target',
    'content/articles/2025/b.md:12:11 error link-target',
    'content/articles/2025/c.md:1:1 error front-matter-engine',
    'content/authors/jane.md:2:1 error front-matter-unknown-key',
    'content/pages/about.md:2:8 error front-matter-value',
    'content/site.yaml:10:61 error navigation-target',
    'templates/strings/en.yaml:1:4 error strings-yaml',
  ]);
});

test('a reference to a file with invalid front matter may be correct and is not reported', async () => {
  const wrong = frontMatter().replace(/published: .*/, 'published: 2025-02-30');
  const root = makeSite({
    'content/articles/2025/wrong.md': `${wrong}\nText.\n`,
    'content/authors/jane.md': '---\nnam: Jane\n---\n',
    'content/articles/2025/a.md': `${frontMatter('authors: [jane]\nrelated: [wrong.md]\n')}\n[x](wrong.md) [y](../../authors/jane.md)\n`,
    'content/articles/2025/b.md': `${frontMatter('lang: de\ntranslationOf: wrong.md\n')}\nText.\n`,
  });
  const { diagnostics } = await buildSite(root);
  const errors = diagnostics.filter(({ severity }) => severity === 'error').map(formatDiagnostic);
  expect(errors.map(line => line.split(' ').slice(0, 3).join(' '))).toEqual([
    expect.stringMatching(/^content\/articles\/2025\/wrong\.md:\d+:\d+ error front-matter-date$/),
    'content/authors/jane.md:2:1 error front-matter-unknown-key',
  ]);
});

describe('an error', () => {
  test.each<[string, Record<string, string>]>([
    ['in an article', { 'content/articles/2025/x.md': 'Text.' }],
    ['in a second article', { 'content/articles/2025/y.md': frontMatter('slug: x\n') }],
    ['in site.yaml', { 'content/site.yaml': 'name: [' }],
    ['in a template', { 'templates/article.html': '<%= it.nothing %>' }],
    ['in a style sheet', { 'templates/styles/main.css': '@import "nothing.css";' }],
    ['in the strings', { 'templates/strings/en.yaml': 'a: [' }],
    ['while writing', { 'public/world': 'a file where a folder must be' }],
  ])('%s leaves the previous site byte for byte', async (_, files) => {
    const root = makeSite({ 'content/articles/2025/x.md': good });
    expect((await buildSite(root)).ok).toBe(true);
    const before = readFolder(join(root, 'dist'));
    writeFiles(root, files);
    const { ok, diagnostics } = await buildSite(root);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).not.toEqual([]);
    expect(ok).toBe(false);
    expect(readFolder(join(root, 'dist'))).toEqual(before);
    expect(Object.keys(readFolder(root)).filter(path => /^\.dist-/.test(path))).toEqual([]);
  });

  test('writes nothing if there is no site yet', async () => {
    const root = makeSite({ 'content/articles/2025/x.md': 'Text.' });
    expect((await buildSite(root)).ok).toBe(false);
    expect(existsSync(join(root, 'dist'))).toBe(false);
  });
});

test('warnings do not stop a build', async () => {
  const root = makeSite({ 'content/articles/2025/x.md': warned });
  const { ok, diagnostics } = await buildSite(root);
  expect(diagnostics.map(({ severity }) => severity)).toEqual(['warning']);
  expect(ok).toBe(true);
  expect(existsSync(join(root, 'dist/world/2025/03/x/index.html'))).toBe(true);
});

test('--strict makes warnings stop the build', async () => {
  const root = makeSite({ 'content/articles/2025/x.md': warned });
  const { ok, diagnostics } = await buildSite(root, { strict: true });
  expect(diagnostics.map(({ severity }) => severity)).toEqual(['error']);
  expect(ok).toBe(false);
  expect(existsSync(join(root, 'dist'))).toBe(false);
});

/** Turning a rule off or into a warning removes a message, but pages must still be rendered correctly. */
describe.each(['off', 'warning'])('a rule that site.yaml sets to %s', setting => {
  test.each([
    ['related-unknown', frontMatter('related: [y.md]\n')],
    ['link-target', `${frontMatter()}\n[x](y.md) [z](javascript:alert(1))\n`],
    ['picture-file', `${frontMatter()}\n![x](../../../../etc/passwd "Photo: Jane")\n`],
    ['picture-file', `${frontMatter()}\n![x](none.jpg "Photo: Jane")\n`],
    ['image-alt', `${frontMatter()}\n![](none.gif "Photo: Jane")\n`],
    ['link-file', `${frontMatter()}\n[x](a.svg)\n`],
    ['heading-level', `${frontMatter()}\n#### x\n\nText.\n`],
    ['section-empty', `${frontMatter()}\n## x\n`],
    ['date-zone', frontMatter().replace('2025-03-05T09:00:00-05:00', '2025-03-05')],
    ['html-dropped', `${frontMatter()}\n<script>alert(1)</script>\n\nText.\n`],
  ])('%s does not crash the build and writes nothing outside dist/', async (rule, article) => {
    const root = makeSite({
      'content/site.yaml': `${siteYaml}rules: {${rule}: ${setting}${rule === 'image-alt' ? ', picture-file: off' : ''}}\n`,
      'content/articles/2025/x.md': `${article}${article.includes('\n---\n\n') ? '' : '\nText.\n'}`,
      'content/articles/2025/a.svg': '<svg/>',
    });
    const before = Object.keys(readFolder(root));
    const { ok, diagnostics } = await buildSite(root);
    expect(ok).toBe(true);
    expect(new Set(diagnostics.map(({ ruleId, severity }) => `${severity} ${ruleId}`))).toEqual(
      new Set(setting === 'off' ? [] : [`warning ${rule}`]),
    );
    const added = Object.keys(readFolder(root)).filter(path => !before.includes(path));
    expect(added.filter(path => !/^(dist|\.cache)\//.test(path))).toEqual([]);
    const html = readFolder(root)['dist/world/2025/03/x/index.html']!;
    expect(html).not.toMatch(/src=""|href=""/);
  });
});

test.each(['desk-unknown', 'topic-unknown', 'author-unknown'])(
  '%s, without which pages cannot be built, cannot be set',
  async rule => {
    const root = makeSite({ 'content/site.yaml': `${siteYaml}rules: {${rule}: off}\n` });
    const { diagnostics } = await buildSite(root);
    expect(diagnostics.map(({ ruleId }) => ruleId)).toEqual(['site-config-unknown-rule']);
  },
);

describe('untrusted or misnamed files', () => {
  test('front matter in JavaScript is not executed', async () => {
    const seen = globalThis as { broadsheetEngineRan?: boolean };
    for (const engine of ['js', 'javascript', 'coffee', 'coffeescript', 'cson', ' js', 'JS']) {
      const messages = await messagesOf(
        `---${engine}\n{ title: (globalThis.broadsheetEngineRan = true) }\n---\n\nText.\n`,
      );
      expect([engine, messages]).toEqual([
        engine,
        [expect.stringMatching(/^content\/articles\/2025\/x\.md:1:1 error front-matter-engine /)],
      ]);
    }
    expect(seen.broadsheetEngineRan).toBeUndefined();
  });

  test('keys named __proto__ and constructor change no object', async () => {
    await messagesOf(
      frontMatter('__proto__: {polluted: true}\nconstructor: {prototype: {polluted: true}}\n'),
      {
        'content/site.yaml': `${siteYaml}__proto__: {polluted: true}\nrules: {__proto__: {polluted: true}}\n`,
      },
    );
    await messagesOf(frontMatter('sources: [{name: x, __proto__: {polluted: true}}]\n'));
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test('an article whose name ends in .MD or .markdown is reported instead of being ignored', async () => {
    for (const name of ['Story.MD', 'story.markdown', 'story.mdx'])
      expect([name, await messagesOf(good, { [`content/articles/2025/${name}`]: good })]).not.toEqual([
        name,
        [],
      ]);
  });
});

test('front matter that is nested too deeply is reported in our own words', async () => {
  for (const open of ['[', '{a: ', '- ', '? ', '&a [', '"', '!a ']) {
    const messages = await messagesOf(frontMatter(`topics: ${open.repeat(12_000)}\n`));
    expect(messages, open).not.toEqual([]);
    for (const message of messages) {
      expect(message).toMatch(/^content\/articles\/2025\/x\.md:\d+:\d+ error front-matter-(yaml|value) /);
      expect(message).not.toMatch(/call stack/i);
    }
  }
});

test('a slug that is too long for a file name is reported for the article', async () => {
  const messages = await messagesOf(`${frontMatter(`slug: ${'a'.repeat(300)}\n`)}\nText.\n`);
  expect(messages).toHaveLength(1);
  expect(messages[0]).toMatch(/^content\/articles\/2025\/x\.md:5:7 error /);
});

test("an article in a year without four digits in the site's zone still has an address", async () => {
  const messages = await messagesOf(
    `${frontMatter().replace('2025-03-05T09:00:00-05:00', '9999-12-31T23:59:59-12:00')}\nText.\n`,
    { 'content/site.yaml': siteYaml.replace('America/New_York', 'Pacific/Kiritimati') },
  );
  expect(messages).toEqual([]);
});
