/** Messages about the contents of a site's folders, and about its output folder. */
import type { Catalog } from '../base/diagnostics.ts';

/** Messages by code. */
export const diskMessages = {
  'content-symlink':
    'Symbolic links are not allowed in content/. Replace the link with a copy of its target, or remove it.',
  'content-extension': "Names of Markdown files must end in '.md', in lowercase letters. Rename the file.",
  'file-unreadable': ({ cause }: { cause: string }) =>
    `This file or folder cannot be read (${cause}). Fix its permissions, or replace it with a regular file.`,
  'file-unreadable/absent':
    'This file cannot be found: it is a broken symbolic link, or it was removed during the build. Fix the link or restore the file, then build again.',
  // The message of an OutputError is already complete.
  output: ({ message }: { message: string }) => message,
} satisfies Catalog;

type DiskMessages = typeof diskMessages;
declare module '../base/diagnostics.ts' {
  interface Messages extends DiskMessages {}
}
