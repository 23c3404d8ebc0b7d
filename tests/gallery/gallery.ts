/**
 * Builds the gallery's publications and writes screenshots of their pages to tests/gallery/screenshots/, for people to
 * look at: `npm run gallery`, or `npm run gallery -- -t daily` for one publication.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { launchBrowser } from '../helpers/browser.ts';
import { buildGallerySite, type ServedGallery, serveGallery } from './serve.ts';
import { createSite, type SiteOptions } from './sites.ts';

const folder = new URL('screenshots/', import.meta.url).pathname;

/** Publications of which every kind of page is shown. */
const publications: Record<string, SiteOptions> = {
  daily: { stories: 60 },
  two: { stories: 2, name: 'Tidewatch', high: 0 },
  hebrew: { stories: 24, script: 'he' },
  arabic: { stories: 24, script: 'ar' },
};

/** Publications of which only the front page is shown. */
const fronts: Record<string, SiteOptions> = Object.fromEntries(
  (['en', 'he', 'ar'] as const).flatMap(script =>
    [1, 2, 5, 12, 60, 200].flatMap(stories =>
      [true, false].flatMap(pictures =>
        (['short', 'long', 'mixed'] as const).map(headlines => [
          `${script}-${stories}-${headlines}${pictures ? '' : '-plain'}`,
          { script, stories, pictures, headlines, lead: stories % 5 !== 0, high: stories > 12 ? 4 : 1 },
        ]),
      ),
    ),
  ),
);

const kinds: Record<string, string> = {
  front: '/',
  story: '/city/2025/06/story-0/',
  opinion: '/sport/2025/06/story-4/',
  desk: '/city/',
  author: '/authors/leader-desk/',
  authors: '/authors/',
  topic: '/topics/harbour/',
  search: '/search/',
  archive: '/archive/',
};

/** Clock of the builds with charts, later than their stories. */
const chartsNow = Date.parse('2026-06-01T12:00:00Z');

/** Width of the text area on a sheet of A4 with margins of 15 mm, in CSS pixels. */
const sheet = 680;

const looks = [
  ...[320, 390, 768, 1280, 1680].map(width => ({ look: 'light', width })),
  ...[390, 1280].map(width => ({ look: 'dark', width })),
  { look: 'print', width: sheet },
];

async function shoot(served: ServedGallery, name: string, paths: Record<string, string>): Promise<number> {
  const browser = await launchBrowser();
  let shots = 0;
  const target = join(folder, name);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const [kind, path] of Object.entries(paths)) {
    if (!served.has(path)) continue;
    for (const { look, width } of looks) {
      const page = await browser.newPage({
        viewport: { width, height: width < 500 ? 844 : 800 },
        colorScheme: look === 'dark' ? 'dark' : 'light',
        deviceScaleFactor: 1,
      });
      if (look === 'print') await page.emulateMedia({ media: 'print' });
      await page.goto(served.address + path);
      await page.addStyleTag({ content: '* { content-visibility: visible !important }' });
      await loadPictures(page);
      await page.screenshot({ path: join(target, `${kind}-${width}-${look}.png`), fullPage: true });
      shots++;
      await page.close();
    }
  }
  await browser.close();
  return shots;
}

/** Scrolls through a page, so that its pictures load. */
async function loadPictures(page: Awaited<ReturnType<Awaited<ReturnType<typeof launchBrowser>>['newPage']>>) {
  await page.evaluate(async () => {
    for (const image of document.images) image.loading = 'eager';
    await Promise.all([...document.images].map(image => image.decode().catch(() => undefined)));
    await document.fonts.ready;
  });
}

describe('publications', () => {
  for (const [name, options] of Object.entries(publications))
    test(name, { timeout: 600_000 }, async () => {
      await using served = await serveGallery(await buildGallerySite(await createSite(options)));
      expect(await shoot(served, name, kinds)).toBeGreaterThan(0);
    });

  const charts = new URL('charts/', import.meta.url).pathname;
  test.runIf(existsSync(charts))('charts', { timeout: 600_000 }, async () => {
    const files = Object.fromEntries(
      readdirSync(charts, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => join(entry.parentPath, entry.name))
        .map(path => [path.slice(charts.length), readFileSync(path)]),
    );
    await using served = await serveGallery(await buildGallerySite(files, chartsNow));
    const stories = Object.fromEntries(served.stories().map(path => [path.split('/').at(-2)!, path]));
    expect(await shoot(served, 'charts', { front: '/', ...stories })).toBeGreaterThan(0);
  });
});

describe('front pages', () => {
  for (const [name, options] of Object.entries(fronts))
    test(name, { timeout: 600_000 }, async () => {
      await using served = await serveGallery(await buildGallerySite(await createSite(options)));
      expect(await shoot(served, `fronts/${name}`, { front: '/' })).toBeGreaterThan(0);
    });
});
