/**
 * Scripts that enhance a page, which is complete without them; the size of pages, and the browser's requests.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { findAccessibilityFaults, useSite } from '../helpers/browser.ts';
import { packageRoot } from '../helpers/site.ts';

const path = '/world/2025/03/x/';
const site = useSite({
  files: {
    'content/articles/2025/x.md': `---
title: A headline
published: 2025-03-05T09:00:00-05:00
desk: world
---

Text with a note.[^one] And another.[^two]

## First

${'A paragraph.\n\n'.repeat(30)}

> We had no choice - it was late, and 3 < 4 of us, they said, were tired & cold & hungry.
>
> — Jane Roe, mayor

## Second

${'A paragraph.\n\n'.repeat(30)}

## Third

${'A paragraph.\n\n'.repeat(60)}

[^one]: The first note, with [a link](https://example.org/).
[^two]: The second.
`,
  },
});
const demo = useSite({ root: packageRoot });
const report = '/world/2025/03/white-house-confirms-direct-talks-with-hamas/';

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');

describe('colours', () => {
  const paper = (page: Page) =>
    page.evaluate(() => {
      const [red = 0] = getComputedStyle(document.body).backgroundColor.match(/\d+/g)!.map(Number);
      return red < 128 ? 'dark' : 'light';
    });

  test.each(['light', 'dark'] as const)(
    'follow the system (%s) until a reader chooses',
    async colorScheme => {
      const { page } = await site.open(path, { colorScheme });
      expect(await paper(page)).toBe(colorScheme);
      const other = colorScheme === 'light' ? 'dark' : 'light';
      await page.locator(`.theme input[value=${other}]`).check();
      expect(await paper(page)).toBe(other);
      const themeColor = page.locator(`meta[name=theme-color][media=all]`);
      expect(await themeColor.getAttribute('data-scheme')).toBe(other);
      expect(await findAccessibilityFaults(page)).toEqual([]);
      // The choice also applies on the next page, before the first paint.
      await page.goto('/');
      expect(await paper(page)).toBe(other);
      expect(await page.locator('.theme input:checked').inputValue()).toBe(other);
      await page.locator('.theme input[value=""]').check();
      expect(await paper(page)).toBe(colorScheme);
      await page.reload();
      expect(await paper(page)).toBe(colorScheme);
    },
  );

  test('that a reader chose are used from the first paint', async () => {
    const { page } = await site.open(path);
    await page.locator('.theme input[value=dark]').check();
    // Blocks the page's script, so that only the inline script can apply the choice.
    await page.route('**/*.js', () => {});
    await page.reload({ waitUntil: 'commit' });
    await page.locator('h1').waitFor();
    expect(await paper(page)).toBe('dark');
  });

  test('can be chosen for one page if the browser cannot store the choice', async () => {
    const { page, troubles } = await site.open('/');
    await page.addInitScript(() =>
      Object.defineProperty(window, 'localStorage', {
        get: () => {
          throw new Error('denied');
        },
      }),
    );
    await page.goto(path);
    await page.locator('.theme input[value=dark]').check();
    expect(await paper(page)).toBe('dark');
    expect(troubles).toEqual([]);
  });

  test('cannot be chosen without a script', async () => {
    const { page } = await site.open(path, { javaScript: false });
    expect(await page.locator('.theme').isVisible()).toBe(false);
  });
});

test('the contents mark the section that is being read, even after a jump over several sections', async () => {
  const { page } = await site.open(path);
  const marked = page.locator('.contents a[aria-current]');
  expect(await marked.count()).toBe(0);
  for (const name of ['First', 'Third', 'Second']) {
    await page.evaluate(id => document.getElementById(id)!.scrollIntoView(), name.toLowerCase());
    await page.locator('.contents a[aria-current]', { hasText: name }).waitFor();
    expect(await marked.allTextContents()).toEqual([name]);
  }
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForFunction(() => !document.querySelector('.contents a[aria-current]'));
});

