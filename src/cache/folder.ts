/** .cache/ below the site's root: it may be deleted at any time. What is lost or damaged is made again. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const listFolder = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);

export const cacheFolderOf = (root: string): string => join(root, '.cache');

export function makeCacheFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(folder, '.gitignore'))) writeFileSync(join(folder, '.gitignore'), '*\n');
}
