/** Pages of stories in Chromium: types, widths, large pictures, steps, and what a reader's browser remembers. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { findAccessibilityFaults, useSite } from '../helpers/browser.ts';
import { publicationYaml, story } from '../helpers/publication.ts';
import { packageRoot } from '../helpers/site.ts';
import { tallPicture } from '../helpers/tall-picture.ts';

const at = (slug: string) => `content/articles/2025/${slug}.md`;
const pathOf = (slug: string) => `/world/2025/03/${slug}/`;
const hills = readFileSync(`${packageRoot}content/articles/2025/styleguide/hills.jpg`);
const words =
  'The council met for the third time this week to decide what to do about the harbour, which has been closed since the storm in October. Nobody in the room expected the vote to be close.';
const text = (count: number) =>
  Array.from({ length: count }, (_, index) => `${index + 1}. ${words}\n`)
    .join('\n')
    .replaceAll(/^\d+\. /gm, '');
const image = (options = '', file = 'hills.jpg') =>
  `![The hills](${file}${options} "The hills at noon. Photo: Jane Doe")\n`;
const he = 'המועצה התכנסה בפעם השלישית השבוע כדי להחליט מה לעשות בנוגע לנמל.';
const ar = 'اجتمع المجلس للمرة الثالثة هذا الأسبوع ليقرر ما يجب فعله بشأن الميناء.';
const standfirst = 'The storm broke the quay, and the ferries are still waiting.';
const long = 'Council postpones the harbour plan by another year';
const review = {
  item: 'The Long Winter',
  kind: 'film',
  verdict: 'Slow, and worth it.',
  rating: '4/5',
  facts: [
    { label: 'Director', value: 'Ana Duarte' },
    { label: 'Sound', rating: '3/5' },
  ],
};
const life = { name: 'Ida Marsh', born: '1931-04-02', died: '2025-03-01' };
const keyFigures = [{ value: 'third', label: 'time this week' }];
const sections = `${text(3)}\n## What the vote means\n\n${text(3)}\n## What comes next\n\n${text(4)}`;
const steps = `> [!steps] The plan\n>\n> ${image()}>\n> First words.\n>\n> ${image('', 'tall.png')}>\n> Second words.\n>\n> ${image()}>\n> Third words.\n`;
const recording = (kind: string) =>
  `\`\`\`${kind}\nurl: https://host.example/x\ncaption: The talk\nduration: "12:34"\n${kind === 'video' ? 'poster: hills.jpg\n' : ''}\`\`\`\n`;

const stories: Record<string, string> = {
  news: story({ title: long, standfirst, authors: ['ada'], topics: ['gaza'] }, `${image()}\n${sections}`),
  figures: story({ title: 'Figures', keyFigures, topics: ['gaza'] }, sections),
  opinion: story({ title: 'An opinion', type: 'opinion', authors: ['ada'] }, text(3)),
  analysis: story({ title: 'An analysis', type: 'analysis', standfirst, topics: ['gaza'] }, sections),
  review: story({ title: 'A review', type: 'review', review }, `${image()}\n${text(3)}`),
  photos: story(
    { title: 'Photos', type: 'photo-essay' },
    `${image()}\n${text(1)}\n${image()}\n${image('#width=pair')}${image('#width=pair', 'tall.png')}`,
  ),
  film: story({ title: 'A film', type: 'video' }, `${recording('video')}\n${text(3)}`),
  talk: story({ title: 'A talk', type: 'audio' }, `${recording('audio')}\n${text(3)}`),
  explainer: story({ title: 'An explainer', type: 'explainer' }, sections),
  obituary: story({ title: 'An obituary', type: 'obituary', life }, `${image('', 'tall.png')}\n${text(3)}`),
  interview: story(
    { title: 'An interview', type: 'interview' },
    `${text(1)}\n**Why now?**\n\n${text(1)}\n**Doe:** ${words}\n`,
  ),
  widths: story(
    { title: 'Widths' },
    `${text(2)}\n${image('#width=inset')}\n${text(3)}\n${image('#width=side')}\n${text(4)}\n${image('#width=wide')}\n${text(1)}\n${image('#width=full')}\n${text(1)}\n${image('#width=pair')}${image('#width=pair', 'tall.png')}\n${image('', 'tall.png')}\n> [!side]\n> We promised a harbour.\n>\n> — Mia Torres, mayor\n\n${text(4)}\n${steps}\n${text(2)}`,
  ),
  hebrew: story(
    {
      title: 'המועצה דוחה את התוכנית',
      lang: 'he',
      type: 'review',
      review: { ...review, item: 'החורף', verdict: 'איטי.' },
    },
    `${image()}\n${he}\n\n${image('#width=side')}\n${he}\n\n## מה הלאה\n\n${he}\n`,
  ),
  arabic: story(
    { title: 'المجلس يؤجل الخطة', lang: 'ar', type: 'explainer' },
    `${ar}\n\n## ما الخطة؟\n\n${ar}\n\n${image('#width=wide')}\n## من يدفع؟\n\n${ar}\n`,
  ),
};
const site = useSite({
  files: {
    'content/site.yaml': publicationYaml,
    'content/authors/ada.md':
      '---\nname: Ada Tester\nrole: Reporter\npicture: hills.jpg\n---\n\nAda writes.\n',
    'content/authors/hills.jpg': hills,
    'content/articles/2025/hills.jpg': hills,
    'content/articles/2025/tall.png': await tallPicture(),
    'public/logo.png': hills,
    ...Object.fromEntries(Object.entries(stories).map(([slug, source]) => [at(slug), source])),
  },
});
const pages = Object.keys(stories).map(slug =>
  ({ hebrew: '/he', arabic: '/ar' })[slug] ? `/${slug.slice(0, 2)}${pathOf(slug)}` : pathOf(slug),
);
const box = async (page: Page, selector: string, index = 0) =>
  (await page.locator(selector).nth(index).boundingBox())!;
/** Shows every picture that browsers would load later. */
const loadAll = (page: Page) =>
  page.evaluate(() =>
    Promise.all(
      [...document.images].map(async picture => {
        picture.loading = 'eager';
        await picture.decode().catch(() => {});
      }),
    ),
  );

