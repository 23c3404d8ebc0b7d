/** Where the files that documents show and link to are on this machine. */
import { join } from 'node:path';
import type { Snapshot } from '../disk/snapshot.ts';
import type { PictureFiles } from '../media/pictures.ts';

/** Pictures by their paths from the site's root. Those of public/ may be the package's. */
export function pictureFilesOf({ root, signatures, publicFiles }: Snapshot): PictureFiles {
  const publicFile = (source: string) =>
    source.startsWith('public/') ? publicFiles.get(source.slice('public/'.length)) : undefined;
  return {
    absolute: source => publicFile(source) ?? join(root, source),
    signature: source => signatures.get(publicFile(source) ?? source) ?? '',
  };
}
