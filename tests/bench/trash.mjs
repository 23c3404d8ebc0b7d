/** Moves old outputs, caches and corpora aside, so that they are not deleted before a build. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Creates a folder for old files, which `empty` deletes after all measurements. Deleting thousands of files
 * earlier would slow down the next build: ext4 without a journal does not reuse an inode that was freed in
 * the last few minutes, and checks each of these again for every new file.
 * @param {string} work the working folder, on the same disk
 */
export function createTrash(work) {
  const folder = join(work, 'trash');
  let count = 0;
  return {
    /** Moves a file or folder here, if it exists. */
    put(path) {
      if (!existsSync(path)) return;
      mkdirSync(folder, { recursive: true });
      renameSync(path, join(folder, `${process.pid}-${Date.now()}-${count++}`));
    },
    /**
     * Deletes everything that this run has moved here, and leftovers of interrupted runs. Call at the end of
     * a run.
     */
    empty() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
