/** A site without pictures does not load the image library. */
import { expect, test, vi } from 'vitest';
import { buildSite, frontMatter, makeSite } from '../helpers/site.ts';

vi.mock('sharp', () => {
  throw new Error('sharp was loaded');
});

test('a site without pictures is built without the image library', async () => {
  const root = makeSite({ 'content/articles/2025/x.md': `${frontMatter()}Text.\n` });
  expect((await buildSite(root)).ok).toBe(true);
});
