/** Where the running copy of Broadsheet comes from. */
import { basename, dirname, join, relative, resolve } from 'node:path';
import { exists, readText } from '../disk/files.ts';

/** The part of npm's list of installed packages that is read here. */
interface InstalledPackages {
  packages?: Record<string, { resolved?: string } | undefined>;
}

/**
 * Finds what a new site's package.json has to say so that npm installs this copy of Broadsheet.
 * @param root absolute path of the new site
 * @returns the exact version, if this copy comes from a registry; otherwise the packed file, the folder or the Git
 * repository that it was installed from
 */
export function ownSpec(packageRoot: string, root: string): string {
  const { version } = JSON.parse(readText(join(packageRoot, 'package.json'))) as { version: string };
  const nodeModules = dirname(packageRoot);
  const file = (path: string) => `file:${relative(root, path).replaceAll('\\', '/')}`;
  if (basename(nodeModules) !== 'node_modules') return file(packageRoot);
  const resolved = resolvedIn(nodeModules);
  if (resolved?.startsWith('git')) return resolved;
  if (!resolved?.startsWith('file:')) return version;
  const source = resolve(dirname(nodeModules), resolved.slice('file:'.length));
  return exists(source) ? file(source) : version;
}

function resolvedIn(nodeModules: string): string | undefined {
  const list = join(nodeModules, '.package-lock.json');
  if (!exists(list)) return undefined;
  const { packages } = JSON.parse(readText(list)) as InstalledPackages;
  return packages?.['node_modules/broadsheet']?.resolved;
}