test.each(pages.flatMap(path => [320, 390, 1280].map(width => [path, width] as const)))(
  '%s at %d pixels has no accessibility faults, and nothing is wider than the window',
  async (path, width) => {
    const { page, troubles } = await site.open(path, { width });
    expect(await findAccessibilityFaults(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    expect(troubles).toEqual([]);
  },
);

describe('on a phone', () => {
  test('the text of a story with a picture before it begins in the first screen', async () => {
    const { page } = await site.open(pathOf('news'), { width: 390 });
    await page.setViewportSize({ width: 390, height: 844 });
    const { y, height } = await box(page, '.opening .prose > p');
    expect(height).toBeGreaterThan(50);
    expect(y + 30).toBeLessThan(844);
  });
  test('breadcrumbs are on one line, and byline and date on two', async () => {
    const { page } = await site.open(pathOf('news'), { width: 390 });
    expect((await box(page, '.headline-top')).height).toBeLessThan(32);
    const byline = await box(page, '.byline');
    const dates = await box(page, '.dates');
    expect(byline.height + dates.height).toBeLessThan(48);
  });
});

describe('on a wide screen', () => {
  test.each(['news', 'figures', 'analysis'])('the column beside the text of %s is not empty', async slug => {
    const { page } = await site.open(pathOf(slug));
    const paragraph = await box(page, '.opening .prose > p');
    const aside = await box(page, slug === 'figures' ? '.key-figures' : '.related');
    expect(aside.x).toBeGreaterThan(paragraph.x + paragraph.width);
    expect(aside.y).toBeLessThan(paragraph.y + 400);
    // The column at each side has the same width.
    expect(Math.abs(paragraph.x - (1280 - paragraph.x - paragraph.width))).toBeLessThan(24);
  });
  test('elements have the widths and places that the author chose', async () => {
    const { page } = await site.open(pathOf('widths'));
    await loadAll(page);
    const paragraph = await box(page, '.opening .prose > p');
    const end = paragraph.x + paragraph.width;
    const inset = await box(page, '.image.at-inset');
    expect(inset.width).toBeLessThan(paragraph.width / 2);
    expect(Math.abs(inset.x + inset.width - end)).toBeLessThan(2);
    for (const side of [await box(page, '.image.at-side'), await box(page, '.quote.at-side')]) {
      expect(side.x).toBeGreaterThan(end);
      expect(side.x + side.width).toBeLessThan(1280);
    }
    expect((await box(page, '.image.at-wide')).width).toBeGreaterThan(paragraph.width * 1.3);
    const full = await box(page, '.image.at-full');
    expect([Math.round(full.x), Math.round(full.width)]).toEqual([0, 1280]);
  });
  test('two pictures in a pair have the same height, are not cropped, and fill the width of the text', async () => {
    const { page } = await site.open(pathOf('widths'));
    await loadAll(page);
    const [one, other] = [await box(page, '.pair img', 0), await box(page, '.pair img', 1)];
    expect(Math.abs(one!.height - other!.height)).toBeLessThan(2);
    expect(one!.width / one!.height).toBeCloseTo(1.6, 1);
    expect(other!.width / other!.height).toBeCloseTo(2 / 3, 1);
    const paragraph = await box(page, '.opening .prose > p');
    expect(Math.abs(one!.width + other!.width + 12 - paragraph.width)).toBeLessThan(3);
  });
  test.each(['widths', 'photos', 'obituary'])(
    'a portrait on %s is not taller than the window, and keeps its shape',
    async slug => {
      const { page } = await site.open(pathOf(slug));
      await loadAll(page);
      for (const picture of await page.locator('.image:not(.at-pair, .step *) img[src*=".png"]').all()) {
        const { width, height } = (await picture.boundingBox())!;
        expect(height).toBeLessThanOrEqual(800);
        expect(width / height).toBeCloseTo(2 / 3, 1);
      }
    },
  );
});

describe('a large picture', () => {
  test('opens, closes with Escape, and the focus returns', async () => {
    const { page, troubles } = await site.open(pathOf('widths'));
    const link = page.locator('.enlarge').nth(1);
    await link.focus();
    await page.keyboard.press('Enter');
    const dialog = page.locator('dialog.lightbox');
    await dialog.waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    expect(await dialog.locator('figcaption').innerText()).toContain('Photo: Jane Doe');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await link.evaluate(element => element === document.activeElement)).toBe(true);
    expect(troubles).toEqual([]);
  });
  test('gives way to the next one with the arrow keys, and closes with its button', async () => {
    const { page } = await site.open(pathOf('widths'));
    await page.locator('.enlarge').first().click();
    const source = () =>
      page
        .locator('.lightbox img')
        .evaluate(img => (img as HTMLImageElement).currentSrc || (img as HTMLImageElement).src);
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => page.locator('.lightbox').count()).toBe(1);
    expect(await source()).toContain('/assets/pictures/');
    await page.locator('.lightbox-close').click();
    await page.locator('.lightbox').waitFor({ state: 'detached' });
    expect(
      await page
        .locator('.enlarge')
        .nth(1)
        .evaluate(element => element === document.activeElement),
    ).toBe(true);
  });
  test('is a link to the file without scripts', async () => {
    const { page } = await site.open(pathOf('widths'), { javaScript: false });
    const href = (await page.locator('.enlarge').first().getAttribute('href'))!;
    expect((await page.request.get(href)).headers()['content-type']).toBe('image/jpeg');
  });
});

