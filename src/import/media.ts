/** Finds the files of pictures and recordings that stories show. */
import { posix } from 'node:path';
import { nameHashOf } from '../base/hash.ts';
import { exists, isFile, readStart, realPath } from '../disk/files.ts';

/** Where to look for files. All folders are absolute. */
export interface MediaSources {
  /** Addresses of the old site: `https://old.example`. Files there may be in the folders. */
  origins: readonly string[];
  /** Folders, and the beginning of the address below which their files were published. */
  folders: readonly { prefix: string; folder: string }[];
  /** Downloaded files by address. */
  downloads: Readonly<Record<string, MediaFile>>;
  /** Paths of files with the same content as another one: the other one's path, by path. */
  duplicates: Readonly<Record<string, string>>;
}

/** A file of the import. */
export interface MediaFile {
  /** Absolute path where it is, or its content. */
  from: string | Uint8Array;
  /** Path in the new site, relative to its root. */
  to: string;
}

/** A picture that is part of an address, as word processors write them: `data:image/png;base64,…`. */
export function inlinePicture(address: string): MediaFile | undefined {
  const [, type, data] =
    /^data:image\/(png|jpe?g|gif|webp|avif);base64,([A-Za-z\d+/=\s]+)$/.exec(address) ?? [];
  if (type === undefined) return undefined;
  const from = Buffer.from(data!, 'base64');
  return { from, to: `content/media/${nameHashOf(from)}.${type.replace('jpeg', 'jpg')}` };
}

/** Types that a site can show or publish. */
const usable =
  /\.(?:jpe?g|png|webp|avif|gif|svg|pdf|csv|tsv|txt|json|geojson|xlsx?|ods|docx?|odt|zip|mp3|m4a|ogg|wav|mp4|webm|vtt)$/i;
export const pictureName = /\.(?:jpe?g|png|webp|avif|gif|svg)$/i;

/** Where a story's own files are. All paths are absolute. */
export interface Beside {
  folders: readonly string[];
  /** The folder of the source, which no path may leave. */
  root: string;
}

/**
 * Finds the file of an address.
 * @param address web address, or a path from the root of the old site
 * @param beside folders of the story's source, for addresses relative to it
 * @returns undefined if no folder has it, or its type cannot be published
 */
export function findMedia(
  address: string,
  sources: MediaSources,
  beside: Beside | undefined,
): MediaFile | undefined {
  const plain = withoutProxy(address);
  if (Object.hasOwn(sources.downloads, plain)) return sources.downloads[plain];
  const path = pathOf(plain, sources.origins);
  if (path === undefined) return undefined;
  for (const candidate of variants(path)) {
    if (!usable.test(candidate)) continue;
    for (const from of places(candidate, sources, beside)) {
      if (!isFile(from) || leadsOut(from, sources, beside)) continue;
      if (pictureName.test(from) && !isPicture(from)) continue;
      const original = sources.duplicates[from] ?? from;
      return { from: original, to: `content/media/${nameOf(original, sources, beside)}` };
    }
  }
  return undefined;
}

