/** Ids and file names, formed from the names in the answers. */
import { slug } from 'github-slugger';

/** First parts of addresses that Broadsheet uses itself. A test builds a site with each as a desk. */
export const reservedIds: readonly string[] = [
  'archive',
  'assets',
  'authors',
  'corrections',
  'feeds',
  'page',
  'pagefind',
  'schema',
  'search',
  'text',
  'topics',
];

/** Forms an id as site.yaml allows it: `News & Views` becomes `news-views`. Empty if the name has no letters. */
export function idOf(name: string): string {
  return slug(name.normalize('NFC'))
    .replace(/[^\p{Ll}\p{Lo}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
}

/** Like `idOf`, but of ASCII letters and digits, for host names and npm. */
export function asciiSlug(name: string): string {
  return idOf(name.normalize('NFKD').replace(/\p{M}/gu, ''))
    .replace(/[^a-z\d]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

export interface NamedDesk {
  id: string;
  name: string;
}

/**
 * Gives each desk an id that no other desk has and that Broadsheet does not use.
 * @param taken further ids that desks cannot have
 * @returns the desks, and those whose ids differ from their names for that reason
 */
export function nameDesks(
  names: readonly string[],
  taken: readonly string[],
): { desks: NamedDesk[]; renamed: NamedDesk[] } {
  const used = new Set([...reservedIds, ...taken]);
  const desks: NamedDesk[] = [];
  const renamed: NamedDesk[] = [];
  for (const name of names) {
    const base = idOf(name) || 'desk';
    let id = base;
    for (let number = 1; used.has(id); number++)
      id = number === 1 ? `${base}-desk` : `${base}-desk-${number}`;
    used.add(id);
    desks.push({ id, name });
    if (id !== base) renamed.push({ id, name });
  }
  return { desks, renamed };
}
