/** What a deployment needs from the place that it writes to. Each kind of target has a file of its own. */

/** Thrown if a deployment cannot go on. The message says why, and what to do. */
export class DeployError extends Error {
  override name = 'DeployError';
}

/** File of a target in which a deployment records what it has written. */
export const stateFile = '.broadsheet-deploy.json';

/** File of a target that keeps a second deployment from starting. */
export const lockFile = '.broadsheet-deploy.lock';

/** A file to write, and its kind of content for targets that serve it. */
export interface Upload {
  /** Path below the target's root, with forward slashes. */
  path: string;
  /** MD5 of its content, in hex. */
  hash: string;
}

export interface Target {
  /** The target as the user wrote it, for messages. */
  readonly name: string;
  /**
   * Lists all files. Each has a tag that changes with its content: its MD5 in hex, or a tag of the store.
   * @throws DeployError if the target does not exist, or refuses access
   */
  list(): Promise<Map<string, string>>;
  /**
   * Writes files, each in one step, so that readers see either the old content or the new.
   * @param folder absolute path of the folder that contains the files
   * @returns the tags of the files
   */
  write(folder: string, files: readonly Upload[]): Promise<Map<string, string>>;
  remove(paths: readonly string[]): Promise<void>;
  /** Reads a small file. @returns undefined if it does not exist */
  read(path: string): Promise<string | undefined>;
  /**
   * Writes a small file.
   * @param isNew whether the file must not exist yet
   * @returns whether it was written
   * @throws DeployError if the target does not exist, or refuses access
   */
  save(path: string, text: string, isNew?: boolean): Promise<boolean>;
}
