/**
 * Every kind of page in Chromium, checked by axe: wide and narrow, in light, dark and forced colours, in
 * English, Hebrew and Arabic.
 */
import { expect, test } from 'vitest';
import { findAccessibilityFaults, findOverflow, useSite } from '../helpers/browser.ts';
import { story } from '../helpers/publication.ts';
import { makePublication } from '../visual/publication.ts';

const files = await makePublication({ stories: 40, scripts: true, lines: 'perPage: 10\n' });
const site = useSite({
  files: {
    ...files,
    'content/articles/2025/old.md': story({
      title: 'An old story',
      published: '2025-01-01T00:00:00Z',
      desk: 'press',
      aliases: ['/old/'],
    }),
  },
});

const pages = {
  'the front page': '/',
  'a story': '/press/2025/05/story-0/',
  'a story in Hebrew': '/he/press/2025/05/story-he/',
  'a story in Arabic': '/ar/press/2025/05/story-ar/',
  'a desk': '/press/',
  'a topic': '/topics/history/',
  'a numbered page': '/archive/2025/page/2/',
  'a list in Hebrew': '/he/',
  'a list in Arabic': '/ar/',
  'an author': '/authors/drawer/',
  'all topics': '/topics/',
  'the archive': '/archive/',
  corrections: '/corrections/',
  feeds: '/feeds/',
  'a standing page': '/about/',
  'an address that is not there': '/404.html',
};

const ways = [
  { width: 320, media: [{ colorScheme: 'dark', forcedColors: 'none' }] },
  {
    width: 1280,
    media: [
      { colorScheme: 'light', forcedColors: 'none' },
      { colorScheme: 'dark', forcedColors: 'active' },
    ],
  },
] as const;

test.each(Object.entries(pages))(
  '%s is accessible in light, dark and forced colours, and fits wide and narrow screens',
  async (_, path) => {
    expect(site.paths()).toContain(path);
    const { page, troubles } = await site.open(path);
    for (const { width, media } of ways) {
      // Resizing cancels the loading of pictures and requests other sizes, so wait for them first.
      await page.waitForLoadState('networkidle');
      await page.setViewportSize({ width, height: 800 });
      expect(await findOverflow(page)).toEqual({ pixels: 0, elements: [] });
      for (const one of media) {
        await page.emulateMedia(one);
        expect(await findAccessibilityFaults(page), JSON.stringify([width, one])).toEqual([]);
      }
    }
    expect(troubles).toEqual([]);
  },
);

test('a former address redirects the reader to the story', async () => {
  const { page } = await site.open('/old/');
  await page.waitForURL('**/press/2025/01/old/');
  expect(await page.locator('h1').textContent()).toBe('An old story');
});
