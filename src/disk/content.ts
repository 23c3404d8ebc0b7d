/** The end that reads the disk: content, templates, public files. */
import {
  accessSync,
  closeSync,
  constants,
  type Dirent,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type BesideFile, besideSizeLimit } from '../article/data-file.ts';
import type { SourceFile } from '../article/model.ts';
import { compareText, createDiagnostic, type Diagnostic } from '../base/diagnostics.ts';
import { hashOf } from '../base/hash.ts';

/** All paths are relative to the site's root, with forward slashes, sorted by code unit. */
export interface ContentFiles {
  /** Articles, pages and authors. */
  markdown: string[];
  /** Files that are not Markdown: pictures, data, documents. They are read when they are written. */
  assets: string[];
  diagnostics: Diagnostic[];
}

export function listContent(root: string): ContentFiles {
  const diagnostics: Diagnostic[] = [];
  const files = listFiles(root, 'content', {
    onLink: entry => diagnostics.push(createDiagnostic(entry, 'error', 'content-symlink', undefined)),
    onUnreadable: (folder, error) => diagnostics.push(unreadable(folder, error)),
  });
  for (const file of files.filter(
    path =>
      /^content\/(articles|pages|authors)\/.*\.(markdown|mdown|mkd|mdx|md)$/i.test(path) &&
      !path.endsWith('.md'),
  )) {
    diagnostics.push(createDiagnostic(file, 'error', 'content-extension', undefined));
  }
  return {
    markdown: files.filter(path => /^content\/(articles|pages|authors)\/.*\.md$/.test(path)),
    assets: files.filter(path => !/\.(md|ya?ml)$/i.test(path)),
    diagnostics,
  };
}

export function readSource(root: string, path: string): SourceFile {
  return { path, bytes: readFileSync(join(root, path)) };
}

/** A file that an article names as its data. Nothing outside of content/ is read through a link. */
export function readBeside(root: string, path: string): BesideFile {
  const absolute = join(root, path);
  try {
    const stats = statSync(absolute, { throwIfNoEntry: false });
    if (!stats) return { problem: 'absent' };
    if (!stats.isFile() || realpathSync(absolute) !== join(realpathSync(root), path))
      return { problem: 'unreadable' };
    return stats.size > besideSizeLimit ? { problem: 'size' } : { bytes: readFileSync(absolute) };
  } catch {
    return { problem: 'unreadable' };
  }
}

/** Of the bytes; of a file that cannot be read, what is the matter with it. */
export const hashOfBeside = (found: BesideFile): string =>
  'bytes' in found ? hashOf(found.bytes) : found.problem;

/** A file of one of the generator's own packages, by its name as a module. */
export function readModuleFile(module: string): Buffer {
  return readFileSync(createRequire(import.meta.url).resolve(module));
}

export const siteYamlPath = 'content/site.yaml';

/** Bytes; no article that is read is longer. */
const usualSize = 1 << 20;

/**
 * Reads one source after the other into the same memory, in an eighth of `readFileSync`'s time.
 * @returns a function whose result has its bytes until it is called again
 */
export function createSourceReader(root: string): (path: string) => SourceFile {
  const buffer = Buffer.allocUnsafeSlow(usualSize);
  return path => {
    const file = openSync(join(root, path), 'r');
    try {
      const length = readSync(file, buffer, 0, buffer.length, 0);
      const isWhole = length < buffer.length && readSync(file, buffer, length, 1, length) === 0;
      return { path, bytes: isWhole ? buffer.subarray(0, length) : readFileSync(join(root, path)) };
    } finally {
      closeSync(file);
    }
  };
}

/** Sources between two looks at what else there is to do. */
const readAtOnce = 16;

/** Milliseconds in which a source is read that the system's memory has: a disk takes longer. */
const fromMemory = 0.15;

/**
 * Has the disk bring sources into the system's memory while other threads are at those before them: they then read without waiting.
 * One of each `readAtOnce` tells whether the others are there already.
 * @param position how many of them have been asked for
 */
export async function readAhead(
  root: string,
  paths: readonly string[],
  position: () => number,
): Promise<void> {
  const read = createSourceReader(root);
  for (let next = 0; next < paths.length; next = Math.max(next, position())) {
    for (const path of paths.slice(next, next + readAtOnce)) {
      const began = performance.now();
      try {
        read(path);
      } catch {
        // It is told when the source is compiled.
      }
      if (performance.now() - began < fromMemory) break;
    }
    next += readAtOnce;
    await setImmediate();
  }
}

