/** The styleguide of the demonstration publication, a draft that has every element in every state. */
import { describe, expect, test } from 'vitest';
import { findAccessibilityFaults, findBadTexts, findOverflow, useSite } from '../helpers/browser.ts';
import { packageRoot } from '../helpers/site.ts';

const site = useSite({ root: packageRoot, drafts: true });
const path = '/world/2025/03/styleguide/';
const paths = { English: path, Hebrew: '/he/world/2025/03/styleguide/' };

describe.each(Object.entries(paths))('the %s styleguide', (_, path) => {
  test.each([
    [320, 'light'],
    [320, 'dark'],
    [1280, 'light'],
    [1280, 'dark'],
  ] as const)('is accessible, with readable text, at %i px in %s colours', async (width, colorScheme) => {
    const { page } = await site.open(path, { width, colorScheme });
    expect(await findAccessibilityFaults(page)).toEqual([]);
    expect(await findOverflow(page)).toEqual({ pixels: 0, elements: [] });
    expect(await findBadTexts(page)).toEqual([]);
  });
});

test.each([320, 340, 360, 380])(
  'never breaks the line before the link to a quotation, at %i px',
  async width => {
    const { page } = await site.open(path, { width });
    const lines = await page.locator('.quote .permalink').evaluateAll(links =>
      links.map(link => {
        const before = document.createRange();
        before.selectNodeContents(link.parentElement!);
        before.setEndBefore(link);
        const last = [...before.getClientRects()].filter(({ width }) => width > 0).at(-1)!;
        const { top, bottom } = link.getBoundingClientRect();
        return last.top < bottom && last.bottom > top;
      }),
    );
    expect(lines.length).toBeGreaterThan(2);
    expect(lines).not.toContain(false);
  },
);

test('the styleguide loads all its pictures, and nothing from other hosts', async () => {
  const { page, troubles } = await site.open(path);
  const pictures = await page.locator('img').all();
  expect(pictures.length).toBeGreaterThan(7);
  for (const picture of pictures) {
    await picture.scrollIntoViewIfNeeded();
    await expect
      .poll(() => picture.evaluate(element => (element as HTMLImageElement).naturalWidth))
      .toBeGreaterThan(0);
  }
  expect(troubles).toEqual([]);
});
