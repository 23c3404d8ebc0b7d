/** Messages about picture files and preview cards. */
import type { Catalog } from '../base/diagnostics.ts';

interface File {
  source: string;
}

/** Messages by code. */
export const mediaMessages = {
  'picture-size': ({ source, megapixels, megabytes }: File & { megapixels: number; megabytes: number }) =>
    `${source} is larger than a picture may be: ${megapixels} million pixels, ${megabytes} megabytes, and no more than eight times as high as wide. Make it smaller.`,
  'picture-unreadable/drawing': ({ source }: File) =>
    `${source} is no drawing with a size. Save it as SVG again, with a width and a height or a viewBox.`,
  'picture-unreadable/format': ({ source }: File) =>
    `${source} is not a picture, whatever its name says. Save it as JPEG, PNG, WebP, AVIF or GIF, or correct the address.`,
  'picture-unreadable/damaged': ({ source }: File) =>
    `${source} is damaged, or a part of it is lost. Save the picture again, or get it again from where it came.`,
  'cards-unavailable': ({ cause }: { cause: string }) =>
    `Cards for link previews cannot be drawn on this machine (${cause}), so that stories without a picture have none. Install the packages again with 'npm ci', or write 'outputs: {cards: false}'.`,
} satisfies Catalog;

type MediaMessages = typeof mediaMessages;
declare module '../base/diagnostics.ts' {
  interface Messages extends MediaMessages {}
}
