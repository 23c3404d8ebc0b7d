/** What a site does not need is not loaded: the libraries that decode pictures and draw cards. */
import { expect, test, vi } from 'vitest';
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

test('a site with cards switched off, and a check of one with cards, do without the library that draws', async () => {
  const off = await buildSite(makeSite(article));
  expect(off.diagnostics).toEqual([]);
  const yaml = siteYaml.replace('{cards: false, search: false}', '{search: false}');
  const root = makeSite({ 'content/site.yaml': yaml, ...article });
  expect((await buildSite(root, { out: undefined })).diagnostics).toEqual([]);
  expect((await buildSite(root)).diagnostics.map(({ ruleId }) => ruleId)).toEqual(['cards-unavailable']);
});
