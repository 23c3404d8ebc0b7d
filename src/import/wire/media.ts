/** Copies the pictures of items into the site. */
import { basename, dirname, extname, join, sep } from 'node:path';
import { nameHashOf } from '../../base/hash.ts';
import { copyWhole, exists, isFile, readBytes, realPath, sizeOf, writeWhole } from '../../disk/files.ts';
import type { Downloader } from '../download.ts';
import { isPicture, type MediaFile, pictureName, safeName } from '../media.ts';
import type { WireItem, WirePicture } from './item.ts';
import { rankRenditions } from './renditions.ts';

/** Largest picture, in bytes. */
const sizeLimit = 200_000_000;

export interface MediaOptions {
  /** Absolute path of the agency's folder. Files outside are never read. */
  folder: string;
  /** Absolute path of the site. */
  root: string;
  /** Name of the folder in content/media/wire/. */
  source: string;
  downloader: Downloader | undefined;
}

export interface ItemMedia {
  /** Files by their placeholder address in the story. */
  files: Record<string, MediaFile>;
  /** Address of each picture's file; its web address if it has no file. */
  addressOf: Map<WirePicture, string>;
  /** Names of files that are not in the folder. */
  missing: string[];
}

/** Finds the best file of each picture of an item, and of the pictures in its text. */
export async function findItemMedia(item: WireItem, options: MediaOptions): Promise<ItemMedia> {
  const found: ItemMedia = { files: {}, addressOf: new Map(), missing: [] };
  const from = dirname(join(options.folder, item.place.file));
  for (const [index, picture] of item.pictures.entries()) {
    const ranked = rankRenditions(picture.renditions);
    const local = ranked
      .map(({ href }) => ({ href, file: fileOf(href, from, options) }))
      .find(({ file }) => file);
    const file =
      local?.file ??
      (await downloadFirst(
        ranked.map(({ href }) => href),
        options,
      ));
    if (file) {
      // An address of our own, because a `data:` address would be read again.
      const address = `picture-${index + 1}${extname(file.to)}`;
      found.files[address] = file;
      found.addressOf.set(picture, address);
      for (const { href } of ranked) if (!href.startsWith('data:')) found.files[plainOf(href)] = file;
      continue;
    }
    const remote = ranked.find(({ href }) => /^https?:/i.test(href));
    if (remote) found.addressOf.set(picture, remote.href);
    found.missing.push(
      ...ranked.filter(({ href }) => !/^[a-z]+:/i.test(href)).map(({ href }) => lastName(href)),
    );
  }
  for (const [, src] of item.body.matchAll(/<img\b[^<>]{0,2000}?\bsrc=["']([^"'<>]{1,2000})["']/gi)) {
    const address = src!.replace(/&amp;/g, '&');
    if (found.files[plainOf(address)] || address.startsWith('data:')) continue;
    const file = fileOf(address, from, options) ?? (await downloadFirst([address], options));
    if (file) found.files[plainOf(address)] = file;
    else if (!/^[a-z]+:/i.test(address)) found.missing.push(lastName(address));
  }
  return found;
}

const plainOf = (address: string): string => address.replace(/[?#].*$/s, '').replace(/^\/\//, 'https://');

const lastName = (href: string): string => decode(plainOf(href)).split(/[\\/]/).at(-1)!.trim();

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** The file of a path relative to the item, or the content of a `data:` address. */
function fileOf(href: string, from: string, options: MediaOptions): MediaFile | undefined {
  const [, type, data] = /^data:image\/(png|jpe?g|gif|webp|avif);base64,([A-Za-z\d+/=\s]+)$/.exec(href) ?? [];
  if (type !== undefined) {
    const bytes = Buffer.from(data!, 'base64');
    return { from: bytes, to: targetOf(`picture.${type.replace('jpeg', 'jpg')}`, bytes, options) };
  }
  if (/^(?:https?|data):|^\/\//i.test(href)) return undefined;
  const relative = decode(plainOf(href).replace(/^file:\/*/i, ''))
    .replace(/\\/g, '/')
    .trim();
  const path = [join(from, relative), join(options.folder, relative), join(from, basename(relative))].find(
    candidate =>
      isInside(candidate, options.folder) &&
      pictureName.test(candidate) &&
      isFile(candidate) &&
      isPicture(candidate),
  );
  if (path === undefined || sizeOf(path) > sizeLimit) return undefined;
  return { from: path, to: targetOf(basename(path), readBytes(path), options) };
}

/** Whether a path is in the folder, also if it is a symbolic link. */
function isInside(path: string, folder: string): boolean {
  if (path.includes('\0') || !path.startsWith(folder + sep) || !exists(path)) return false;
  return realPath(path).startsWith(realPath(folder) + sep);
}

/** Path in the site. The hash keeps pictures apart that agencies send under the same name. */
function targetOf(name: string, bytes: Uint8Array, { source }: MediaOptions): string {
  const safe = safeName(name);
  const extension = extname(safe);
  return `content/media/wire/${source}/${safe.slice(0, safe.length - extension.length)}-${nameHashOf(bytes)}${extension}`;
}

async function downloadFirst(
  addresses: readonly string[],
  options: MediaOptions,
): Promise<MediaFile | undefined> {
  for (const address of options.downloader ? addresses.filter(href => /^https?:/i.test(href)) : []) {
    const files = await options.downloader!.fetchAll([address]);
    const file = Object.values(files)[0];
    if (typeof file?.from === 'string' && pictureName.test(file.from))
      return { from: file.from, to: targetOf(basename(file.from), readBytes(file.from), options) };
  }
  return undefined;
}

/** Copies files into the site, unless they are there. */
export function copyMedia(files: readonly MediaFile[], root: string): void {
  for (const { from, to } of files) {
    const target = join(root, to);
    if (typeof from !== 'string') writeWhole(target, from);
    else if (sizeOf(target) !== sizeOf(from)) copyWhole(from, target);
  }
}
