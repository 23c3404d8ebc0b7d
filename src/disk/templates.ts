/** Reads templates/ and public/. Files of the site override those of the package. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { compareText } from '../base/diagnostics.ts';
import { hashOf } from '../base/hash.ts';
import { packageRoot } from '../base/package.ts';
import { listFiles } from './list-files.ts';

/** Name under which `overlayFiles` keeps a file of the package that the site's file extends. */
export const packageFile = (name: string): string => `(package)/${name}`;

/**
 * Lists a folder of the package, overlaid with the same folder of the site. The package's strings stay available,
 * because a site's own file need contain only the strings that it changes.
 * @param onUnreadable receives a folder that cannot be listed: a path relative to the site's root, or an
 *   absolute path in the package. By default, the error is thrown.
 * @returns absolute paths by path relative to the folder
 */
export function overlayFiles(
  packageRoot: string,
  root: string,
  folder: 'templates' | 'public',
  onUnreadable: (path: string, error: unknown) => void = (_, error) => {
    throw error;
  },
): Map<string, string> {
  const files = new Map<string, string>();
  for (const base of new Set([packageRoot, root])) {
    const paths = listFiles(base, folder, {
      onUnreadable: (path, error) => onUnreadable(base === root ? path : join(base, path), error),
    });
    for (const path of paths) {
      const name = path.slice(folder.length + 1);
      const replaced = files.get(name);
      if (replaced !== undefined && name.startsWith('strings/')) files.set(packageFile(name), replaced);
      files.set(name, join(base, path));
    }
  }
  return new Map([...files].sort(([a], [b]) => compareText(a, b)));
}

/** Lists the package's templates, scripts and other files that a site can replace, by path below templates/. */
export function listShippedTemplates(packageRoot: string): string[] {
  // The snapshot reports folders that cannot be read.
  const names = listFiles(packageRoot, 'templates', { onUnreadable: () => {} }).map(path =>
    path.slice('templates/'.length),
  );
  return [...names, ...scriptFiles(packageRoot).keys()];
}

/** The package's compiled page scripts, by the path below templates/ at which a site can override them. */
export function scriptFiles(packageRoot: string): Map<string, string> {
  const folder = join(packageRoot, 'lib/scripts');
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  return new Map(names.map(name => [`scripts/${name}`, join(folder, name)]));
}

/**
 * Reads the text files of the templates folder (HTML, strings, styles and scripts), by path relative to it.
 */
export function readTemplateFiles(files: ReadonlyMap<string, string>): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [name, path] of files) {
    if (/\.(html|ya?ml|css|js)$/.test(name)) texts.set(name, readFileSync(path, 'utf8'));
  }
  return texts;
}

/**
 * Hash and absolute path of a binary file in the templates folder, such as a font; undefined if it does not
 * exist.
 */
export function readTemplateAsset(
  files: ReadonlyMap<string, string>,
  path: string,
): { hash: string; copyFrom: string } | undefined {
  const copyFrom = files.get(path);
  return copyFrom === undefined ? undefined : { hash: hashOf(readFileSync(copyFrom), 'hex'), copyFrom };
}

/**
 * Reads a font for link preview cards.
 * @param module module specifier of the font file, which esbuild.config.mjs copies into lib/fonts/
 */
export const readFont = (module: string): Buffer =>
  readFileSync(join(packageRoot, 'lib/fonts', basename(module)));
