/** The publication that comes with the generator, in a browser. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { findAccessibilityFaults, findOverflow, useSite } from '../helpers/browser.ts';
import { packageRoot } from '../helpers/site.ts';

const report = '/world/2025/03/white-house-confirms-direct-talks-with-hamas/';
const pages = [report, '/world/2025/03/hostage-talks-in-numbers-and-dates/', '/', '/about/', '/404.html'];

const site = useSite({ root: packageRoot });

describe('every page meets WCAG 2.2 AA', () => {
  for (const path of pages) {
    test.each(['light', 'dark'] as const)(
      `${path} in its %s colours at 320, 360 and 1280 px`,
      async colorScheme => {
        const { page } = await site.open(path, { colorScheme });
        expect(await paperIsDark(page)).toBe(colorScheme === 'dark');
        for (const width of [320, 360, 1280]) {
          await page.setViewportSize({ width, height: 800 });
          expect(await findAccessibilityFaults(page), `at ${width} px`).toEqual([]);
        }
      },
    );
  }

  test('the report with open contents on a small screen', async () => {
    const { page } = await site.open(report, { width: 360 });
    await page.locator('.contents summary').click();
    expect(await page.locator('.contents li a').first().isVisible()).toBe(true);
    expect(await findAccessibilityFaults(page)).toEqual([]);
  });
});

describe('every page loads cleanly', () => {
  test.each(pages)(
    '%s writes nothing to the console, and requests no other host and no missing file',
    async path => {
      const { troubles } = await site.open(path);
      expect(troubles).toEqual([]);
    },
  );

  test.each(pages)('%s refers to no missing file of its own host', async path => {
    const { page } = await site.open(path);
    const addresses = await page.evaluate(() =>
      [...document.querySelectorAll('a[href], link[href]:not([rel=canonical]), img[src]')]
        .map(
          element =>
            new URL(element.getAttribute('href') ?? element.getAttribute('src')!, location.href).href,
        )
        .filter(address => new URL(address).origin === location.origin),
    );
    expect(addresses.length).toBeGreaterThan(3);
    for (const address of new Set(addresses.map(each => each.split('#')[0]!)))
      expect((await page.request.get(address)).status(), address).toBe(200);
  });

  test('a missing address shows the 404 page, with its styles', async () => {
    const { page } = await site.open('/no/such/page/');
    expect(await page.locator('h1').textContent()).toBe('Page not found');
    expect(await page.evaluate(() => document.styleSheets.length)).toBe(1);
  });
});

test('the front page links to every story', async () => {
  const stories = site.paths().filter(path => /^\/[^/]+\/\d{4}\/\d{2}\/./.test(path));
  expect(stories).toEqual(expect.arrayContaining([report]));
  const { page } = await site.open('/');
  for (const story of stories) {
    const link = page.locator(`main :is(h2, h3) a[href="${story}"]`);
    expect(await link.count(), story).toBe(1);
    await link.click();
    expect(new URL(page.url()).pathname).toBe(story);
    await page.goBack();
  }
});

test('no page scrolls sideways on a screen of 320 px', async () => {
  expect(site.paths()).toEqual(expect.arrayContaining(pages));
  const { page } = await site.open('/', { width: 320 });
  for (const path of site.paths()) {
    await page.goto(path);
    expect(await findOverflow(page), path).toEqual({ pixels: 0, elements: [] });
  }
});

describe('the contents of the report', () => {
  test.each([1280, 360])('link to each of its headings at %i px', async width => {
    const { page } = await site.open(report, { width });
    if (width === 360) await page.locator('.contents summary').click();
    const links = await page.locator('.contents a').all();
    const headings = await page.locator('.prose :is(h2, h3)').allInnerTexts();
    expect(headings.length).toBeGreaterThan(3);
    expect(await page.locator('.contents a').allInnerTexts()).toEqual(headings);
    for (const [index, link] of links.entries()) {
      await link.click();
      expect(await findTarget(page)).toEqual({ text: headings[index], inView: true });
    }
  });

  test('are open beside the text on a wide screen', async () => {
    const { page } = await site.open(report, { width: 1280 });
    const contents = (await page.locator('.contents').boundingBox())!;
    const text = (await page.locator('.article > .opening').boundingBox())!;
    expect(contents.x + contents.width).toBeLessThan(text.x);
    expect(Math.abs(contents.y - text.y)).toBeLessThan(40);
    for (const link of await page.locator('.contents a').all()) expect(await link.isVisible()).toBe(true);
    expect(await page.locator('.contents summary').isVisible()).toBe(false);
  });

  test('stay in view beside the text while it is read', async () => {
    const { page } = await site.open(report, { width: 1280 });
    await page.locator('.prose .section').last().scrollIntoViewIfNeeded();
    expect(await page.evaluate(() => scrollY)).toBeGreaterThan(800);
    const { top, bottom } = await page
      .locator('.contents')
      .evaluate(element => element.getBoundingClientRect().toJSON() as DOMRect);
    expect(top).toBeGreaterThanOrEqual(0);
    expect(bottom).toBeLessThanOrEqual(800);
  });

  test('are collapsed after the opening on a small screen', async () => {
    const { page } = await site.open(report, { width: 360 });
    const contents = (await page.locator('.contents').boundingBox())!;
    const opening = (await page.locator('.article > .opening').boundingBox())!;
    const rest = (await page.locator('.article > .prose-rest').boundingBox())!;
    expect(contents.y).toBeGreaterThanOrEqual(opening.y + opening.height);
    expect(contents.y + contents.height).toBeLessThanOrEqual(rest.y);
    expect(contents.height).toBeLessThan(80);
    expect(await page.locator('.contents a').first().isVisible()).toBe(false);
    expect(await page.locator('.contents summary').isVisible()).toBe(true);
  });
});

describe('without JavaScript', () => {
  test.each(pages)('%s shows the same text', async path => {
    const scripted = await site.open(path);
    const plain = await site.open(path, { javaScript: false });
    // Elements that only a script makes useful are shown only with scripts.
    await scripted.page.evaluate(() => {
      for (const element of document.querySelectorAll('.theme, .share, .save, .quote-copy')) element.remove();
    });
    expect(await plain.page.locator('body').allInnerTexts()).toEqual(
      await scripted.page.locator('body').allInnerTexts(),
    );
    expect(plain.troubles).toEqual([]);
  });

  test('the contents open, and their links work', async () => {
    const { page } = await site.open(report, { width: 360, javaScript: false });
    await page.locator('.contents summary').click();
    const link = page.locator('.contents a').last();
    const text = await link.textContent();
    await link.click();
    expect(await findTarget(page)).toEqual({ text, inView: true });
  });
});

describe('by keyboard', () => {
  test.each(pages)('the first stop on %s is a link that skips to the main content', async path => {
    const { page } = await site.open(path);
    const skipLink = page.locator('.skip-link');
    await page.keyboard.press('Tab');
    expect(await skipLink.evaluate(element => element === document.activeElement)).toBe(true);
    const box = (await skipLink.boundingBox())!;
    expect(box.width).toBeGreaterThan(60);
    expect(box.height).toBeGreaterThan(24);
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.y).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('main');
    await page.keyboard.press('Tab');
    expect(
      await page.evaluate(
        () => document.activeElement !== document.body && !document.activeElement!.closest('header.masthead'),
      ),
    ).toBe(true);
  });

  test('the focus is visible at every stop of the report', async () => {
    const { page } = await site.open(report, { width: 360 });
    const stops = await page
      .locator('a[href], summary, [tabindex="0"], button:not([hidden]), input:checked')
      .count();
    // Collapsed content is not a tab stop: the contents, the data of charts.
    const folded = await page.locator('details:not([open]) :is(a[href], [tabindex="0"])').count();
    expect(stops).toBeGreaterThan(10);
    for (let stop = 0; stop < stops; stop++) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => {
        const element = document.activeElement!;
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        return { name: element.localName, outlineStyle, width: Number.parseFloat(outlineWidth) };
      });
      if (focused.name === 'body') {
        expect(stop).toBe(stops - folded);
        break;
      }
      expect(focused).toMatchObject({ outlineStyle: 'solid', width: 3 });
    }
  });
});

test.each([report, '/about/'])(
  'a line of %s has between 60 and 75 characters on a wide screen',
  async path => {
    const { page } = await site.open(path, { width: 1280 });
    await loadWithTypeface(page);
    const lines = (await readLines(page)).flatMap(paragraph => paragraph.slice(0, -1));
    expect(lines.length).toBeGreaterThan(5);
    const average = lines.reduce((sum, line) => sum + line.length, 0) / lines.length;
    expect(average).toBeGreaterThanOrEqual(60);
    expect(average).toBeLessThanOrEqual(75);
  },
);

test("text follows the reader's font size: twice the size doubles the text, and nothing scrolls sideways", async () => {
  const { page } = await site.open(report, { width: 640 });
  const size = () =>
    page
      .locator('.section p')
      .first()
      .evaluate(element => Number.parseFloat(getComputedStyle(element).fontSize));
  const before = await size();
  expect(before).toBeGreaterThanOrEqual(16);
  await page.addStyleTag({ content: ':root { font-size: 200% }' });
  expect(await size()).toBeGreaterThan(1.8 * before);
  expect(await findOverflow(page)).toEqual({ pixels: 0, elements: [] });
});

describe('in print', () => {
  test.each(['light', 'dark'] as const)(
    'the report is one column, black on white, without menus (%s)',
    async colorScheme => {
      const { page } = await site.open(report, { colorScheme });
      await page.emulateMedia({ media: 'print', colorScheme });
      for (const menu of await page.locator('nav, .skip-link').all())
        expect(await menu.isVisible()).toBe(false);
      const boxes = await page.locator('.article > *').evaluateAll(elements =>
        elements
          .map(element => element.getBoundingClientRect())
          .filter(({ height }) => height > 0)
          .map(({ top, bottom, left }) => ({ top, bottom, left })),
      );
      expect(boxes.length).toBeGreaterThan(1);
      for (const [index, box] of boxes.entries()) {
        expect(box.left).toBe(boxes[0]!.left);
        if (index > 0) expect(box.top).toBeGreaterThanOrEqual(boxes[index - 1]!.bottom);
      }
      expect(
        await page.evaluate(() => {
          const { backgroundColor, color } = getComputedStyle(document.body);
          return { backgroundColor, color };
        }),
      ).toEqual({ backgroundColor: 'rgb(255, 255, 255)', color: 'rgb(0, 0, 0)' });
    },
  );

  test('the report shows its address', async () => {
    const { page } = await site.open(report);
    const canonical = (await page.locator('link[rel=canonical]').getAttribute('href'))!;
    expect(await page.getByText(canonical).isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByText(canonical).isVisible()).toBe(true);
  });
});

/**
 * Reads the text of the element that the address's fragment refers to, and whether the element is in view.
 */