describe('a footnote', () => {
  test('opens beside its number by keyboard, and closes where the reader was', async () => {
    const { page, troubles } = await site.open(path);
    const number = page.locator('[data-footnote-ref]').first();
    await number.focus();
    await page.keyboard.press('Enter');
    const note = page.locator('.note-popover');
    expect(await note.innerText()).toBe('The first note, with a link.');
    expect(await focused(page)).toBe('The first note, with a link.');
    const [box, mark] = [(await note.boundingBox())!, (await number.boundingBox())!];
    expect(Math.abs(box.y - (mark.y + mark.height))).toBeLessThan(30);
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('a link');
    await page.keyboard.press('Escape');
    await note.waitFor({ state: 'detached' });
    expect(await number.evaluate(element => element === document.activeElement)).toBe(true);
    expect(new URL(page.url()).hash).toBe('');
    expect(troubles).toEqual([]);
  });

  test('fits on a small screen, wherever its number is in the line', async () => {
    const { page } = await site.open(path, { width: 360 });
    const numbers = await page.locator('[data-footnote-ref]').all();
    const note = page.locator('.note-popover');
    const heights: number[] = [];
    for (const number of numbers) {
      await number.focus();
      await page.keyboard.press('Enter');
      const box = (await note.boundingBox())!;
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(360);
      heights.push(Math.round(box.height));
      await page.keyboard.press('Escape');
      await note.waitFor({ state: 'detached' });
    }
    expect(Math.max(...heights)).toBeLessThan(60);
  });

  test('closes when another one opens', async () => {
    const { page } = await site.open(path);
    await page.locator('[data-footnote-ref]').first().click();
    await page.locator('[data-footnote-ref]').nth(1).click();
    await expect.poll(() => page.locator('.note-popover').allInnerTexts()).toEqual(['The second.']);
  });

  test.each(['without a script', 'without popovers'])('%s is a link to the note and back', async how => {
    const { page } = await site.open('/', { javaScript: how !== 'without a script' });
    if (how !== 'without a script')
      await page.addInitScript(() => {
        Reflect.deleteProperty(HTMLElement.prototype, 'popover');
      });
    await page.goto(path);
    const number = page.locator('[data-footnote-ref]').first();
    await number.focus();
    await page.keyboard.press('Enter');
    expect(new URL(page.url()).hash).toBe('#note:fn-one');
    await page.locator('[data-footnote-backref]').first().focus();
    await page.keyboard.press('Enter');
    expect(new URL(page.url()).hash).toBe('#note:fnref-one');
    expect(await number.isVisible()).toBe(true);
  });
});

