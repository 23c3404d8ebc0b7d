/** Old outputs, caches and corpora, out of the way of a build without being deleted before it. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Deleting thousands of files slows down the build that follows: ext4 without a journal does not give out an inode that was
 * freed in the last minutes, and looks at each of these again for every new file. So a run moves things aside, and deletes
 * them when it has measured all.
 *
 * @param {string} work the folder that all is in, on the same disk
 */
export function createTrash(work) {
  const folder = join(work, 'trash');
  let count = 0;
  return {
    /** Moves a file or folder here, if it is there. */
    put(path) {
      if (!existsSync(path)) return;
      mkdirSync(folder, { recursive: true });
      renameSync(path, join(folder, `${process.pid}-${Date.now()}-${count++}`));
    },
    /** For the end of a run: deletes what it has moved here, and what a run that was broken off has left. */
    empty() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
