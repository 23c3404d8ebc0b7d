/** Keeps the last known state of folders, watches each folder, and finds out what has changed. */
import {
  type BigIntStats,
  type Dirent,
  type FSWatcher,
  lstatSync,
  readdirSync,
  statSync,
  watch,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

interface Folder {
  /**
   * Device, inode and creation time. The time distinguishes a new folder that reuses a removed one's inode.
   */
  identity: string;
  /** Names of the entries that belong to the tree. */
  names: Set<string>;
}

export interface FolderTreeOptions {
  /** Whether a path, which may not exist, belongs to the tree. */
  includes(path: string): boolean;
  /** Called when something may have happened at a path; `scan` finds out what. */
  onEvent(path: string): void;
  /** Called when the system cannot watch a folder, for example because too many are watched. */
  onError(error: Error): void;
}

/**
 * Watches every folder separately, because Node's recursive watching on Linux loses folders that are removed
 * and restored. A folder's watcher is created before the folder is listed, so a file that is added meanwhile
 * is either listed or causes an event.
 */
export class FolderTree {
  readonly #options: FolderTreeOptions;
  readonly #folders = new Map<string, Folder>();
  /** Identity, size and times of files, by absolute path. */
  readonly #files = new Map<string, string>();
  /** Watchers of folders, and of files that symbolic links point to. */
  readonly #watchers = new Map<string, FSWatcher>();

  constructor(options: FolderTreeOptions) {
    this.#options = options;
  }

  /** Kind of entry last seen at a path; undefined if it did not exist. */
  kindOf(path: string): 'file' | 'folder' | undefined {
    if (this.#folders.has(path)) return 'folder';
    return this.#files.has(path) ? 'file' : undefined;
  }

  /**
   * Compares a path and everything below it with the last known state, which it then updates.
   * @param renew whether to recreate the folders' watchers, because the folders may have been replaced
   * @returns absolute paths of the files that were added, changed or removed
   */
  scan(path: string, renew: boolean): string[] {
    const changed: string[] = [];
    this.#scan({ path, renew, isLink: isLink(path), around: [] }, changed);
    this.#folders.get(dirname(path))?.names.add(basename(path));
    return changed;
  }

  close(): void {
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  #scan(at: { path: string; renew: boolean; isLink: boolean; around: readonly string[] }, changed: string[]) {
    const { path, renew, isLink, around } = at;
    const stats = statsOf(path);
    const identity = stats && `${stats.dev}.${stats.ino}.${stats.birthtimeNs}`;
    if (!stats?.isDirectory()) {
      this.#forgetFolder(path, changed);
      const stamp = stats && `${identity}.${stats.size}.${stats.mtimeNs}.${stats.ctimeNs}`;
      if (stamp !== this.#files.get(path)) changed.push(path);
      if (stamp === undefined) this.#forgetFile(path);
      else this.#files.set(path, stamp);
      if (stamp !== undefined && isLink && (renew || !this.#watchers.has(path))) this.#watch(path);
      return;
    }
    if (this.#files.has(path)) {
      changed.push(path);
      this.#forgetFile(path);
    }
    // A symbolic link can point to a folder that contains it. Scanning that folder again would never end.
    if (around.includes(identity!)) return;
    const known = this.#folders.get(path);
    if (renew || known?.identity !== identity || !this.#watchers.has(path)) this.#watch(path);
    const entries = this.#list(path);
    const names = new Set(entries.map(({ name }) => name));
    this.#folders.set(path, { identity: identity!, names });
    for (const name of known?.names ?? []) if (!names.has(name)) this.#forget(join(path, name), changed);
    for (const entry of entries)
      this.#scan(
        {
          path: join(path, entry.name),
          renew,
          isLink: entry.isSymbolicLink(),
          around: [...around, identity!],
        },
        changed,
      );
  }

  #list(path: string): Dirent[] {
    try {
      return readdirSync(path, { withFileTypes: true }).filter(({ name }) =>
        this.#options.includes(join(path, name)),
      );
    } catch {
      // The folder was just removed, or it cannot be read, which the build reports.
      return [];
    }
  }

  #forget(path: string, changed: string[]): void {
    this.#forgetFolder(path, changed);
    if (!this.#files.has(path)) return;
    changed.push(path);
    this.#forgetFile(path);
  }

  #forgetFile(path: string): void {
    this.#files.delete(path);
    this.#unwatch(path);
  }

  #forgetFolder(path: string, changed: string[]): void {
    const folder = this.#folders.get(path);
    if (!folder) return;
    this.#folders.delete(path);
    this.#unwatch(path);
    for (const name of folder.names) this.#forget(join(path, name), changed);
  }

  #watch(path: string): void {
    this.#unwatch(path);
    const { onEvent, onError } = this.#options;
    try {
      const watcher = watch(path, { persistent: false }, (_, name) => {
        const isFolder = this.#folders.has(path);
        // The event for a folder's removal carries the folder's own name, so the folder is scanned too.
        if (!isFolder || name === null || name === basename(path)) onEvent(path);
        if (isFolder && name !== null) onEvent(join(path, name));
      });
      // Windows reports the removal of a watched folder as an error.
      watcher.on('error', () => {
        this.#unwatch(path);
        onEvent(path);
      });
      this.#watchers.set(path, watcher);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') onError(error as Error);
    }
  }

  #unwatch(path: string): void {
    this.#watchers.get(path)?.close();
    this.#watchers.delete(path);
  }
}

function statsOf(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true });
  } catch {
    return undefined;
  }
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}
