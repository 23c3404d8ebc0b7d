/** Creates the views of pictures for templates. */
import type { TeaserPicture } from '../site/model.ts';
import { filesOf, listFiles, type PictureFile, type PictureShape, plainFile } from '../site/pictures.ts';
import type { FaceView, PictureView, TeaserPictureView } from './views.ts';

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
 * Creates the view of a picture in a list. `srcset` has only the format with the smallest files, which keeps lists
 * short.
 * @param urlOf returns the URL to print for a file's path
 */
export function teaserPictureView(
  picture: TeaserPicture,
  urlOf: (path: string) => string,
): TeaserPictureView {
  const whole = picture.lists === undefined;
  const files = whole ? filesOf(picture, picture.sizes[0]) : listFiles(picture, '3x2');
  const largest = files.at(-1)!;
  return {
    src: urlOf(plainFile(picture, 640).path),
    width: largest.width,
    height: largest.height,
    type: largest.type,
    srcset: files.map(({ path, width }) => `${urlOf(path)} ${width}w`).join(', '),
    thumbnails: whole ? undefined : densities(listFiles(picture, '1x1'), urlOf),
    color: picture.color,
    whole,
  };
}

/** Creates the view of a small portrait. */
export function faceView(portrait: PictureShape, urlOf: (path: string) => string): FaceView {
  const files = filesOf(portrait, portrait.sizes[0]).slice(0, 2);
  return { src: urlOf(plainFile(portrait, 192).path), srcset: densities(files, urlOf), type: files[0]!.type };
}

/** `srcset` of files for two and three device pixels per CSS pixel. */
const densities = (files: readonly PictureFile[], urlOf: (path: string) => string): string =>
  files.map(({ path }, index) => `${urlOf(path)} ${index + 2}x`).join(', ');
