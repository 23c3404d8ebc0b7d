/** Gives the pictures of an item their places in its HTML. */
import { escapeHtml, pictureSlot, type WirePicture } from './item.ts';

/**
 * Replaces what the HTML shows of known pictures by their slots, because the item says more about them: caption, credit
 * and rights apart, and larger files.
 */
export function withSlots(
  html: string,
  pictures: readonly WirePicture[],
): { html: string; pictures: WirePicture[] } {
  let text = html;
  const changed = pictures.map((picture, index) => {
    const shown = picture.renditions
      .flatMap(({ href }) => [href, escapeHtml(href)])
      .map(href => findShown(text, href))
      .find(found => found !== undefined);
    if (!shown) return picture;
    const part = text.slice(shown.start, shown.end);
    text = text.slice(0, shown.start) + pictureSlot(index) + text.slice(shown.end);
    return {
      ...picture,
      alt: textIn(/\balt="([^"]*)"/.exec(part)?.[1]) ?? picture.alt,
      caption:
        picture.caption ?? textIn(/<figcaption[^>]{0,500}>([\s\S]{0,10000}?)<\/figcaption>/i.exec(part)?.[1]),
    };
  });
  return { html: text, pictures: changed };
}

/** Where the HTML shows a file: its figure if that has only this picture, or the picture itself. */
function findShown(html: string, href: string): { start: number; end: number } | undefined {
  const at = html.indexOf(`src="${href}"`);
  if (at < 0) return undefined;
  const start = html.lastIndexOf('<img', at);
  const end = html.indexOf('>', at) + 1;
  if (start < 0 || end === 0) return undefined;
  const figure = html.lastIndexOf('<figure', at);
  const close = html.indexOf('</figure>', at);
  const inner = figure < 0 || close < 0 ? '' : html.slice(figure, close);
  const isOwn = inner !== '' && !inner.includes('</figure>') && inner.split('<img').length === 2;
  return isOwn ? { start: figure, end: close + '</figure>'.length } : { start, end };
}

/** Plain text of HTML; undefined if it is empty. */
function textIn(html: string | undefined): string | undefined {
  const text = html
    ?.replace(/<[^<>]*>/g, ' ')
    .replace(/&quot;/g, '"')
    .replace(/&#39;|&apos;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
  return text || undefined;
}
