/** Finds files and folders that nothing reads, because their names are wrong. */
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { createDiagnostic, type Diagnostic } from '../base/diagnostics.ts';
import { suggest } from '../base/suggestions.ts';

/** Folders of content/ whose Markdown files are compiled. */
const sourceFolders = ['articles', 'pages', 'authors'];

/** Other names for the folder of the stories, as other generators and newsrooms use them. */
const articleFolders = /^_?(?:articles?|artikel|blog|contents?|news|notes?|posts?|stor(?:y|ies))$/i;

const markdownName = /\.(?:markdown|mdown|mkd|mdx|md)$/i;

/** Names of files that are meant for people or programs other than Broadsheet. */
const ignoredName =
  /^(?:(?:readme|license|contributing)(?:\.\w+)?|thumbs\.db|desktop\.ini|icon\r|~\$.*|#.*#|.*~|.*\.(?:bak|orig|rej|sw[op]|tmp))$/i;

/** Whether to ignore a file: a README, or a temporary file of a word processor, an editor or the system. */
export const isIgnored = (path: string): boolean => ignoredName.test(basename(path));

/** Whether a file in content/ is compiled: an article, a standing page or an author. */
export function isSource(path: string): boolean {
  const folder = folderOf(path);
  if (folder === undefined || !sourceFolders.includes(folder) || !path.endsWith('.md')) return false;
  return folder === 'pages' || !isIgnored(path);
}

/** Name of the folder of content/ that contains a file; undefined if the file is directly in content/. */
const folderOf = (path: string): string | undefined => /^content\/([^/]+)\//.exec(path)?.[1];

/**
 * Reports the Markdown and YAML files in content/ that are not read, and what was probably meant.
 * @param files paths relative to the site's root
 */
export function reportUnread(files: readonly string[]): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const folders = new Map<string, number>();
  for (const file of files) {
    if (file === 'content/pages/index.md')
      diagnostics.push(createDiagnostic(file, 'warning', 'content-unread/front', undefined));
    if (isSource(file) || isIgnored(file)) continue;
    const folder = folderOf(file);
    const isKnown = folder !== undefined && sourceFolders.includes(folder);
    if (/^content\/site\.ya?ml\.txt$/i.test(file))
      diagnostics.push(createDiagnostic(file, 'error', 'content-unread/settings-text', undefined));
    else if (/\.ya?ml$/i.test(file)) {
      if (file !== 'content/site.yaml') diagnostics.push(unreadYaml(file));
    } else if (isKnown && (markdownName.test(file) || /\.md\.txt$/i.test(file)))
      diagnostics.push(createDiagnostic(file, 'error', 'content-extension', undefined));
    else if (!markdownName.test(file)) continue;
    else if (folder === undefined)
      diagnostics.push(createDiagnostic(file, 'error', 'content-unread/file', undefined));
    else folders.set(folder, (folders.get(folder) ?? 0) + 1);
  }
  for (const [folder, count] of folders) {
    const suggestion = articleFolders.test(folder)
      ? { nearest: 'articles' }
      : suggest(folder.toLowerCase(), sourceFolders);
    diagnostics.push(
      createDiagnostic(`content/${folder}`, 'error', 'content-unread/folder', undefined, {
        count,
        meant: 'nearest' in suggestion ? suggestion.nearest : undefined,
      }),
    );
  }
  return diagnostics;
}

const unreadYaml = (file: string): Diagnostic =>
  /^content\/site\.ya?ml$/i.test(file)
    ? createDiagnostic(file, 'error', 'content-unread/settings', undefined)
    : createDiagnostic(file, 'warning', 'content-unread/yaml', undefined);

/**
 * Reports a folder that was probably meant to be content/, if that folder does not exist.
 * @param root absolute path of the site's folder
 */
export function reportMisnamedContent(root: string): Diagnostic[] {
  const names = listNames(root);
  if (names.includes('content')) return [];
  return names
    .filter(name => /^contents?$/i.test(name))
    .map(name => createDiagnostic(name, 'error', 'content-unread/content', undefined));
}

function listNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // The missing site.yaml is reported.
    return [];
  }
}
