/** Messages about the addresses of the site. */
import type { Catalog } from '../base/diagnostics.ts';
import { configPath } from '../config/paths.ts';

/** Owner of an address: a source, its text edition, or a file that every build generates. */
export type Owner = { kind: 'source' | 'text-edition'; source: string } | { kind: 'build' };

interface Conflict {
  path: string;
  owner: Owner;
}
const conflictText = ({ path, owner }: Conflict): string =>
  `The address ${path} is already used by ${nameOf(owner)}.`;

function nameOf(owner: Owner): string {
  switch (owner.kind) {
    case 'source':
      return owner.source === configPath ? 'a list of stories, such as a desk or a topic' : owner.source;
    case 'text-edition':
      return `the text edition of ${owner.source}`;
    case 'build':
      return 'a file that Broadsheet generates';
  }
}

/** Messages by code. */
export const siteMessages = {
  'alias-conflict/itself': ({ path }: { path: string }) =>
    `${path} is the article's own address, so it would redirect to itself. Remove the alias.`,
  'alias-conflict/taken': (data: Conflict) => `${conflictText(data)} Remove the alias.`,
  'alias-conflict/former': (data: Conflict) =>
    `${conflictText(data)} In content/site.yaml, change or remove the pattern in 'formerPermalinks' that produces it.`,
  'url-conflict': (data: Conflict) =>
    `${conflictText(data)} Rename one of the two, or change its slug or id.`,
} satisfies Catalog;

type SiteMessages = typeof siteMessages;
declare module '../base/diagnostics.ts' {
  interface Messages extends SiteMessages {}
}
