/** Messages about the contents of a site's folders, and about its output folder. */
import type { Catalog } from '../base/diagnostics.ts';

/** Messages by code. */
export const diskMessages = {
  'content-symlink':
    'Symbolic links are not allowed in content/. Replace the link with a copy of its target, or remove it.',
  'content-extension':
    "This file is not read, because its name does not end in '.md', in lowercase letters. Rename it.",
  'content-unread/folder': ({ count, meant }: { count: number; meant: string | undefined }) =>
    `This folder is not read, so its ${count === 1 ? 'Markdown file is' : `${count} Markdown files are`} not published. ${
      meant === undefined
        ? 'Move it into content/articles/ or content/pages/, or out of content/.'
        : `Rename it to content/${meant}/, or move it out of content/.`
    }`,
  'content-unread/file':
    'Markdown files directly in content/ are not read. Move the file to content/articles/, content/pages/ or content/authors/, or out of content/.',
  'content-unread/front':
    'This page does not replace the front page, which is generated from the stories. Rename the file after its subject, or remove it.',
  'content-unread/ignored':
    'This story is not published, because files with this name are not read. Rename it.',
  'content-unread/settings': "This file is not read. Rename it to 'site.yaml', in lowercase letters.",
  'content-unread/settings-text':
    "This file is not read, because its name ends in '.txt', which some systems hide. Rename it to 'site.yaml'.",
  'content-unread/yaml': 'This file is not read: only content/site.yaml is. Move it out of content/.',
  'content-unread/content': "This folder is not read. Rename it to 'content', in lowercase letters.",
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
