/** Messages about picture files and preview cards. */
import type { Catalog } from '../base/diagnostics.ts';
import { heicAdvice } from '../site/pictures.ts';
import type { PictureLimits } from './sharp.ts';

interface File {
  source: string;
}

/** Messages by code. */
export const mediaMessages = {
  'source-stopped/picture-time': ({ source, seconds }: File & PictureLimits) =>
    `Broadsheet stopped processing ${source} after ${seconds} s. Save a smaller or simpler copy, or set 'limits: {seconds: …}' in content/site.yaml.`,
  'source-stopped/picture-memory': ({ source, megabytes }: File & PictureLimits) =>
    `Broadsheet stopped processing ${source}, because it needs more than ${megabytes} MB of memory. Scale it down, or set 'limits: {megabytes: …}' in content/site.yaml.`,
  'source-stopped/recording': ({ source, seconds }: File & { seconds: number }) =>
    `Broadsheet stopped reading ${source} after ${seconds} s. Export the recording again, or set 'limits: {seconds: …}' in content/site.yaml.`,
  'picture-size/bytes': ({ source, megabytes }: File & { megabytes: number }) =>
    `${source} is larger than ${megabytes} MB. Save a smaller copy.`,
  'picture-size/pixels': ({ source, megapixels }: File & { megapixels: number }) =>
    `${source} has more than ${megapixels} million pixels. Scale it down.`,
  'picture-size/height': ({
    source,
    width,
    height,
    limit,
  }: File & Record<'width' | 'height' | 'limit', number>) =>
    `${source} is ${width} × ${height} pixels. A picture of this width may be at most ${limit} pixels high. Crop it.`,
  'picture-unreadable/drawing': ({ source }: File) =>
    `${source} is not an SVG drawing with a size. Save it as SVG with a width and a height, or with a viewBox.`,
  'picture-unreadable/deep': ({ source }: File) =>
    `${source} is nested too deeply. Ungroup its parts in a drawing program, or save it as PNG.`,
  'picture-unreadable/heic': ({ source }: File) =>
    `${source} is a HEIC picture from a phone, which most browsers cannot show. ${heicAdvice}`,
  'picture-unreadable/format': ({ source }: File) =>
    `${source} is not a picture in a supported format. Save it as JPEG, PNG, WebP, AVIF or GIF. If it is an SVG drawing, rename it to end in '.svg'.`,
  'picture-unreadable/damaged': ({ source }: File) =>
    `${source} is damaged or incomplete. Export the picture again, or get a new copy.`,
  'cards-unavailable/absent': ({ name, command }: { name: string; command: string }) =>
    `Link preview cards need the package ${name}, which is not installed, so stories without a picture have no preview picture. Run '${command}', or set 'outputs: {cards: false}' in content/site.yaml.`,
  'cards-unavailable/platform': ({ cause }: { cause: string }) =>
    `Link preview cards cannot be drawn on this machine (${cause}), so stories without a picture have no preview picture. Reinstall Broadsheet's packages with 'npm ci', or set 'outputs: {cards: false}' in content/site.yaml.`,
} satisfies Catalog;

type MediaMessages = typeof mediaMessages;
declare module '../base/diagnostics.ts' {
  interface Messages extends MediaMessages {}
}
