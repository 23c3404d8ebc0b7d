/** A folder of this machine as the target of a deployment, such as the root of a web server. */
import { join } from 'node:path';
import {
  copyWhole,
  createOnly,
  isFile,
  isFolder,
  listAllFiles,
  md5Of,
  readText,
  removeWithFolders,
  writeWhole,
} from '../disk/files.ts';
import { DeployError, type Target } from './target.ts';

/** Creates the target. @param folder absolute path */
export function folderTarget(folder: string): Target {
  const requireFolder = () => {
    if (!isFolder(folder))
      throw new DeployError(
        `The folder ${folder} does not exist. Create it, or correct the path after --to.`,
      );
  };
  return {
    name: folder,
    async list() {
      requireFolder();
      return new Map(listAllFiles(folder).map(path => [path, md5Of(join(folder, path))]));
    },
    async write(from, files) {
      for (const { path } of files) copyWhole(join(from, path), join(folder, path));
      return new Map(files.map(({ path, hash }) => [path, hash]));
    },
    async remove(paths) {
      for (const path of paths) removeWithFolders(folder, path);
    },
    async read(path) {
      return isFile(join(folder, path)) ? readText(join(folder, path)) : undefined;
    },
    async save(path, text, isNew = false) {
      requireFolder();
      if (isNew) return createOnly(join(folder, path), text);
      writeWhole(join(folder, path), text);
      return true;
    },
  };
}
