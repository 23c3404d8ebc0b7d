/** Redirects from former addresses to the pages of today. */

import { type ParsedAddress, parseAddress } from '../base/addresses.ts';
import { textIn } from '../base/local-text.ts';
import { configPath } from '../config/paths.ts';
import type { ArticleEntry, Site } from './model.ts';

/** Addresses that a redirect starts from. `below` includes all paths that begin with `path`. */
export interface RedirectSource extends ParsedAddress {
  below: boolean;
}

/** Target of a redirect. */
export type RedirectTarget =
  /**
   * A path of this site, and the query and fragment that follow it. `hasText` says whether the target is also in
   * the text edition.
   */
  { path: string; suffix: string; hasText: boolean } | { url: string };

/** A redirect. Messages refer to the key `key` of the file `source`. */
export interface Redirect {
  source: string;
  key: string | undefined;
  from: RedirectSource;
  to: RedirectTarget;
  /** Title and language of the page that tells readers about the redirect. */
  title: string;
  lang: string;
}

/** A redirect of site.yaml, whose target is not resolved yet. */
export interface WrittenRedirect {
  key: string;
  from: RedirectSource;
  /** Path or web address as written. */
  to: string;
}

/** Whether an output publishes redirects. */
export const hasRedirects = ({ config: { outputs } }: Pick<Site, 'config'>): boolean =>
  outputs.redirects || outputs.redirectPages || outputs.serverRules;

/** Parses the former address of a redirect, which may end in `*`. */
export function redirectSourceOf(from: string): RedirectSource {
  const below = from.endsWith('*');
  return { ...parseAddress(below ? from.slice(0, -1) : from)!, below };
}

/** Redirects in site.yaml. */
export const writtenRedirects = ({ config: { redirects } }: Pick<Site, 'config'>): WrittenRedirect[] =>
  redirects.map(({ from, to }, index) => ({ key: `redirects.${index}`, from: redirectSourceOf(from), to }));

/** Facts that the former addresses of one document, desk or topic share. */
interface Owner extends Pick<Redirect, 'source' | 'title' | 'lang'> {
  /** Path of its page. */
  path: string;
  keyOf: (address: string, index: number) => string | undefined;
}

/** Collects the redirects from the former addresses of stories, standing pages, authors, desks and topics. */
export function* ownedRedirects(site: Site): Generator<Redirect> {
  for (const entry of site.articles) {
    const { source, title, lang, path, formerPaths } = entry;
    yield* redirectsTo({ source, title, lang, path, keyOf: aliasKeyOf(entry) }, formerPaths);
  }
  for (const { source, title, lang, path, aliases } of site.pages)
    yield* redirectsTo({ source, title, lang, path, keyOf: (_, index) => `aliases.${index}` }, aliases);
  yield* listRedirects(site);
}

/** The key of a former address; undefined if it comes from a former permalink pattern. */
const aliasKeyOf =
  ({ meta: { aliases } }: ArticleEntry): Owner['keyOf'] =>
  address => {
    const index = aliases.indexOf(address);
    return index < 0 ? undefined : `aliases.${index}`;
  };

/**
 * Redirects to lists. Authors and topics whose stories are not published have no page. Their addresses lead to the
 * list of all authors or topics, or to the front page, and do not mention their names.
 */
function* listRedirects(site: Site): Generator<Redirect> {
  const { config, lists } = site;
  const { lang } = config;
  const title = textIn(config.name, lang, lang);
  const withPage = new Set(lists.map(({ path }) => path));
  const ownerOf = (own: Omit<Owner, 'keyOf'>, of: 'author' | 'topic') => {
    if (withPage.has(own.path)) return own;
    const path = lists.some(({ kind }) => kind === of) ? `/${of}s/` : '/';
    return { source: own.source, title, lang, path };
  };
  for (const author of site.authorFiles.values())
    yield* redirectsTo(
      { ...ownerOf(author, 'author'), keyOf: (_, index) => `aliases.${index}` },
      author.aliases,
    );
  for (const [kind, items] of [
    ['desks', config.desks],
    ['topics', config.topics],
  ] as const) {
    for (const [at, { id, name, aliases }] of items.entries()) {
      const own = {
        source: configPath,
        title: textIn(name, lang, lang),
        lang,
        path: kind === 'desks' ? `/${id}/` : `/topics/${id}/`,
      };
      const keyOf = (_: string, index: number) => `${kind}.${at}.aliases.${index}`;
      yield* redirectsTo({ ...(kind === 'desks' ? own : ownerOf(own, 'topic')), keyOf }, aliases);
    }
  }
}

function* redirectsTo(owner: Owner, addresses: readonly string[]): Generator<Redirect> {
  const { source, title, lang, path, keyOf } = owner;
  const to = { path, suffix: '', hasText: true };
  for (const [index, address] of addresses.entries())
    yield { source, key: keyOf(address, index), from: redirectSourceOf(address), to, title, lang };
}
