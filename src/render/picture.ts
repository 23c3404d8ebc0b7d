/** Creates the views of pictures for templates. */
import type { TeaserPicture } from '../site/model.ts';
import { filesOf, type PictureShape, plainFile } from '../site/pictures.ts';
import type { PictureView, TeaserPictureView } from './views.ts';

/**
 * Creates the view of a picture with all its formats and widths.
 * @param urlOf returns the URL to print for a file's path
 */
export function pictureView(picture: PictureShape, urlOf: (path: string) => string): PictureView {
  const sources = picture.sizes.map(sizes => {
    const files = filesOf(picture, sizes);
    return {
      type: files[0].type,
      srcset: files.map(({ path, width }) => `${urlOf(path)} ${width}w`).join(', '),
    };
  });
  const largest = filesOf(picture, picture.sizes[0]).at(-1)!;
  return {
    src: urlOf(plainFile(picture).path),
    width: largest.width,
    height: largest.height,
    color: picture.color,
    srcset: picture.sizes.at(-1)!.widths.length > 1 ? sources.at(-1)!.srcset : undefined,
    sources: sources.slice(0, -1),
  };
}

/**
 * URL of a picture's file for the whole screen, which every browser can show; undefined if the page already shows
 * the picture at its full size.
 */
export function largeUrl(picture: PictureShape, urlOf: (path: string) => string): string | undefined {
  return picture.width > 800 ? urlOf(plainFile(picture).path) : undefined;
}

/** Creates the view of a picture with a single file, for feeds: feed readers do not support `srcset`. */
export function plainPictureView(picture: PictureShape, urlOf: (path: string) => string): PictureView {
  const { path, width, height } = plainFile(picture);
  return { src: urlOf(path), width, height, color: undefined, srcset: undefined, sources: [] };
}

/**
 * Maximum width of a picture in a list, in device pixels: its width on a screen with two device pixels per
 * CSS pixel.
 */
const teaserWidth = 1280;

/**
 * Creates the view of a picture in a list. The style sheet crops the picture around its focus. `srcset` has
 * only the format with the smallest files, which keeps lists short.
 * @param urlOf returns the URL to print for a file's path
 */
export function teaserPictureView(
  picture: TeaserPicture,
  urlOf: (path: string) => string,
): TeaserPictureView {
  const files = filesOf(picture, picture.sizes[0]).filter(
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
    // Drawings and graphics are not cropped.
    whole: !picture.sizes.some(({ format }) => format === 'jpeg'),
    x: part(picture.focus?.x, ['left', 'center', 'right']),
    y: part(picture.focus?.y, ['top', 'middle', 'bottom']),
  };
}
