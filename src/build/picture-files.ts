/** Locations of the files that documents show and link to. */
import { join } from 'node:path';
import type { Snapshot } from '../disk/snapshot.ts';
import type { PictureFiles } from '../media/pictures.ts';

/**
 * Creates the lookup of picture files by path relative to the site's root. A path in public/ may lead to a
 * file of the package.
 */
export function pictureFilesOf({ root, signatures, publicFiles }: Snapshot): PictureFiles {
  const publicFile = (source: string) =>
    source.startsWith('public/') ? publicFiles.get(source.slice('public/'.length)) : undefined;
  return {
    absolute: source => publicFile(source) ?? join(root, source),
    signature: source => signatures.get(publicFile(source) ?? source) ?? '',
  };
}
