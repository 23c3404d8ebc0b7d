/**
 * The snapshot stage: lists the files of a site without reading them, which is enough to tell whether
 * anything changed.
 */
import { join } from 'node:path';
import type { Diagnostic } from '../base/diagnostics.ts';
import { hashOf } from '../base/hash.ts';
import { codeFolder } from '../base/package.ts';
import { configPath } from '../config/paths.ts';
import { type ContentFiles, listContent, type SourceFolder } from './content.ts';
import { codeHashOf, signatureOf } from './signature.ts';
import { overlayFiles, scriptFiles } from './templates.ts';
import { unreadable } from './unreadable.ts';

export interface Snapshot extends SourceFolder {
  /** Absolute path of the package's root folder. */
  packageRoot: string;
  content: ContentFiles;
  /** Absolute paths of templates, by path below templates/. `publicFiles` has those of public/. */
  templateFiles: ReadonlyMap<string, string>;
  publicFiles: ReadonlyMap<string, string>;
  /** Problems found while listing the folders. */
  diagnostics: readonly Diagnostic[];
  /**
   * Signature of every file (see `signatureOf`), or a hash of its unsaved text. Content has paths relative to
   * the root; other files have absolute paths.
   */
  signatures: ReadonlyMap<string, string>;
  /** Hash of the generator's own code. */
  codeHash: string;
  /** When listing began, in milliseconds since the epoch. */
  began: number;
}

export interface SnapshotOptions extends SourceFolder {
  /**
   * Absolute path of the package's root folder. The site's templates and public files override the package's.
   */
  packageRoot: string;
  /** Receives the list of files before their signatures are read, so that other work can start meanwhile. */
  onListed?: ((content: ContentFiles) => void) | undefined;
}

/** Lists the folders of a site and reads the signatures of their files. */
export function takeSnapshot({ root, packageRoot, unsaved, onListed }: SnapshotOptions): Snapshot {
  const began = Date.now();
  const content = listContent({ root, unsaved });
  onListed?.(content);
  const diagnostics = [...content.diagnostics];
  const overlay = (folder: 'templates' | 'public') =>
    overlayFiles(packageRoot, root, folder, (path, error) => {
      diagnostics.push(unreadable(path, error));
    });
  const templateFiles = new Map([...scriptFiles(packageRoot), ...overlay('templates')]);
  const publicFiles = overlay('public');
  const signatures = new Map<string, string>();
  for (const path of [...content.markdown, ...content.assets, configPath]) {
    const text = unsaved?.get(path);
    signatures.set(path, text ? `unsaved ${hashOf(text)}` : signatureOf(join(root, path), began));
  }
  for (const path of [...templateFiles.values(), ...publicFiles.values()])
    signatures.set(path, signatureOf(path, began));
  return {
    root,
    packageRoot,
    unsaved,
    content,
    templateFiles,
    publicFiles,
    diagnostics,
    signatures,
    codeHash: codeHashOf(codeFolder),
    began,
  };
}

/**
 * Hash of a site's inputs.
 * @param settings other values that the result depends on, as JSON
 * @param isIncluded whether to include a file; by default, all files are included
 * @returns undefined if a file cannot be read, or changed so recently that it may change again unnoticed
 */
export function hashSnapshot(
  { signatures, diagnostics, codeHash }: Snapshot,
  settings: unknown,
  isIncluded: (path: string) => boolean = () => true,
): string | undefined {
  const lines: string[] = [codeHash, JSON.stringify([settings, diagnostics])];
  for (const [path, signature] of signatures) {
    if (!isIncluded(path)) continue;
    if (signature === '') return undefined;
    lines.push(`${path} ${signature}`);
  }
  return hashOf(lines.join('\n'));
}
