/** Locations of the files that documents show and link to. */
import { join } from 'node:path';
import type { Snapshot } from '../disk/snapshot.ts';
import type { PictureFiles } from '../media/pictures.ts';

/** Finds pictures by path relative to the site's root. Files in public/ may belong to the package. */
export function pictureFilesOf({ root, signatures, publicFiles }: Snapshot): PictureFiles {
  const publicFile = (source: string) =>
    source.startsWith('public/') ? publicFiles.get(source.slice('public/'.length)) : undefined;
  return {
    absolute: source => publicFile(source) ?? join(root, source),
    signature: source => signatures.get(publicFile(source) ?? source) ?? '',
  };
}
