/**
 * Pictures in Chromium: which file is loaded, at which size it is shown, and that nothing moves while it
 * loads.
 */
import { expect, test } from 'vitest';
import { findAccessibilityFaults, observeShift, useSite } from '../helpers/browser.ts';
import { frontMatter } from '../helpers/site.ts';
import { makePhoto } from '../media/photos.ts';

const site = useSite({
  files: {
    'content/articles/2025/x.md': `${frontMatter('authors: [ada]\n')}![Lead](lead.jpg "The lead. Photo: Jane Doe")

${'A paragraph of the text, which is long enough to fill some lines of the page.\n\n'.repeat(40)}
![Small](small.png "Photo: Jane Doe")

Below ![inline](small.png).
`,
    'content/articles/2025/lead.jpg': await makePhoto({ width: 2000, height: 1250 }),
    'content/articles/2025/small.png': await makePhoto({ width: 90, height: 60, format: 'png' }),
    'content/authors/ada.md': '---\nname: Ada\npicture: ada.jpg\n---\n',
    'content/authors/ada.jpg': await makePhoto({ width: 500, height: 400 }),
  },
});
const path = '/world/2025/03/x/';

test.each([
  [360, '640.avif'],
  [1280, '640.avif'],
])('at %i pixels the right file is loaded, and nothing moves', async (width, name) => {
  // Starts on a page without pictures, because a browser reuses a larger file that it already has.
  const { page, troubles } = await site.open('/corrections/', { width });
  const shift = await observeShift(page);
  await page.goto(path);
  const lead = page.locator('.image img').first();
  await lead.evaluate((image: HTMLImageElement) => image.decode());
  const shown = await lead.evaluate((image: HTMLImageElement) => ({
    src: image.currentSrc.replace(/.*\//, ''),
    width: image.clientWidth,
    height: image.clientHeight,
    column: image.closest('.prose')!.clientWidth,
    viewport: document.documentElement.clientWidth,
  }));
  expect(shown.width).toBe(shown.column);
  expect(shown.height).toBeCloseTo((shown.width * 1250) / 2000, -0.5);
  expect(shown.src).toBe(name);
  // Pictures below the fold load when they are near the viewport.
  const small = page.locator('.image img').last();
  await small.scrollIntoViewIfNeeded();
  await small.evaluate((image: HTMLImageElement) => image.decode());
  expect(await small.evaluate((image: HTMLImageElement) => [image.clientWidth, image.clientHeight])).toEqual([
    90, 60,
  ]);
  expect(await shift()).toBe(0);
  expect(troubles).toEqual([]);
  expect(await findAccessibilityFaults(page)).toEqual([]);
});

test('the colour of the lead picture is shown until the picture has loaded', async () => {
  const { page } = await site.open('/');
  await page.route('**/pictures/**', () => {});
  await page.goto(path, { waitUntil: 'domcontentloaded' });
  const frame = await page.locator('.image .picture').first().boundingBox();
  const color = page.locator('.image .picture-color').first();
  expect(await color.boundingBox()).toEqual(frame);
  expect(frame!.height).toBeGreaterThan(100);
  expect(await color.locator('rect').getAttribute('fill')).toMatch(/^#[\da-f]{6}$/);
});

test('a portrait is square', async () => {
  const { page, troubles } = await site.open('/authors/ada/');
  const box = await page.locator('.author-picture img').boundingBox();
  expect([box!.width, box!.height]).toEqual([176, 176]);
  expect(troubles).toEqual([]);
});