describe('steps', () => {
  const visible = (page: Page) =>
    page
      .locator('.step-figure')
      .evaluateAll(all => all.map(figure => Number(getComputedStyle(figure).opacity)));
  test('show the figure of the text in the middle of the window', async () => {
    const { page } = await site.open(pathOf('widths'));
    await page.locator('.steps-live').waitFor();
    for (const [index, expected] of [
      [0, [1, 0, 0]],
      [1, [0, 1, 0]],
      [2, [0, 0, 1]],
      [0, [1, 0, 0]],
    ] as const) {
      await page
        .locator('.step-text p')
        .nth(index)
        .evaluate(text => text.scrollIntoView({ block: 'center' }));
      await expect.poll(() => visible(page)).toEqual(expected);
      const figure = await box(page, '.step-figure', index);
      expect(figure.y).toBeGreaterThanOrEqual(0);
      expect(figure.y).toBeLessThan(400);
    }
  });
  test('are figures and texts in order without scripts, on phones, and if readers prefer less motion', async () => {
    const plain = await site.open(pathOf('widths'), { javaScript: false });
    expect(await visible(plain.page)).toEqual([1, 1, 1]);
    const phone = await site.open(pathOf('widths'), { width: 390 });
    expect(await visible(phone.page)).toEqual([1, 1, 1]);
    const calm = await site.open(pathOf('widths'));
    await calm.page.emulateMedia({ reducedMotion: 'reduce' });
    await calm.page.reload();
    expect(await calm.page.locator('.steps-live').count()).toBe(0);
    const tops = await calm.page
      .locator('.step-figure, .step-text')
      .evaluateAll(all => all.map(part => part.getBoundingClientRect().top));
    expect([...tops].sort((a, b) => a - b)).toEqual(tops);
  });
});

