/** Looks at what `broadsheet import` was given. */
import { basename, dirname } from 'node:path';
import { didYouMean } from '../base/suggestions.ts';
import { exists, isFile, readStart } from '../disk/files.ts';
import { listFiles } from '../disk/list-files.ts';
import { ImportError } from './import-error.ts';
import type { ImportSource, Reader } from './model.ts';
import { readers } from './readers.ts';

/** Number of bytes that readers see to recognize a file. */
const headSize = 20_000;

/** Describes a source. @throws ImportError if it does not exist */
export function openSource(path: string): ImportSource {
  if (!exists(path)) throw new ImportError(`${path} does not exist. Correct the path.`);
  if (isFile(path))
    return { path, isFolder: false, files: [], head: readStart(path, headSize).toString('utf8') };
  const name = basename(path);
  const files = listFiles(dirname(path), name, { onUnreadable() {} }).map(file =>
    file.slice(name.length + 1),
  );
  return { path, isFolder: true, files, head: '' };
}

/** Finds the reader of a source. @throws ImportError if there is none */
export function readerOf(source: ImportSource, name: string | undefined): Reader {
  const known = readers.map(reader => reader.name).join(', ');
  if (name !== undefined) {
    const reader = readers.find(candidate => candidate.name === name);
    if (!reader)
      throw new ImportError(
        `There is no reader '${name}'. ${didYouMean(
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
