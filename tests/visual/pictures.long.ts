/**
 * Compares the main kinds of page with the pictures in pictures/. To accept the current appearance, after
 * looking at it:
 *
 *   UPDATE_EXPECTED=1 npx vitest run --config tests/vitest.config.ts --mode long tests/visual
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { useSite } from '../helpers/browser.ts';
import { packageRoot } from '../helpers/site.ts';
import { makePublication } from './publication.ts';

const folder = join(packageRoot, 'tests/visual/pictures');
const update = process.env.UPDATE_EXPECTED === '1';

/** System sans-serif fonts differ between machines, so the site uses this one. */
const sans = createRequire(import.meta.url).resolve(
  '@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2',
);
const site = useSite({
  files: {
    ...(await makePublication({
      stories: 20,
      scripts: true,
      lines: 'theme:\n  furniture: {family: Test Sans, file: /test-sans.woff2}\n',
    })),
    'public/test-sans.woff2': readFileSync(sans),
  },
});

const story = '/press/2025/05/story-0/';
const shots = [
  ['front', '/', 1280, 'light'],
  ['front-dark', '/', 768, 'dark'],
  ['front-telephone', '/', 360, 'light'],
  ['story', story, 1280, 'light'],
  ['story-dark', story, 1280, 'dark'],
  ['story-telephone', story, 360, 'light'],
  ['story-end', story, 1280, 'light', '.about-story'],
  ['list', '/press/', 1280, 'light'],
  ['author', '/authors/drawer/', 768, 'light'],
  ['hebrew', '/he/press/2025/05/story-he/', 768, 'light'],
] as const;

/** Width of a stored picture in pixels. Pictures are small to keep the repository small. */
const keptWidth = 480;

/** Fraction of pixels that may differ, because the edges of letters vary between versions of Chromium. */
const tolerance = 0.0005;

test.each(shots)('%s looks the same as before', async (name, path, width, colorScheme, from?: string) => {
  const { page } = await site.open('/404.html', { width, colorScheme });
  await waitForFaces(page);
  await page.goto(path, { waitUntil: 'networkidle' });
  await page.evaluate(async () => {
    await document.fonts.ready;
    const images = [...document.images].filter(({ offsetParent }) => offsetParent !== null);
    for (const image of images) image.loading = 'eager';
    await Promise.all(images.map(image => image.decode()));
  });
  if (from !== undefined)
    await page
      .locator(from)
      .evaluate(element => scrollTo(0, Math.round(scrollY + element.getBoundingClientRect().top)));
  const shot = sharp(await page.screenshot({ animations: 'disabled' }))
    .flatten()
    .resize({ width: Math.min(width, keptWidth) });
  const file = join(folder, `${name}.png`);
  if (update) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, await shot.png({ palette: true, colours: 64, effort: 10 }).toBuffer());
  }
  expect(existsSync(file), 'UPDATE_EXPECTED=1 makes it').toBe(true);
  // Stored pictures have a reduced palette, so the new ones are reduced too.
  const [kept, now] = await Promise.all([
    pixelsOf(readFileSync(file)),
    pixelsOf(await shot.png({ palette: true, colours: 64, effort: 10 }).toBuffer()),
  ]);
  expect([now.width, now.height]).toEqual([kept.width, kept.height]);
  const different = pixelmatch(kept.data, now.data, undefined, kept.width, kept.height, { threshold: 0.15 });
  expect(different / (kept.width * kept.height)).toBeLessThanOrEqual(tolerance);
});

async function pixelsOf(bytes: Uint8Array) {
  const { data, info } = await sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** Makes pages wait for their typefaces. Readers never see a typeface that loads late. */
async function waitForFaces(page: Page): Promise<void> {
  await page.route('**/*', async route => {
    if (route.request().resourceType() !== 'document') return route.continue();
    const response = await route.fetch();
    const body = (await response.text()).replaceAll('font-display:optional', 'font-display:block');
    return route.fulfill({ response, body });
  });
}
