/** Renames keys in the files of a site. */
import { join } from 'node:path';
import { configPath } from '../config/paths.ts';
import { type RenamedKey, type RenameProblem, renameKeys } from '../config/rename-keys.ts';
import { renames as allRenames, type KeyedFile, type Rename } from '../config/renames.ts';
import { listContent } from '../disk/content.ts';
import { exists, readText, replaceText } from '../disk/files.ts';

/** With the path of the file, relative to the site's root. */
type InFile<Report> = Report & { file: string };

export interface UpgradedContent {
  renamed: InFile<RenamedKey>[];
  problems: InFile<RenameProblem>[];
  /** Number of files with renamed keys. */
  files: number;
}

/**
 * Renames every old key in content/. Leaves files with merge conflicts or mistakes in their YAML unchanged, and
 * reports them.
 * @param root absolute path of the site's folder
 * @param isDry whether to change no file
 */
export function upgradeContent(
  root: string,
  { isDry, renames = allRenames }: { isDry: boolean; renames?: readonly Rename[] },
): UpgradedContent {
  const result: UpgradedContent = { renamed: [], problems: [], files: 0 };
  const kinds = new Set(renames.map(({ file }) => file));
  for (const [file, kind] of keyedFiles(root)) {
    if (!kinds.has(kind)) continue;
    const path = join(root, file);
    const { text, renamed, problems } = renameKeys(readText(path), kind, renames);
    result.renamed.push(...renamed.map(key => ({ ...key, file })));
    result.problems.push(...problems.map(problem => ({ ...problem, file })));
    if (renamed.length === 0) continue;
    result.files++;
    if (!isDry) replaceText(path, text);
  }
  return result;
}

const folders: readonly [folder: string, kind: KeyedFile][] = [
  ['content/articles/', 'article'],
  ['content/pages/', 'page'],
  ['content/authors/', 'author'],
];

function* keyedFiles(root: string): Generator<[path: string, kind: KeyedFile]> {
  if (exists(join(root, configPath))) yield [configPath, 'site'];
  for (const path of listContent({ root }).markdown) {
    const kind = folders.find(([folder]) => path.startsWith(folder))?.[1];
    if (kind) yield [path, kind];
  }
}
