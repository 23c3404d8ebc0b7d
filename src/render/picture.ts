/** A picture as the templates get it. */
import type { TeaserPicture } from '../site/model.ts';
import { filesOf, type PictureShape, plainFile } from '../site/pictures.ts';
import type { PictureView, TeaserPictureView } from './views.ts';

/** @param urlOf the URL to print for a file's path */
export function pictureView(picture: PictureShape, urlOf: (path: string) => string): PictureView {
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
export function plainPictureView(picture: PictureShape, urlOf: (path: string) => string): PictureView {
  const { path, width, height } = plainFile(picture);
  return { src: urlOf(path), width, height, color: undefined, srcset: undefined, sources: [] };
}

/** No list shows a picture wider than this, in pixels of a screen that has two for one. */
const teaserWidth = 1280;

/** As lists show it: cut to one shape about its focus, and offered in its smallest kind of file, so that a list stays short. */
export function teaserPictureView(
  picture: TeaserPicture,
  urlOf: (path: string) => string,
): TeaserPictureView {
  const files = filesOf(picture, picture.formats[0]!).filter(
    ({ width }, index) => index === 0 || width <= teaserWidth,
  );
  const plain = plainFile(picture, 640);
  const part = <Name>(at: number | undefined, names: [Name, Name, Name]): Name =>
    names[at === undefined ? 1 : Math.min(2, Math.floor(at / 33.4))]!;
  return {
    src: urlOf(plain.path),
    width: plain.width,
    height: plain.height,
    type: files[0]!.type,
    srcset: files.map(({ path, width }) => `${urlOf(path)} ${width}w`).join(', '),
    color: picture.color,
    // What was drawn is not cut.
    whole: !picture.formats.includes('jpeg'),
    x: part(picture.focus?.x, ['left', 'center', 'right']),
    y: part(picture.focus?.y, ['top', 'middle', 'bottom']),
  };
}
