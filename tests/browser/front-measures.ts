/** Measurements of front pages in a browser. */
import type { Page } from 'playwright-core';

/** Empty area above the desks: at least 140 CSS pixels wide. All numbers are CSS pixels. */
export interface EmptyArea {
  height: number;
  /** Left edge, and upper edge from the top of the page. */
  x: number;
  y: number;
}

/**
 * Finds the tallest empty area above the desks, within which no paragraph, headline or picture begins or continues.
 * Moves a window of 140 pixels across the page.
 */
export function tallestEmptyArea(page: Page): Promise<EmptyArea> {
  return page.evaluate(() => {
    const parts = [...document.querySelectorAll('.front, .row-of-stories')];
    const top = parts[0]!.getBoundingClientRect().top;
    const bottom = parts.at(-1)!.getBoundingClientRect().bottom;
    const main = document.querySelector('.main')!;
    const { left, right } = main.getBoundingClientRect();
    const edge = Number.parseFloat(getComputedStyle(main).paddingLeft);
    const boxes = parts
      .flatMap(part => [...part.querySelectorAll('p, h3, h4, img')])
      .map(element => element.getBoundingClientRect())
      .filter(({ width, height }) => width > 1 && height > 1);
    let tallest = { height: 0, x: 0, y: 0 };
    for (let x = left + edge; x + 140 <= right - edge; x += 20) {
      const met = boxes
        .filter(box => box.right > x && box.left < x + 140)
        .map(box => [box.top, box.bottom])
        .sort(([a], [b]) => a! - b!);
      let y = top;
      for (const [start, end] of [...met, [bottom, bottom]]) {
        if (start! - y > tallest.height) tallest = { height: Math.round(start! - y), x, y };
        y = Math.max(y, end!);
      }
    }
    return tallest;
  });
}

/** A picture that has too few or too many pixels for the area in which it is shown. */
export interface MisfitPicture {
  url: string;
  /** Pixels of the file per device pixel shown, in one direction. */
  ratio: number;
}

/**
 * Finds pictures with less than 0.75 or more than 2.1 pixels of the file per device pixel. Ignores drawings. Browsers reuse
 * a larger file that they already have, so it may be larger than necessary if another place needs it.
 */
export async function misfitPictures(page: Page): Promise<MisfitPicture[]> {
  await page.evaluate(async () => {
    for (const image of document.images) image.loading = 'eager';
    await Promise.all([...document.images].map(image => image.decode().catch(() => undefined)));
  });
  const shown = await page.evaluate(() =>
    [...document.images].flatMap(image => {
      const box = image.getBoundingClientRect();
      const width = Number(/(\d+)\.(?:avif|webp|jpg)$/.exec(image.currentSrc)?.[1]);
      if (box.width === 0 || Number.isNaN(width)) return [];
      const height = (width * image.naturalHeight) / image.naturalWidth;
      const scale = Math.max(
        (box.width * devicePixelRatio) / width,
        (box.height * devicePixelRatio) / height,
      );
      return [
        { url: image.currentSrc.replace(/.*\/assets\/pictures\//, ''), ratio: Math.round(100 / scale) / 100 },
      ];
    }),
  );
  const fits = ({ ratio }: MisfitPicture) => ratio >= 0.75 && ratio <= 2.1;
  const fitting = new Set(shown.filter(fits).map(({ url }) => url));
  return shown.filter(picture => !fits(picture) && !(picture.ratio > 2 && fitting.has(picture.url)));
}
