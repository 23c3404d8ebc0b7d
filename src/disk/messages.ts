/** Messages about what the folders of a site hold, and about its output folder. */
import type { Catalog } from '../base/diagnostics.ts';

/** By code. */
export const diskMessages = {
  'content-symlink':
    'This is a symbolic link, and content/ may contain only files. Put a copy of the file here.',
  'content-extension': "Only names that end in '.md' are read. Rename the file.",
  'file-unreadable': ({ cause }: { cause: string }) =>
    `It cannot be read (${cause}). Put a plain file in its place, and let this account read it.`,
  // The message of an OutputError, which is finished where it is thrown.
  output: ({ message }: { message: string }) => message,
} satisfies Catalog;

type DiskMessages = typeof diskMessages;
declare module '../base/diagnostics.ts' {
  interface Messages extends DiskMessages {}
}
