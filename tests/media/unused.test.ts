/**
 * Unneeded libraries are not loaded: those that decode pictures and draw cards, and those for rarely used
 * features.
 */
import { createRequire } from 'node:module';
import { basename, dirname } from 'node:path';
import { expect, test, vi } from 'vitest';
import { formatDiagnostic } from '../../src/base/diagnostics.ts';
import { buildSite, frontMatter, makeSite, siteYaml } from '../helpers/site.ts';

vi.mock('sharp', () => {
  throw new Error('sharp was loaded');
});
vi.mock('@takumi-rs/core', () => {
  throw new Error('takumi was loaded');
});

const article = { 'content/articles/2025/x.md': `${frontMatter()}Text.\n` };

test('a site without pictures is built without the image library', async () => {
  expect((await buildSite(makeSite(article))).ok).toBe(true);
});

test('a site with disabled cards, and a check of a site with cards, do not load the drawing library', async () => {
  const off = await buildSite(makeSite(article));
  expect(off.diagnostics).toEqual([]);
  const yaml = siteYaml.replace('cards: false, ', '');
  const root = makeSite({ 'content/site.yaml': yaml, ...article });
  expect((await buildSite(root, { out: undefined })).diagnostics).toEqual([]);
  expect((await buildSite(root)).diagnostics.map(({ ruleId }) => ruleId)).toEqual(['cards-unavailable']);
});

test('an article in plain Markdown with plain front matter loads only the Markdown parser', async () => {
  const { cache } = createRequire(import.meta.url);
  const loaded = () =>
    Object.keys(cache)
      .filter(path => basename(dirname(path)) === 'lazy')
      .map(path => basename(path));
  const build = async (text: string, yaml = siteYaml) => {
    const root = makeSite({
      'content/site.yaml': yaml,
      'content/articles/2025/x.md': text,
      'content/articles/2025/data.csv': 'place,votes\nNorth,1\nSouth,2\n',
    });
    expect((await buildSite(root)).diagnostics.map(formatDiagnostic)).toEqual([]);
  };
  await build(`${frontMatter()}Text, [a link](https://example.org/) and *more*.\n`);
  expect(loaded()).toEqual(['satteri.cjs']);
  await build(`${frontMatter()}H<sub>2</sub>O.\n`);
  expect(loaded().slice(1)).toEqual(['hast-util-raw.cjs']);
  await build(`${frontMatter().replace('-05:00', '+02:00')}Text.\n`);
  expect(loaded().slice(1)).toEqual(['hast-util-raw.cjs', 'temporal-polyfill.cjs']);
  await build(`${frontMatter()}Text.\n`, `${siteYaml}parser: remark\n`);
  expect(loaded().slice(3)).toEqual(['remark-parse.cjs', 'remark-gfm.cjs']);
  const chart = ['type: bar', 'title: A chart', 'source: A survey', 'data: data.csv', 'x: place', 'y: votes'];
  await build(`${frontMatter()}\`\`\`chart\n${chart.join('\n')}\n\`\`\`\n`);
  expect(loaded().slice(5)).toEqual(['csv-parse.cjs', 'd3.cjs']);
});