function findTarget(page: Page): Promise<{ text: string | undefined; inView: boolean }> {
  return page.evaluate(() => {
    const element = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const { top = -1, bottom = -1 } = element?.getBoundingClientRect() ?? {};
    return { text: element?.textContent.trim(), inView: top >= 0 && bottom <= innerHeight };
  });
}

function paperIsDark(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const [red = 0] = getComputedStyle(document.body).backgroundColor.match(/\d+/g)!.map(Number);
    return red < 128;
  });
}

/**
 * Reloads until the text uses the site's own typeface: with `font-display: optional`, a busy machine may not
 * use it.
 */
async function loadWithTypeface(page: Page): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  await browser.send('DOM.enable');
  await browser.send('CSS.enable');
  for (let loads = 1; loads <= 20; loads++) {
    const { root } = await browser.send('DOM.getDocument');
    const { nodeId } = await browser.send('DOM.querySelector', {
      nodeId: root.nodeId,
      selector: '.prose .section > p:not([class])',
    });
    const { fonts } = await browser.send('CSS.getPlatformFontsForNode', { nodeId });
    if (fonts.length > 0 && fonts.every(({ isCustomFont }) => isCustomFont)) return;
    await page.reload();
  }
  throw new Error('The page is never in its own typeface.');
}

/**
 * Lines of every paragraph of the article as the browser breaks them, except the first paragraph, which is
 * beside the dateline.
 */
function readLines(page: Page): Promise<string[][]> {
  return page.locator('.prose .section > p:not([class])').evaluateAll(paragraphs =>
    paragraphs.map(paragraph => {
      const lines: string[] = [];
      let bottom = Number.NEGATIVE_INFINITY;
      const texts = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
      for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        for (let index = 0; index < text.textContent!.length; index++) {
          const range = document.createRange();
          range.setStart(text, index);
          range.setEnd(text, index + 1);
          const rect = range.getClientRects()[0];
          if (!rect) continue;
          if (rect.top >= bottom) lines.push('');
          bottom = Math.max(bottom, rect.bottom - 2);
          lines.push(lines.pop()! + text.textContent![index]);
        }
      }
      return lines.map(line => line.trim());
    }),
  );
}
