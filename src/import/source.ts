/** Looks at what `broadsheet import` was given. */
import { basename, dirname, join } from 'node:path';
import { compareText } from '../base/diagnostics.ts';
import { didYouMean } from '../base/suggestions.ts';
import { exists, isFile, isFolder, realPath } from '../disk/files.ts';
import { listFiles } from '../disk/list-files.ts';
import { ImportError } from './import-error.ts';
import type { ImportSource, Reader } from './model.ts';
import { readers } from './readers.ts';
import { startOfFile } from './start-of-file.ts';

/** Describes a source. @throws ImportError if it does not exist */
export function openSource(path: string): ImportSource {
  if (!exists(path)) throw new ImportError(`${path} does not exist. Correct the path.`);
  if (isFile(path)) return { path, isFolder: false, files: [], unreadable: [], head: startOfFile(path) };
  if (!isFolder(path)) throw new ImportError(`${path} is neither a file nor a folder. Correct the path.`);
  const unreadable: ImportSource['unreadable'][number][] = [];
  const nameIn = (file: string) => file.slice(basename(path).length + 1);
  const listed = listFiles(dirname(path), basename(path), {
    onUnreadable: (file, error) =>
      unreadable.push({
        file: nameIn(file),
        reason: `It cannot be read: ${(error as Error).message}. Remove it.`,
      }),
  });
  const problems = linkProblems(path);
  unreadable.push(...[...problems].map(([file, reason]) => ({ file, reason })));
  const isUsable = (file: string) =>
    ![...problems.keys()].some(link => file === link || file.startsWith(`${link}/`));
  const files = listed.map(nameIn).filter(isUsable);
  if (files.length === 0 && unreadable.length === 0)
    throw new ImportError(
      `${path} contains no files. Name the file or the folder that the other system wrote.`,
    );
  return { path, isFolder: true, files, unreadable: unreadable.toSorted(byFile), head: '' };
}

const byFile = (a: { file: string }, b: { file: string }): number => compareText(a.file, b.file);

/** Symbolic links that lead nowhere or out of a folder, and what to do about each. */
function linkProblems(path: string): ReadonlyMap<string, string> {
  const problems = new Map<string, string>();
  const root = realPath(path);
  const check = (link: string) => {
    const file = link.slice(basename(path).length + 1);
    if (!exists(join(path, file)))
      problems.set(file, 'The symbolic link leads nowhere. Remove it, or restore what it leads to.');
    else if (!`${realPath(join(path, file))}/`.startsWith(`${root}/`))
      problems.set(
        file,
        'The symbolic link leads out of the folder, so it is not followed. Copy what it leads to into the folder.',
      );
  };
  listFiles(dirname(path), basename(path), { onLink: check, onUnreadable() {} });
  return problems;
}

/** Finds the reader of a source. @throws ImportError if no reader recognizes it */
export function readerOf(source: ImportSource, name: string | undefined): Reader {
  const known = readers.map(reader => reader.name).join(', ');
  if (name !== undefined) {
    const reader = readers.find(candidate => candidate.name === name);
    if (!reader)
      throw new ImportError(
        `Unknown reader '${name}'. ${didYouMean(
          name,
          readers.map(({ name }) => name),
          'Correct --from',
        )}`,
      );
    return reader;
  }
  const reader = readers.find(candidate => candidate.detect(source));
  if (!reader)
    throw new ImportError(
      `It is not clear which system wrote ${source.path}. Name it with --from, as one of: ${known}. The manual says which file or folder each needs.`,
    );
  return reader;
}