/** The bytes of content/site.yaml; nothing when there is none. */
export function readSiteYaml(root: string): Uint8Array | undefined {
  const path = join(root, siteYamlPath);
  try {
    return existsSync(path) ? readFileSync(path) : undefined;
  } catch (error) {
    // Where it is a folder the disk does not say so itself.
    throw Object.assign(error as Error, { path });
  }
}

/** A file or folder that cannot be read. @param file path from the site's root, or an absolute one */
export function unreadable(file: string, error: unknown): Diagnostic {
  // Node's message goes on with the system call and the path.
  const [cause = ''] = (error as Error).message.split(',');
  return createDiagnostic(file, 'error', 'file-unreadable', undefined, { cause });
}

/** The path of the file that could not be read, by an error of the disk; nothing when that tells of something else. */
export function unreadPath(error: unknown): string | undefined {
  const { path, syscall } = error as NodeJS.ErrnoException;
  if (path === undefined || syscall === undefined) return undefined;
  // It tells of two files.
  if (syscall !== 'copyfile') return path;
  try {
    accessSync(path, constants.R_OK);
    return undefined;
  } catch {
    return path;
  }
}

interface Finds {
  /** Without it links are followed. */
  onLink?: (path: string) => void;
  onUnreadable: (path: string, error: unknown) => void;
}

/** Files of a folder and its folders. Names that begin with a dot are left out. */
function listFiles(root: string, folder: string, { onLink, onUnreadable }: Finds): string[] {
  if (!existsSync(join(root, folder))) return [];
  const found: string[] = [];
  const entriesOf = (path: string): Dirent[] => {
    try {
      return readdirSync(join(root, path), { withFileTypes: true });
    } catch (error) {
      onUnreadable(path, error);
      return [];
    }
  };
  const walk = (path: string, around: readonly string[]) => {
    for (const entry of entriesOf(path)) {
      if (entry.name.startsWith('.')) continue;
      const child = `${path}/${entry.name}`;
      const isLink = entry.isSymbolicLink();
      if (onLink && isLink) onLink(child);
      else if (!isFolder(root, child, entry)) found.push(child);
      else {
        const real = isLink ? realpathSync(join(root, child)) : join(around.at(-1)!, entry.name);
        if (around.includes(real)) onUnreadable(child, new Error('the link leads to a folder around it'));
        else walk(child, [...around, real]);
      }
    }
  };
  walk(folder, [realpathSync(join(root, folder))]);
  return found.sort(compareText);
}

function isFolder(root: string, path: string, entry: Dirent): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  try {
    readdirSync(join(root, path));
    return true;
  } catch {
    return false;
  }
}

/**
 * A folder of the site over the package's: file by file, the site's own goes first. Values are absolute paths, keys relative to the folder.
 * @param onUnreadable takes a folder in it that cannot be listed, by its path from the site's root, or the package's by its absolute one; without it that is an exception
 */
export function overlayFiles(
  packageRoot: string,
  root: string,
  folder: 'templates' | 'public',
  onUnreadable: Finds['onUnreadable'] = (_, error) => {
    throw error;
  },
): Map<string, string> {
  const files = new Map<string, string>();
  for (const base of new Set([packageRoot, root])) {
    const tell: Finds['onUnreadable'] = (path, error) =>
      onUnreadable(base === root ? path : join(base, path), error);
    for (const path of listFiles(base, folder, { onUnreadable: tell }))
      files.set(path.slice(folder.length + 1), join(base, path));
  }
  return new Map([...files].sort(([a], [b]) => compareText(a, b)));
}

/** A file of the templates folder that is no text, a typeface for example, by its path below it. */
export function readTemplateAsset(
  files: ReadonlyMap<string, string>,
  path: string,
): { hash: string; copyFrom: string } | undefined {
  const copyFrom = files.get(path);
  return copyFrom === undefined ? undefined : { hash: hashOf(readFileSync(copyFrom), 'hex'), copyFrom };
}

/** The package's own scripts for pages, compiled, by the path below templates/ at which a site can have another. */
export function scriptFiles(packageRoot: string): Map<string, string> {
  const folder = join(packageRoot, 'lib/scripts');
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  return new Map(names.map(name => [`scripts/${name}`, join(folder, name)]));
}

/** The texts of the templates folder, by path relative to it: HTML, strings, styles and scripts. */
export function readTemplateFiles(files: ReadonlyMap<string, string>): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [name, path] of files) {
    if (/\.(html|ya?ml|css|js)$/.test(name)) texts.set(name, readFileSync(path, 'utf8'));
  }
  return texts;
}
