import { describe, expect, test } from 'vitest';
import { createSite, type SiteOptions } from '../gallery/sites.ts';
import { findAccessibilityFaults, findOverflow, useSite } from '../helpers/browser.ts';
import { misfitPictures, tallestEmptyArea } from './front-measures.ts';

const windows = [
  { width: 390, height: 844 },
  { width: 768, height: 1024 },
  { width: 1280, height: 800 },
  { width: 1680, height: 1050 },
];

const publications: Record<string, SiteOptions & { layout: string }> = {
  'many stories with pictures': { stories: 18, layout: 'picture' },
  'stories without pictures': { stories: 14, pictures: false, layout: 'text' },
  'two stories with short headlines': { stories: 2, headlines: 'short', high: 0, layout: 'banner' },
  'stories in Hebrew': { stories: 12, script: 'he', layout: 'picture' },
  'stories in Arabic with long headlines': {
    stories: 12,
    script: 'ar',
    headlines: 'long',
    layout: 'picture',
  },
};

for (const [name, { layout, ...options }] of Object.entries(publications)) {
  describe(name, async () => {
    const served = useSite({
      files: await createSite({ ...options, lines: 'outputs: {cards: false, search: false}\n' }),
    });

    test.each(windows)(
      'at $width × $height, the lead is on the first screen, and no area is empty',
      async window => {
        const { page } = await served.open('/', window);
        expect(await page.locator('.front').getAttribute('class')).toBe(`front front-${layout}`);
        const first = page.locator('main :is(h2, h3):not(.sr-only)').first();
        expect(await first.evaluate(element => element.closest('.front-lead') !== null)).toBe(true);
        expect(await first.evaluate(element => element.getBoundingClientRect().bottom)).toBeLessThan(
          window.height,
        );
        const empty = await tallestEmptyArea(page);
        expect(empty.height, `at ${empty.x}, ${empty.y}`).toBeLessThanOrEqual(100);
        expect((await findOverflow(page)).elements).toEqual([]);
      },
    );

    test('the front page is accessible', async () => {
      for (const width of [320, 1280]) {
        const { page, troubles } = await served.open('/', { width });
        expect(await findAccessibilityFaults(page)).toEqual([]);
        expect(troubles).toEqual([]);
      }
    });
  });
}

describe('a daily', async () => {
  const lines = 'pictures: balanced\noutputs: {cards: false, search: false}\n';
  const site = await createSite({ stories: 24, lines });
  const served = useSite({ files: site });

  test.each([320, 390, 768, 1024, 1280, 1680])(
    'pictures have the pixels that they show at %d px',
    async width => {
      for (const density of [1, 2, 3]) {
        const { page } = await served.open('/', { width, density });
        const misfits = await misfitPictures(page);
        // With three device pixels per CSS pixel, somewhat fewer are enough.
        expect(
          misfits.filter(({ ratio }) => density < 3 || ratio < 0.5),
          `density ${density}`,
        ).toEqual([]);
      }
    },
  );

  test('shows the date, and the time of day only for stories of that day', async () => {
    const { page } = await served.open('/', { javaScript: false });
    expect(await page.locator('.folio time').textContent()).toBe('Sunday, June 1, 2025');
    const dates = await page.locator('.teaser-date').allTextContents();
    expect(dates[0]).toBe('12:00 PM');
    expect(dates.at(-1)).toMatch(/^May \d+, 2025$/);
  });

  test('labels opinion, and shows its author with a portrait', async () => {
    const { page } = await served.open('/');
    const opinion = page.locator('.teaser-view').first();
    expect(await opinion.locator('.type-of-work').textContent()).toBe('Opinion');
    expect(await opinion.locator('.teaser-byline').textContent()).toBe('By The Leader Desk');
    expect(await opinion.locator('.teaser-face img').evaluate((image: HTMLImageElement) => image.width)).toBe(
      48,
    );
  });

  test('shows the age of recent stories if scripts run, and the full date as a tooltip', async () => {
    const { page } = await served.open('/', {});
    await page.clock.install({ time: '2025-06-01T12:30:00Z' });
    await page.reload();
    const time = page.locator('.front-lead time').first();
    expect(await time.textContent()).toBe('1h ago');
    expect(await time.getAttribute('title')).toContain('June 1, 2025');
    await page.clock.setFixedTime('2025-06-02T12:30:00Z');
    await page.reload();
    expect(await page.locator('.front-lead time').first().textContent()).toBe('12:00 PM');
  });
});

describe.each(['Tidewatch', 'Donaudampfschifffahrtsnachrichten', 'The Quayside Herald and Evening Post'])(
  'the name %s',
  async name => {
    const served = useSite({
      files: await createSite({
        stories: 2,
        pictures: false,
        name,
        lines: 'outputs: {cards: false, search: false}\n',
      }),
    });

    test('fits on one line at every width, also with text of twice the size', async () => {
      for (const width of [320, 390, 768, 1280]) {
        const { page } = await served.open('/', { width });
        const name = page.locator('.nameplate');
        for (const size of ['100%', '200%']) {
          await page.addStyleTag({ content: `html { font-size: ${size} }` });
          expect((await findOverflow(page)).elements, `${width} px, ${size}`).toEqual([]);
          const { scrollWidth, clientWidth, height } = await name.evaluate(
            ({ scrollWidth, clientWidth, offsetHeight }: HTMLElement) => ({
              scrollWidth,
              clientWidth,
              height: offsetHeight,
            }),
          );
          expect(scrollWidth, `${width} px, ${size}`).toBeLessThanOrEqual(clientWidth);
          if (size === '100%') expect(height).toBeLessThanOrEqual(130);
        }
      }
    });
  },
);
