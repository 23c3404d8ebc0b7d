/** Finds files whose names differ from a given name only in upper and lower case. */
import type { Site } from '../site/model.ts';

/**
 * Creates a function that finds the existing file for a path in the wrong case. It lists the site's files on the
 * first call, because most sites contain no such path.
 * @returns a function from a path to the file's real path; undefined if there is no such file
 */
export function createCaseFinder(site: Site): (path: string) => string | undefined {
  let files: Map<string, string> | undefined;
  return path => {
    files ??= new Map(filesOf(site).map(file => [file.toLowerCase(), file]));
    return files.get(path.toLowerCase());
  };
}

function filesOf({ assets, entries, withheld, flawed, authorFiles, publicFiles }: Site): string[] {
  return [
    ...assets,
    ...entries.keys(),
    ...withheld.keys(),
    ...flawed.keys(),
    ...[...authorFiles.values()].map(({ source }) => source),
    ...[...publicFiles].map(file => `public/${file}`),
  ];
}
