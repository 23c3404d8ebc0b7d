/** Watches folders, even if they are removed, restored or replaced. */
import { relative, sep } from 'node:path';
import { FolderTree } from './folder-tree.ts';

export interface WatchedRoot {
  /** Absolute path of the folder that contains the watched folders. */
  root: string;
  /** Names of the watched folders in it. They need not exist. */
  folders: readonly string[];
}

export interface WatchEvents {
  /** Receives the absolute paths of files that were added, changed or removed, once writing pauses. */
  changed(paths: ReadonlySet<string>): void;
  /**
   * Called once, when the system cannot watch all folders. From then on, the folders are compared every two
   * seconds instead.
   */
  failed(error: Error): void;
}

/** Milliseconds without an event after which a save counts as complete. */
const pause = 10;

/** Milliseconds after which changes are reported even if writing continues. */
const longestPause = 1_000;

/**
 * Number of events above which all folders are compared: Linux silently drops events when more than 16,384
 * are queued.
 */
const burst = 500;

/** Milliseconds between two comparisons when folders cannot be watched. */
const pollInterval = 2_000;

/**
 * Watches the named folders of each root, except hidden files in them. Follows symbolic links. An event only
 * says where to look: changes are found by comparing the disk with its last known state.
 */
export function watchFolders(roots: readonly WatchedRoot[], events: WatchEvents): { close(): void } {
  /** Paths that had events, in the order of their first event. */
  const pending = new Set<string>();
  let count = 0;
  let firstEvent = 0;
  let timer: NodeJS.Timeout | undefined;
  let poll: NodeJS.Timeout | undefined;

  const tree = new FolderTree({
    includes: path => isWatched(path, roots),
    onEvent(path) {
      if (!isWatched(path, roots)) return;
      if (pending.size === 0) firstEvent = performance.now();
      pending.add(path);
      count++;
      if (timer && performance.now() - firstEvent > longestPause) return;
      clearTimeout(timer);
      timer = setTimeout(flush, pause);
    },
    onError(error) {
      if (poll) return;
      poll = setInterval(() => report(scanAll(false)), pollInterval).unref();
      events.failed(error);
    },
  });
  const scanAll = (renew: boolean) => roots.flatMap(({ root }) => tree.scan(root, renew));
  const report = (paths: Iterable<string>) => {
    const changed = new Set(paths);
    if (changed.size > 0) events.changed(changed);
  };
  const flush = () => {
    const paths = [...pending];
    const isBurst = count > burst;
    pending.clear();
    count = 0;
    timer = undefined;
    const wasFolder = paths.some(path => tree.kindOf(path) === 'folder');
    const changed = paths.flatMap(path => tree.scan(path, true));
    const files = paths.filter(path => tree.kindOf(path) === 'file');
    // A replaced folder may have lost events, and a burst may have lost events of any folder.
    report([...changed, ...files, ...(isBurst || wasFolder ? scanAll(isBurst) : [])]);
  };

  scanAll(false);
  return {
    close() {
      clearTimeout(timer);
      clearInterval(poll);
      tree.close();
    },
  };
}

function isWatched(path: string, roots: readonly WatchedRoot[]): boolean {
  return roots.some(({ root, folders }) => {
    const [first, ...rest] = relative(root, path).split(sep);
    return first === '' || (folders.includes(first!) && !rest.some(name => name.startsWith('.')));
  });
}