describe("a reader's browser", () => {
  test('remembers stories that are saved for later, and lists them at the end of other stories', async () => {
    const { page, troubles } = await site.open(pathOf('news'));
    expect(await page.locator('.saved').isVisible()).toBe(false);
    await page.locator('.save').click();
    expect(await page.locator('.save').getAttribute('aria-pressed')).toBe('true');
    await page.goto(pathOf('opinion'));
    expect(await page.locator('.saved a').allInnerTexts()).toEqual([long]);
    await page.locator('.saved a').click();
    await page.locator('.save').click();
    await page.goto(pathOf('opinion'));
    expect(await page.locator('.saved').isVisible()).toBe(false);
    expect(troubles).toEqual([]);
  });
  test('offers to continue where the reader stopped', async () => {
    const { page } = await site.open(pathOf('widths'));
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight / 2));
    const stopped = await page.evaluate(() => scrollY);
    await page.goto(pathOf('opinion'));
    await page.goto(pathOf('widths'));
    await page.locator('.resume').click();
    expect(Math.abs((await page.evaluate(() => scrollY)) - stopped)).toBeLessThan(400);
    expect(await page.locator('.resume').count()).toBe(0);
  });
  test('may contain anything, which never runs', async () => {
    const { page, troubles } = await site.open(pathOf('news'));
    for (const value of ['x', '{}', '[1]', '[["javascript:alert(1)","<b>x</b>","en"]]', '[[null]]']) {
      await page.evaluate(text => {
        localStorage.setItem('broadsheet-saved', text);
        localStorage.setItem('broadsheet-places', text);
      }, value);
      await page.goto(pathOf('opinion'));
      expect(await page.locator('.saved a[href^="javascript"], .saved b').count()).toBe(0);
    }
    // Leaving a page stops what it is still loading, which is no fault.
    expect(troubles.filter(trouble => !/^failed: .* net::ERR_ABORTED$/.test(trouble))).toEqual([]);
  });
});

describe('sharing', () => {
  const status = (page: Page) => page.locator('.copied').innerText();
  const prepare = async (share: string, clipboard: string) => {
    const { page } = await site.open(pathOf('widths'));
    await page.addInitScript(`
      Object.defineProperty(navigator, 'share', { value: ${share} });
      Object.defineProperty(navigator, 'clipboard', { value: { writeText: ${clipboard} } });`);
    await page.reload();
    return page;
  };
  const denied = `() => Promise.reject(new DOMException('', 'NotAllowedError'))`;
  const copies = `text => { window.copiedText = text; return Promise.resolve(); }`;
  test('that fails copies the link and says so', async () => {
    const page = await prepare(denied, copies);
    await page.locator('.share').click();
    await expect.poll(() => status(page)).toBe('Link copied.');
    expect(await page.evaluate('window.copiedText')).toBe(page.url());
  });
  test('and copying that fail both say so, but not if the reader cancels', async () => {
    const page = await prepare(denied, denied);
    await page.locator('.share').click();
    await expect.poll(() => status(page)).toContain('Sharing failed');
    const other = await prepare(`() => Promise.reject(new DOMException('', 'AbortError'))`, denied);
    await other.locator('.share').click();
    await other.waitForTimeout(200);
    expect(await status(other)).toBe('');
  });
  test('a quotation copies its words, its speaker and its address', async () => {
    const page = await prepare(denied, copies);
    await page.locator('.quote-copy').click();
    await expect.poll(() => status(page)).toBe('Quotation copied.');
    expect(await page.evaluate('window.copiedText')).toBe(
      `We promised a harbour.\n— Mia Torres, mayor\nWidths, ${page.url()}#quote-mia-torres`,
    );
  });
});

test('printed lines are not as wide as the paper', async () => {
  const { page } = await site.open(pathOf('widths'), { width: 794 });
  await page.emulateMedia({ media: 'print' });
  const paragraph = await box(page, '.opening .prose > p');
  const size = await page
    .locator('.opening .prose > p')
    .first()
    .evaluate(element => Number.parseFloat(getComputedStyle(element).fontSize));
  expect(paragraph.width / size).toBeLessThanOrEqual(37);
  await loadAll(page);
  for (const picture of await page.locator('.image:not(.at-pair) img').all())
    expect((await picture.boundingBox())!.height).toBeLessThanOrEqual(341);
});
