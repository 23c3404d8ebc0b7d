/** Every element that an article may have, in a browser. */
import { describe, expect, test } from 'vitest';
import { findAccessibilityFaults, findOverflow, useSite } from '../helpers/browser.ts';
import { everythingPath, kitchenSink } from '../helpers/kitchen-sink.ts';

const site = useSite({ files: kitchenSink, drafts: true });

describe('an article with every element', () => {
  test.each(['light', 'dark'] as const)(
    'is accessible in its %s colours at 320, 360 and 1280 px',
    async colorScheme => {
      const { page } = await site.open(everythingPath, { colorScheme });
      for (const width of [320, 360, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        expect(await findAccessibilityFaults(page), `at ${width} px`).toEqual([]);
      }
    },
  );

  test('writes nothing to the console and loads all its pictures from its own host', async () => {
    const { page, troubles } = await site.open(everythingPath);
    for (const picture of await page.locator('img').all()) {
      await picture.scrollIntoViewIfNeeded();
      await expect
        .poll(() => picture.evaluate(element => (element as HTMLImageElement).naturalWidth))
        .toBeGreaterThan(0);
    }
    expect(await page.locator('img').count()).toBe(3);
    expect(troubles).toEqual([]);
  });

  test.each([320, 360, 768, 1000, 1280, 1920])('does not scroll sideways at %i px', async width => {
    const { page } = await site.open(everythingPath, { width });
    expect(await findOverflow(page)).toEqual({ pixels: 0, elements: [] });
  });

  test('scrolls a wide table inside its frame, also by keyboard', async () => {
    const { page } = await site.open(everythingPath, { width: 320 });
    const frame = page.locator('.table-scroll').nth(1);
    expect(await frame.evaluate(element => element.scrollWidth > element.clientWidth)).toBe(true);
    await frame.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => frame.evaluate(element => element.scrollLeft)).toBeGreaterThan(0);
  });

  test('links each footnote reference to its note and back if no script shows the note', async () => {
    const { page } = await site.open(everythingPath, { javaScript: false });
    const marks = await page.locator('[data-footnote-ref]').all();
    expect(marks.length).toBe(3);
    for (const mark of marks) {
      const id = (await mark.getAttribute('id'))!;
      await mark.click();
      const note = page.locator(':target');
      expect(await note.locator('xpath=ancestor::section[@data-footnotes]').count()).toBe(1);
      await note.locator(`[href="#${id}"]`).click();
      expect(await page.locator(':target').getAttribute('id')).toBe(id);
    }
  });
});

test.each([320, 1280])('no other page of the site scrolls sideways at %i px', async width => {
  const { page } = await site.open('/', { width });
  for (const path of site.paths()) {
    await page.goto(path);
    expect(await findOverflow(page), path).toEqual({ pixels: 0, elements: [] });
  }
});
