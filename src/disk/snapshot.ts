/** What the folders of a site hold, without a look into the files: enough to tell whether anything has changed. */
import { join } from 'node:path';
import type { Diagnostic } from '../base/diagnostics.ts';
import { codeKey, hashOf, signatureOf } from '../base/hash.ts';
import { codeFolder } from '../base/package.ts';
import {
  type ContentFiles,
  listContent,
  overlayFiles,
  scriptFiles,
  siteYamlPath,
  unreadable,
} from './content.ts';

export interface SiteInputs {
  content: ContentFiles;
  /** Absolute paths of templates and public files, by their path below the folder. */
  templateFiles: ReadonlyMap<string, string>;
  publicFiles: ReadonlyMap<string, string>;
  /** Of what is there and is no input, or cannot be listed. */
  diagnostics: readonly Diagnostic[];
  /** Of every file: content by its path from the root, the others by their absolute path. Empty for a file that was changed just now. */
  signatures: ReadonlyMap<string, string>;
  /** Of the generator's own code. */
  codeHash: string;
  /** When it was looked at, milliseconds of the epoch. */
  began: number;
}

/** @param listed is told what there is before each file is looked at */
export function readInputs(
  root: string,
  packageRoot: string,
  listed: (content: ContentFiles) => void = () => {},
): SiteInputs {
  const began = Date.now();
  const content = listContent(root);
  listed(content);
  const diagnostics = [...content.diagnostics];
  const overlay = (folder: 'templates' | 'public') =>
    overlayFiles(packageRoot, root, folder, (path, error) => {
      diagnostics.push(unreadable(path, error));
    });
  const templateFiles = new Map([...scriptFiles(packageRoot), ...overlay('templates')]);
  const publicFiles = overlay('public');
  const signatures = new Map<string, string>();
  for (const path of [...content.markdown, ...content.assets, siteYamlPath])
    signatures.set(path, signatureOf(join(root, path), began));
  for (const path of [...templateFiles.values(), ...publicFiles.values()])
    signatures.set(path, signatureOf(path, began));
  return {
    content,
    templateFiles,
    publicFiles,
    diagnostics,
    signatures,
    codeHash: codeKey(codeFolder),
    began,
  };
}

/** A hash of all that a site is made from, or nothing when a file was changed so lately that it may change again unseen. */
export function fingerprintOf(
  { signatures, diagnostics, codeHash }: SiteInputs,
  settings: unknown,
): string | undefined {
  const lines: string[] = [codeHash, JSON.stringify([settings, diagnostics])];
  for (const [path, signature] of signatures) {
    if (signature === '') return undefined;
    lines.push(`${path} ${signature}`);
  }
  return hashOf(lines.join('\n'));
}
