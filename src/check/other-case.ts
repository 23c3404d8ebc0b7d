/** Finds the files that were probably meant by a path that leads to none. */
import { posix } from 'node:path';
import { slug as toSlug } from 'github-slugger';
import { suggest } from '../base/suggestions.ts';
import type { Site } from '../site/model.ts';

/**
 * Creates a function that finds the existing file for a path in the wrong case. It lists the site's files on the
 * first call, because most sites contain no such path.
 * @returns a function from a path to the file's real path; undefined if there is no such file
 */
export function createCaseFinder(site: Site): (path: string) => string | undefined {
  let files: Map<string, string> | undefined;
  return path => {
    files ??= new Map(filesOf(site).map(file => [file.toLowerCase(), file]));
    return files.get(path.toLowerCase());
  };
}

function filesOf({ assets, entries, withheld, flawed, authorFiles, publicFiles }: Site): string[] {
  return [
    ...assets,
    ...entries.keys(),
    ...withheld.keys(),
    ...flawed.keys(),
    ...[...authorFiles.values()].map(({ source }) => source),
    ...[...publicFiles].map(file => `public/${file}`),
  ];
}

/**
 * Creates a function that finds a file with a similar name: the name without `.md`, the same name in another folder
 * or with another spelling, or a name in the same folder with a typing error.
 * @returns a function from a path, and the path of the document that contains it, to an address relative to that
 * document; undefined if there is no such file
 */
export function createNearFinder(site: Site): (path: string, from: string) => string | undefined {
  let bySlug: ReadonlyMap<string, readonly string[]> | undefined;
  let byFolder: ReadonlyMap<string, readonly string[]> | undefined;
  return (path, from) => {
    const isLike = (file: string) => file !== from && extensionOf(file) === extensionOf(path);
    const folder = posix.dirname(path);
    const stem = stemOf(path);
    if (stem === 'index') return undefined;
    bySlug ??= groupFiles(site, file => toSlug(stemOf(file)));
    const same = (bySlug.get(toSlug(stem)) ?? []).filter(isLike);
    const beside = same.find(file => posix.dirname(file) === folder);
    if (beside !== undefined) return addressOf(beside, from);
    if (same.length > 0) return same.length === 1 ? addressOf(same[0]!, from) : undefined;
    if (stem.length < 5) return undefined;
    byFolder ??= groupFiles(site, file => posix.dirname(file));
    const names = (byFolder.get(folder) ?? []).filter(isLike).map(file => posix.basename(file));
    const suggestion = suggest(posix.basename(path), names);
    return 'nearest' in suggestion ? addressOf(`${folder}/${suggestion.nearest}`, from) : undefined;
  };
}

const stemOf = (path: string): string => posix.basename(path).replace(/\.[^.]*$/, '');
/** Extension of a file; `.md` if it has none, because authors forget it. */
const extensionOf = (path: string): string => posix.extname(path).toLowerCase() || '.md';

function groupFiles(site: Site, keyOf: (file: string) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const file of new Set(filesOf(site))) {
    const key = keyOf(file);
    const group = groups.get(key);
    if (group) group.push(file);
    else groups.set(key, [file]);
  }
  return groups;
}

/** Address of a file as a document writes it. */
function addressOf(file: string, from: string): string {
  if (file.startsWith('public/')) return file.slice('public'.length);
  const path = posix.relative(posix.dirname(from), file);
  return /\s/.test(path) ? `<${path}>` : path;
}
