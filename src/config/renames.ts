/** Keys whose names have changed, as a table. CHANGELOG.md lists each, and a test compares the two. */

/** Kinds of files that have keys: site.yaml, and front matter by kind of document. */
export type KeyedFile = 'site' | 'article' | 'page' | 'author';

export interface Rename {
  file: KeyedFile;
  /** Path of the old key: the names of the maps that contain it, then its own name. */
  path: readonly string[];
  /** New name of the key. */
  to: string;
  /** Version that introduced the new name. */
  since: string;
}

export const renames: readonly Rename[] = [
  { file: 'site', path: ['look'], to: 'theme', since: '0.1.0' },
  { file: 'site', path: ['rules', 'look-contrast'], to: 'theme-contrast', since: '0.1.0' },
  { file: 'site', path: ['rules', 'look-file'], to: 'theme-file', since: '0.1.0' },
];

/** New names by the old ones, for suggestions. @param parent names of the maps that contain the keys */
export const newNames = (file: KeyedFile, parent: readonly string[] = []): Record<string, string> =>
  Object.fromEntries(
    renames
      .filter(({ file: own, path }) => own === file && path.slice(0, -1).join() === parent.join())
      .map(({ path, to }) => [path.at(-1)!, to]),
  );
