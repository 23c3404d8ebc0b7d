/** Lists, people and the other pages of a publication in Chromium, by axe, in light and dark. */
import { expect, test } from 'vitest';
import { findAccessibilityFaults, findOverflow, useSite } from '../helpers/browser.ts';
import { author, type Files, stories, story } from './publication.ts';

const files: Files = {
  ...stories(45),
  'content/authors/ada.md': author(
    'Ada Tester',
    'role: Reporter\nurl: https://ada.example/\nlinks:\n  - {text: Her work, url: "https://work.example/"}\n',
    'Ada has reported since 1997.',
  ),
  'content/articles/2025/story-5.he.md': story(
    { title: 'כתבה', published: '2025-02-01T00:00:00Z', lang: 'he', translationOf: 'story-5.md' },
    'משפט.',
  ),
};
const site = useSite({ files });

const pages = {
  'the front page of 30 stories': '/',
  'a desk': '/world/',
  'a topic': '/topics/gaza/',
  'a numbered page': '/archive/2025/page/2/',
  'a language from right to left': '/he/',
  'an author': '/authors/ada/',
  'all topics': '/topics/',
  'the archive': '/archive/',
  corrections: '/corrections/',
  feeds: '/feeds/',
  'a story with other languages': '/world/2025/01/story-5/',
  'an address that is not there': '/404.html',
};

test.each(Object.entries(pages))(
  '%s is accessible in its light colours on a desk and its dark ones on a telephone, and fits both',
  async (_, path) => {
    expect(site.paths()).toContain(path);
    const { page, troubles } = await site.open(path, { colorScheme: 'light', width: 1280 });
    expect(await findAccessibilityFaults(page)).toEqual([]);
    expect(await findOverflow(page)).toEqual({ pixels: 0, elements: [] });
    await page.setViewportSize({ width: 320, height: 800 });
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await findAccessibilityFaults(page)).toEqual([]);
    expect(await findOverflow(page)).toEqual({ pixels: 0, elements: [] });
    expect(troubles).toEqual([]);
  },
);

test('a former address brings the reader to the story', async () => {
  const { page } = await site.open('/old/15/');
  await page.waitForURL('**/politics/2025/01/story-15/');
  expect(await page.locator('h1').textContent()).toBe('Story number 15');
});
