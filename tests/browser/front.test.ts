/** The front page in one window; front.long.ts tests more publications, windows and scripts. */
import { expect, test } from 'vitest';
import { createSite } from '../gallery/sites.ts';
import { findAccessibilityFaults, findOverflow, useSite } from '../helpers/browser.ts';
import { tallestEmptyArea } from './front-measures.ts';

const lines = 'outputs: {cards: false, search: false}\n';
const served = useSite({ files: await createSite({ stories: 10, lines }) });

test('the lead is on the first screen, no area is empty, and axe finds no fault', async () => {
  const { page } = await served.open('/');
  const first = page.locator('main :is(h2, h3):not(.sr-only)').first();
  expect(await first.evaluate(element => element.closest('.front-lead') !== null)).toBe(true);
  expect(await first.evaluate(element => element.getBoundingClientRect().bottom)).toBeLessThan(800);
  expect((await tallestEmptyArea(page)).height).toBeLessThanOrEqual(100);
  expect((await findOverflow(page)).elements).toEqual([]);
  expect(await findAccessibilityFaults(page)).toEqual([]);
});
