/** Messages about the addresses of the site. */
import type { Catalog } from '../base/diagnostics.ts';

/** The owner of an address: a source, the text edition of one, or a file that every build makes. */
export type Owner = { kind: 'source' | 'text-edition'; source: string } | { kind: 'build' };

interface Taken {
  path: string;
  owner: Owner;
}
const taken = ({ path, owner }: Taken): string => `${path} is already the address of ${nameOf(owner)}.`;

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

/** By code. */
export const siteMessages = {
  'alias-conflict/itself': ({ path }: { path: string }) =>
    `${path} is the article's own address, so that it would redirect to itself. Remove the alias.`,
  'alias-conflict/taken': (data: Taken) => `${taken(data)} Remove the alias.`,
  'alias-conflict/former': (data: Taken) =>
    `${taken(data)} A former permalink pattern gives this address: correct formerPermalinks in content/site.yaml.`,
  'url-conflict': (data: Taken) => `${taken(data)} Rename one of the two, or give it another slug.`,
} satisfies Catalog;

type SiteMessages = typeof siteMessages;
declare module '../base/diagnostics.ts' {
  interface Messages extends SiteMessages {}
}
