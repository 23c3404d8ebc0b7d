/** Messages about the contents of a site's folders, and about its output folder. */
import type { Catalog } from '../base/diagnostics.ts';

/** Messages by code. */
export const diskMessages = {
  'content-symlink':
    'This is a symbolic link, and content/ may contain only files. Put a copy of the file here.',
  'content-extension': "Only names that end in '.md' are read. Rename the file.",
  'file-unreadable': ({ cause }: { cause: string }) =>
    `It cannot be read (${cause}). Put a plain file in its place, and let this account read it.`,
  // Message of an OutputError, which is worded where it is thrown.
  output: ({ message }: { message: string }) => message,
} satisfies Catalog;

type DiskMessages = typeof diskMessages;
declare module '../base/diagnostics.ts' {
  interface Messages extends DiskMessages {}
}
