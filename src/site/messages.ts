/** Messages about the addresses of the site. */
import type { Catalog } from '../base/diagnostics.ts';

/** Owner of an address: a source, its text edition, or a file that every build generates. */
export type Owner = { kind: 'source' | 'text-edition'; source: string } | { kind: 'build' };

interface Conflict {
  path: string;
  owner: Owner;
}
const conflictText = ({ path, owner }: Conflict): string =>
  `${path} is already the address of ${nameOf(owner)}.`;

function nameOf(owner: Owner): string {
  switch (owner.kind) {
    case 'source':
      return owner.source;
    case 'text-edition':
      return `the text edition of ${owner.source}`;
    case 'build':
      return 'a file that every build makes';
  }
}

/** Messages by code. */
export const siteMessages = {
  'alias-conflict/itself': ({ path }: { path: string }) =>
    `${path} is the article's own address, so that it would redirect to itself. Remove the alias.`,
  'alias-conflict/taken': (data: Conflict) => `${conflictText(data)} Remove the alias.`,
  'alias-conflict/former': (data: Conflict) =>
    `${conflictText(data)} A former permalink pattern gives this address: correct formerPermalinks in content/site.yaml.`,
  'url-conflict': (data: Conflict) => `${conflictText(data)} Rename one of the two, or give it another slug.`,
} satisfies Catalog;

type SiteMessages = typeof siteMessages;
declare module '../base/diagnostics.ts' {
  interface Messages extends SiteMessages {}
}
