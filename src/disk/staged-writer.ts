/** Writes files into a staging folder. */
import { chmodSync, closeSync, constants, copyFileSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { OutputFile } from '../base/output-file.ts';
import { OutputError } from './output-error.ts';
import { outputSignatureOf } from './signature.ts';
import { createWriteBuffer } from './write-buffer.ts';

/** A file that was written to an output folder. */
export interface StagedFile {
  /** Path relative to the output folder. */
  path: string;
  signature: string;
}

/**
 * Creates a function that creates the parent folder of a file, once per folder.
 * @param folder absolute path of the folder that the files' paths are relative to
 */
export function createParentMaker(folder: string): (path: string) => void {
  const created = new Set<string>();
  return path => {
    const parent = dirname(join(folder, path));
    if (created.has(parent)) return;
    mkdirSync(parent, { recursive: true });
    created.add(parent);
  };
}

/**
 * Creates a function that writes one file, which must not exist yet, into a staging folder. The function throws
 * an OutputError if the path leads out of the folder, and otherwise the file system's error.
 * @param folder absolute path of the staging folder
 */
export function createStagedWriter(folder: string): (file: OutputFile) => StagedFile {
  const makeParent = createParentMaker(folder);
  let open = -1;
  const buffer = createWriteBuffer(bytes => writeFileSync(open, bytes));
  const writeParts = (path: string, parts: readonly string[]) => {
    open = openSync(path, 'wx');
    try {
      for (const part of parts) buffer.add(part);
      buffer.flush();
    } finally {
      closeSync(open);
    }
  };
  return file => {
    const path = join(folder, file.path);
    if (!path.startsWith(folder + sep))
      throw new OutputError(
        `'${file.path}' is outside the output folder. This is a bug in Broadsheet; please report it.`,
      );
    makeParent(file.path);
    if ('text' in file) writeFileSync(path, file.text, { encoding: 'utf8', flag: 'wx' });
    else if ('parts' in file) writeParts(path, file.parts);
    else if ('bytes' in file) writeFileSync(path, file.bytes, { flag: 'wx' });
    else copy(file.copyFrom, path);
    return { path: file.path, signature: outputSignatureOf(path) };
  };
}

/** Copies a file to a new path. The copy has the mode of a new file, because a web server must be able to read it. */
function copy(from: string, to: string): void {
  copyFileSync(from, to, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
  chmodSync(to, 0o666 & ~process.umask());
}