describe('a link to a quotation', () => {
  test('is copied with the quoted words, which browsers find', async () => {
    const { page } = await site.open(path);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const link = page.locator('.permalink');
    await link.focus();
    await page.keyboard.press('Enter');
    await page.locator('.copied', { hasText: 'Link copied.' }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/\/world\/2025\/03\/x\/#quote-jane-roe:~:text=We%20had%20no%20choice%20%2D%20it,/);
    expect(await focused(page)).toBe((await link.textContent())!.trim());
    // Chromium removes the text fragment from the address once it has found the words, and scrolls to them.
    await page.goto('about:blank');
    await page.goto(copied);
    await page.waitForFunction(() => {
      const { top, bottom } = document.querySelector('.quote')!.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    });
  });

  test('is followed if copying is not possible', async () => {
    const { page } = await site.open('/');
    await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
    await page.goto(path);
    await page.locator('.permalink').click();
    expect(new URL(page.url()).hash).toBe('#quote-jane-roe');
  });
});

describe('sharing', () => {
  test('hands the story to the system', async () => {
    const { page } = await site.open('/');
    await page.addInitScript(() => {
      const shared: ShareData[] = [];
      Object.assign(window, { shared });
      Object.defineProperty(navigator, 'share', { value: async (data: ShareData) => shared.push(data) });
    });
    await page.goto(`${path}#first`);
    await page.getByRole('button', { name: 'Share' }).click();
    expect(await page.evaluate(() => (window as unknown as { shared: ShareData[] }).shared)).toEqual([
      { title: 'A headline', url: page.url().replace(/#.*/, '') },
    ]);
  });

  test('is not offered without a script', async () => {
    const { page } = await site.open(path, { javaScript: false });
    expect(await page.locator('.share').isVisible()).toBe(false);
  });
});

test('all controls of the report can be reached by keyboard: the text, a note and back, a section, the colours', async () => {
  const { page } = await site.open(path);
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('Skip to the content');
  await page.keyboard.press('Enter');
  const stops: string[] = [];
  for (let count = 0; count < 40; count++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const element = document.activeElement!;
      if (element === document.body) return '';
      const kind = ['contents', 'share', 'theme', 'quote'].find(name => element.closest(`.${name}`));
      return element.matches('[data-footnote-ref]') ? 'note' : (kind ?? element.localName);
    });
    if (stop === '') break;
    stops.push(stop);
    if (stop === 'contents' && stops.filter(each => each === 'contents').length === 2) {
      await page.keyboard.press('Enter');
      expect(new URL(page.url()).hash).toBe('#second');
      await page.goBack();
      await page.locator('.contents a').nth(1).focus();
    }
    if (stop === 'note' && stops.filter(each => each === 'note').length === 1) {
      await page.keyboard.press('Enter');
      await page.keyboard.press('Escape');
      await page.locator('.note-popover').waitFor({ state: 'detached' });
    }
    if (stop === 'theme') {
      await page.keyboard.press('ArrowRight');
      expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('light');
    }
  }
  const order = stops.filter((stop, index) => stop !== stops[index - 1]);
  for (const [earlier, later] of [
    ['note', 'contents'],
    ['contents', 'quote'],
    ['quote', 'theme'],
  ] as const)
    expect(order.indexOf(earlier), `${earlier}, ${later} in ${order}`).toBeLessThan(order.indexOf(later));
  expect(stops.filter(stop => stop === 'note')).toHaveLength(2);
});

describe('the slim header', () => {
  const header = (page: Page) =>
    page.evaluate(() => {
      const { top, bottom } = document.querySelector('.masthead-top')!.getBoundingClientRect();
      return { top: Math.round(top), isVisible: bottom > 1 };
    });
  const scroll = async (page: Page, distance: number) => {
    await page.evaluate(by => scrollBy(0, by), distance);
    await page.waitForTimeout(100);
  };

  test.each([390, 1280])('at %i px, appears when the reader scrolls up, and moves nothing', async width => {
    const { page } = await site.open(path, { width });
    const positionOf = () =>
      page.evaluate(() => document.querySelector('.quote')!.getBoundingClientRect().top + scrollY);
    const before = await positionOf();
    await scroll(page, 900);
    expect((await header(page)).isVisible).toBe(false);
    await scroll(page, -100);
    await expect.poll(() => header(page)).toEqual({ top: 0, isVisible: true });
    expect(await positionOf()).toBe(before);
    await scroll(page, 100);
    await expect.poll(async () => (await header(page)).isVisible).toBe(false);
    expect(await positionOf()).toBe(before);
  });

  test('appears when it has the focus, with the menu', async () => {
    const { page } = await site.open(path);
    await scroll(page, 900);
    await page.locator('.search-link, .nameplate a').last().focus();
    await expect.poll(async () => (await header(page)).isVisible).toBe(true);
    expect(await page.locator('.navigation a').first().isVisible()).toBe(true);
  });

  test('does not cover a heading that a link leads to', async () => {
    const { page } = await site.open(path);
    await scroll(page, 3000);
    await page.evaluate(() => {
      location.hash = 'first';
    });
    await expect.poll(async () => (await header(page)).top).toBe(0);
    const [heading, edge] = await page.evaluate(() =>
      ['#first', '.masthead-top'].map(place => document.querySelector(place)!.getBoundingClientRect()),
    );
    expect(heading!.top).toBeGreaterThanOrEqual(edge!.bottom);
  });
});

describe('the size of the report', () => {
  test('is less than 16.5 KB for HTML, style sheets and scripts, compressed and only from this host', async () => {
    const { page, troubles } = await demo.open(report);
    await page.waitForLoadState('networkidle');
    const bodies = await page.evaluate(async () => {
      const urls = performance
        .getEntriesByType('resource')
        .map(({ name }) => name)
        .filter(name => /\.(css|js)$/.test(name));
      return Promise.all([location.href, ...urls].map(async url => (await fetch(url)).text()));
    });
    expect(bodies.length).toBeGreaterThan(1);
    const size = bodies.reduce((sum, body) => sum + brotliCompressSync(body).length, 0);
    expect(size).toBeLessThan(16.5 * 1024);
    expect(troubles).toEqual([]);
  });

  test('allows at most one request before the first paint', async () => {
    const { page } = await demo.open(report);
    const blocking = await page.evaluate(
      () =>
        performance
          .getEntriesByType('resource')
          .filter(
            entry =>
              (entry as PerformanceResourceTiming & { renderBlockingStatus: string }).renderBlockingStatus ===
              'blocking',
          ).length,
    );
    expect(blocking).toBeLessThanOrEqual(1);
  });

  const folder = join(packageRoot, 'templates/scripts');
  test.each(readdirSync(folder).filter(name => name.endsWith('.ts')))('of %s is less than 1 KB', name => {
    const { outputFiles } = buildSync({
      entryPoints: [join(folder, name)],
      bundle: true,
      external: ['./*.ts'],
      minify: true,
      format: 'esm',
      write: false,
    });
    expect(brotliCompressSync(outputFiles[0]!.contents).length).toBeLessThan(1024);
  });

  test('of saved stories, reading position, quotations and header is at most 1.5 KB together', () => {
    const { outputFiles } = buildSync({
      stdin: {
        contents: ['reader', 'links', 'header'].map(name => `export * from './${name}.ts';`).join('\n'),
        resolveDir: folder,
      },
      bundle: true,
      minify: true,
      format: 'esm',
      write: false,
    });
    expect(brotliCompressSync(outputFiles[0]!.contents).length).toBeLessThanOrEqual(1536);
  });

  test.each([report, '/', '/search/', '/404.html'])(
    '%s has one script, which runs only when the page has loaded',
    async path => {
      const { page } = await demo.open(path);
      const scripts = page.locator('script[src]');
      expect(await scripts.count()).toBe(1);
      expect(await scripts.getAttribute('type')).toBe('module');
    },
  );
});
