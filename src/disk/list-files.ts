/** Lists the files in a folder and its subfolders. */
import { type Dirent, existsSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { compareText } from '../base/diagnostics.ts';

interface ListEvents {
  /**
   * Receives each symbolic link, by its path relative to the root, instead of following it. Without this
   * callback, links are followed.
   */
  onLink?: (path: string) => void;
  /**
   * Receives a folder that cannot be listed, a link to a folder that contains it, or an entry that is neither a
   * file, a folder nor a link.
   */
  onUnreadable: (path: string, error: unknown) => void;
}

/**
 * Lists files below `folder`, ignoring files and folders whose name begins with a dot.
 * @returns paths relative to `root`, with forward slashes, sorted by UTF-16 unit; empty if the folder does not
 *   exist
 */
export function listFiles(root: string, folder: string, { onLink, onUnreadable }: ListEvents): string[] {
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
  const walk = (path: string, parents: readonly string[]) => {
    for (const entry of entriesOf(path)) {
      if (entry.name.startsWith('.')) continue;
      const child = `${path}/${entry.name}`;
      const isLink = entry.isSymbolicLink();
      if (onLink && isLink) {
        onLink(child);
        continue;
      }
      const kind = kindOf(join(root, child), entry);
      if (kind === 'file') found.push(child);
      else if (kind === 'other') onUnreadable(child, new Error('it is a FIFO or a socket or a device'));
      else {
        const real = isLink ? realpathSync(join(root, child)) : join(parents.at(-1)!, entry.name);
        if (parents.includes(real))
          onUnreadable(child, new Error('the symbolic link leads to a folder that contains it'));
        else walk(child, [...parents, real]);
      }
    }
  };
  walk(folder, [realpathSync(join(root, folder))]);
  return found.sort(compareText);
}

/** Kind of an entry. Links count as what they lead to, and broken links as files. */
function kindOf(path: string, entry: Dirent): 'file' | 'folder' | 'other' {
  const target = entry.isSymbolicLink() ? statsOf(path) : entry;
  if (target?.isDirectory()) return 'folder';
  return !target || target.isFile() ? 'file' : 'other';
}

function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
