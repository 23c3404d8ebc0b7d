/** The library that draws cards, with its fonts. It is loaded only if there is a card to draw. */
import type { MeasuredNode } from '@takumi-rs/core';
import { readFont } from '../disk/templates.ts';
import { cardSize } from '../site/cards.ts';
import { fonts } from './fonts.ts';

/**
 * Draws a card.
 * @param html a single element with its content
 * @param lang language tag (BCP 47)
 * @returns a PNG; the same input always produces the same bytes
 */
export type DrawCard = (html: string, css: string, lang: string) => Promise<Uint8Array>;

/**
 * Values of the CSS property `--fit`, a factor for the font size. A card uses the first value at which its
 * content fits.
 */
const fits = [1, 0.93, 0.86, 0.79, 0.73, 0.67, 0.61, 0.56, 0.51, 0.46];

/**
 * Class of a card whose content does not fit even with the last value. Its styles truncate lines and break
 * words.
 */
const overlong = 'overlong';

/** Creates the function that draws cards. @throws Error if the library has no binary for this machine */
export async function createDrawing(): Promise<DrawCard> {
  const { Renderer } = await import('@takumi-rs/core');
  const { fromHtml } = await import('@takumi-rs/helpers/html');
  const renderer = new Renderer();
  for (const { family, module, ranges } of fonts)
    await renderer.registerFont({ name: family, data: readFont(module), unicodeRange: ranges });
  return async (html, css, lang) => {
    const { node, css: own = [] } = fromHtml(html.trim());
    const styles = (fit: number) => ({ css: [css, ...own, `:root { --fit: ${fit} }`], lang });
    for (const fit of fits) {
      const measured = await renderer.measure(node, { width: cardSize.width, ...styles(fit) });
      if (measured.height <= cardSize.height && !isTooWide(measured))
        return renderer.render(node, { ...cardSize, ...styles(fit) });
    }
    const cut = { ...node, className: `${node.className ?? ''} ${overlong}`.trim() };
    return renderer.render(cut, { ...cardSize, ...styles(fits.at(-1)!) });
  };
}

/** Whether a word is wider than its box. Skips text of several words, because it can wrap. */
function isTooWide({ runs, children, width }: MeasuredNode): boolean {
  return (
    runs.some(({ text, x, width: own }) => !/\S\s+\S/.test(text) && (x < -1 || x + own > width + 1)) ||
    children.some(isTooWide)
  );
}
