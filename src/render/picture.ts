/** A picture as the templates get it. */
import { filesOf, type Picture, plainFile } from '../site/pictures.ts';
import type { PictureView } from './views.ts';

/** @param urlOf the URL to print for a file's path */
export function pictureView(picture: Picture, urlOf: (path: string) => string): PictureView {
  const sources = picture.formats.map(format => {
    const files = filesOf(picture, format);
    return {
      type: files[0].type,
      srcset: files.map(({ path, width }) => `${urlOf(path)} ${width}w`).join(', '),
    };
  });
  const largest = plainFile(picture, Infinity);
  return {
    src: urlOf(plainFile(picture).path),
    width: largest.width,
    height: largest.height,
    color: picture.color,
    // One file needs no choice of widths, one format none of formats.
    srcset: picture.widths.length > 1 ? sources.at(-1)!.srcset : undefined,
    sources: sources.slice(0, -1),
  };
}

/** For feeds, whose programs choose among no files. */
export function plainPictureView(picture: Picture, urlOf: (path: string) => string): PictureView {
  const { path, width, height } = plainFile(picture);
  return { src: urlOf(path), width, height, color: undefined, srcset: undefined, sources: [] };
}
