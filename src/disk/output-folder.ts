/** Checks and marks the folders that a build may replace. */
import { existsSync, readdirSync, readlinkSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { OutputError } from './output-error.ts';

/** File that marks a folder as an output folder, which a build may replace. */
export const marker = '.broadsheet';
const markerText = 'Broadsheet created this folder. Every build replaces its contents.\n';

/**
 * Marks an output folder.
 * @returns when the marker was written, in milliseconds since the epoch by the clock of the folder's disk
 */
export function markOutput(folder: string): number {
  writeFileSync(join(folder, marker), markerText);
  return statSync(join(folder, marker)).mtimeMs;
}

/** Folder that `dev` builds into. It is separate from dist/ because its pages include drafts. */
export const devFolder = (root: string): string => join(root, '.cache', 'dev');

/** Checks that a build may replace a folder. @throws OutputError if it may not */
export function refuseForeignFolder(path: string, siteRoot: string): void {
  const root = realpathSync(siteRoot);
  const out = realPathOf(path);
  if (contains(out, root))
    throw new OutputError(`${out} contains the site's sources. Choose another folder with --out.`);
  for (const folder of ['content', 'templates', 'public', 'src', '.cache']) {
    if (contains(join(root, folder), out) && out !== devFolder(root))
      throw new OutputError(`${out} is inside ${folder}/. Choose another folder with --out.`);
  }
  if (existsSync(out) && !existsSync(join(out, marker)) && readdirSync(out).length > 0) {
    throw new OutputError(
      `${out} is not empty and was not created by Broadsheet. Empty it, or choose another folder with --out.`,
    );
  }
}

/**
 * Absolute path of the folder that a build replaces: `out` itself or, if it is a link, its target. The folder
 * need not exist yet.
 */
export const targetOf = (out: string): string => (existsSync(out) ? realpathSync(out) : linkTarget(out));

/**
 * Resolves the links of a path, as far as the path exists.
 * @throws OutputError if the path is not a folder
 */
function realPathOf(path: string): string {
  const parent = dirname(path);
  if (!existsSync(path)) {
    const target = linkTarget(path);
    if (target !== path) return realPathOf(target);
    return parent === path ? path : join(realPathOf(parent), basename(path));
  }
  const real = realpathSync(path);
  if (!statSync(real).isDirectory())
    throw new OutputError(`${real} is not a folder. Choose another path with --out.`);
  return real;
}

/** Target of a dangling link, or the path itself if it is not a link. */
function linkTarget(path: string, steps = 40): string {
  try {
    const target = resolve(dirname(path), readlinkSync(path));
    return steps > 0 ? linkTarget(target, steps - 1) : path;
  } catch {
    return path;
  }
}

function contains(outer: string, inner: string): boolean {
  const path = relative(outer, inner);
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}