/** Address without the services that resize pictures, without Pelican's `{static}`, query and fragment. */
function withoutProxy(address: string): string {
  const plain = address
    .replace(/[?#].*$/s, '')
    .replace(/^\/\//, 'https://')
    .replace(/^(?:\{|%7B)(?:static|attach|filename)(?:\}|%7D)/i, '');
  return plain.replace(/^https?:\/\/i\d\.wp\.com\//i, 'https://');
}

/** Path on the old site; undefined for an address of another site. */
function pathOf(address: string, origins: readonly string[]): string | undefined {
  if (!/^[a-z][a-z\d+.-]*:/i.test(address)) return decode(address);
  const host = hostOf(address);
  const isOwn = host !== undefined && origins.some(origin => hostOf(origin) === host);
  // Files of an archive often have the address of an earlier server.
  if (!isOwn && !/\/wp-content\/uploads\//.test(address)) return undefined;
  return decode(new URL(address).pathname);
}

const hostOf = (address: string): string | undefined =>
  URL.canParse(address) ? new URL(address).host.replace(/^www\./, '') : undefined;

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** A picture's path without the size that WordPress or Ghost adds, because the original is better, and the path itself. */
function variants(path: string): string[] {
  const original = originalOf(path);
  const unscaled = original.replace(/-(?:scaled|rotated|e\d{10,})(?=\.\w+$)/, '');
  return [...new Set([unscaled, original, path])];
}

/** Address of the original of a picture: `/a.jpg` for `/a-300x200.jpg`, and `/images/a.jpg` for `/images/size/w600/a.jpg`. */
export const originalOf = (address: string): string =>
  address.replace(/-\d{2,5}x\d{2,5}(?=\.\w+(?:[?#]|$))/, '').replace(/\/images\/size\/w\d+\//, '/images/');

/** Files that a path can mean: their absolute paths. */
function places(path: string, { folders }: MediaSources, beside: Beside | undefined): string[] {
  const found: string[] = [];
  if (beside && !path.startsWith('/'))
    for (const folder of beside.folders) {
      const from = posix.normalize(posix.join(folder, path));
      if (from.startsWith(`${beside.root}/`)) found.push(from);
    }
  const rooted = posix.normalize(`/${path}`);
  for (const { prefix, folder } of folders) {
    const at = prefix.startsWith('/') ? (rooted.startsWith(prefix) ? 0 : -1) : rooted.indexOf(`/${prefix}`);
    if (at < 0) continue;
    const name = rooted
      .slice(at + (prefix.startsWith('/') ? prefix.length : prefix.length + 1))
      .replace(/^\/+/, '');
    if (name !== '' && !name.split('/').includes('..')) found.push(posix.join(folder, name));
  }
  return found;
}

/** Whether a path leads out of its folder through a symbolic link. */
function leadsOut(from: string, { folders }: MediaSources, beside: Beside | undefined): boolean {
  const roots = [...folders.map(({ folder }) => folder), ...(beside ? [beside.root] : [])];
  const real = realPath(from);
  return !roots.some(root => exists(root) && real.startsWith(`${realPath(root)}/`));
}

/** Name of a file in the new site, which depends only on where the file is. Two files never have the same name. */
function nameOf(from: string, { folders }: MediaSources, beside: Beside | undefined): string {
  const roots = [...folders.map(({ folder }) => folder), ...(beside ? [beside.root] : [])];
  const root = roots.find(folder => from.startsWith(`${folder}/`)) ?? posix.dirname(from);
  const own = posix.relative(root, from);
  const isTaken = roots.slice(0, roots.indexOf(root)).some(folder => isFile(posix.join(folder, own)));
  const name = isTaken ? `${posix.basename(root)}/${own}` : own;
  const safe = safePath(name);
  // Another file may have the name that this one gets without its spaces and signs.
  if (safe === name || !isFile(posix.join(root, safe))) return safe;
  return safe.replace(/(?=\.\w+$)/, `-${nameHashOf(Buffer.from(name))}`);
}

/** A path of the old site as a path in the new one: no hidden or reserved names, no characters that need escaping. */
export function safePath(name: string): string {
  return name
    .split('/')
    .filter(part => part !== '' && part !== '.' && part !== '..')
    .map(safeName)
    .join('/');
}

/** A file name with only letters, digits, `-`, `_` and `.`, and at most 100 bytes. */
export function safeName(name: string): string {
  const extension = /\.[a-z\d]{2,5}$/i.exec(name)?.[0] ?? '';
  const stem = name
    .slice(0, name.length - extension.length)
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '-')
    .replace(/^[.-]+|[.-]+$/g, '');
  let short = '';
  for (const character of stem) {
    if (Buffer.byteLength(short + character) > 90) break;
    short += character;
  }
  return `${short || 'file'}${extension.toLowerCase()}`;
}

/** Whether the first bytes of a file are those of a picture. Archives contain error pages with names of pictures. */
export function isPicture(path: string): boolean {
  const start = readStart(path, 512);
  const text = start.toString('latin1');
  return (
    (start[0] === 0xff && start[1] === 0xd8) ||
    text.startsWith('\x89PNG') ||
    text.startsWith('GIF8') ||
    (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') ||
    text.slice(4, 12) === 'ftypavif' ||
    text.slice(4, 12) === 'ftypavis' ||
    (/\.svg$/i.test(path) && /<svg|<\?xml|<!DOCTYPE svg|<!--/i.test(text))
  );
}
