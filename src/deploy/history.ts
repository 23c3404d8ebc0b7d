/** The sites that the last two deployments wrote, kept in .cache/ so that the previous one can be restored. */
import { join } from 'node:path';
import { hashOf } from '../base/hash.ts';
import { cacheFolderOf, makeCacheFolder } from '../disk/cache-folder.ts';
import { isFolder, linkFolder, move, remove } from '../disk/files.ts';

export interface History {
  /** Absolute paths of the sites that the last two deployments wrote, which may not exist. */
  readonly current: string;
  readonly previous: string;
  hasPrevious(): boolean;
  /** Keeps a site as the current one, and the current one as the previous one. */
  keep(folder: string): void;
}

/** Opens the history of a target. */
export function openHistory(root: string, targetName: string): History {
  const cache = cacheFolderOf(root);
  const folder = join(cache, 'deployments', hashOf(targetName, 'hex'));
  const [previous, current] = [join(folder, 'previous'), join(folder, 'current')];
  return {
    current,
    previous,
    hasPrevious: () => isFolder(previous),
    keep(site) {
      makeCacheFolder(cache);
      const fresh = join(folder, 'new');
      remove(fresh);
      linkFolder(site, fresh);
      remove(previous);
      if (isFolder(current)) move(current, previous);
      move(fresh, current);
    },
  };
}
