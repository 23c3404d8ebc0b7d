/** The styleguide of the demonstration publication: every element in every state, a draft. */
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
  ] as const)(
    'is accessible, and its words can be read, at %i px in %s colours',
    async (width, colorScheme) => {
      const { page } = await site.open(path, { width, colorScheme });
      expect(await findAccessibilityFaults(page)).toEqual([]);
      expect(await findOverflow(page)).toEqual({ pixels: 0, elements: [] });
      expect(await findBadTexts(page)).toEqual([]);
    },
  );
});

test('the styleguide loads all its pictures, and nothing from elsewhere', async () => {
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
