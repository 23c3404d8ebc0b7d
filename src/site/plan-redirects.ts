/** Plans the redirects: where each leads, which have a page of their own, and which exclude each other. */

import { type ParsedAddress, parseAddress } from '../base/addresses.ts';
import { createDiagnostic, type Diagnostic, type Place } from '../base/diagnostics.ts';
import { textIn } from '../base/local-text.ts';
import { type Suggestion, suggest } from '../base/suggestions.ts';
import type { PlaceOf } from '../base/yaml.ts';
import { configPath } from '../config/paths.ts';
import type { Owner } from './messages.ts';
import type { Site } from './model.ts';
import type { Page } from './pages.ts';
import { createRedirectMatcher, type RedirectMatcher, sourceKeyOf } from './redirect-matcher.ts';
import {
  hasRedirects,
  ownedRedirects,
  type Redirect,
  type RedirectTarget,
  type WrittenRedirect,
  writtenRedirects,
} from './redirects.ts';
import { mayShareAddress } from './sharing.ts';
import { hasTextEdition } from './text-edition.ts';
import { outputFileOf } from './urls.ts';

/** The site as redirects see it. */
export interface RedirectInput {
  site: Site;
  /** Finds the page, or the copied file, at a path, which may omit the final slash. */
  findPage: (path: string) => Page | undefined;
  /** Whether the build generates a file that is not a page, such as a feed, at a path. */
  isGenerated: (path: string) => boolean;
  /** Whether the site has a file at a path from its root. */
  isTaken: (file: string) => boolean;
  placeOfSetting: PlaceOf;
  /** Finds the place of a redirect in its file. */
  placeOf: (redirect: Pick<Redirect, 'source' | 'key'>) => Place | undefined;
}

export interface RedirectPlan {
  /** Redirects whose targets exist. Those of documents come first, then those of site.yaml. */
  redirects: Redirect[];
  /** Pages at former addresses, for hosts that read no rules. A page has neither a query nor a `*`. */
  pages: Page[];
  diagnostics: Diagnostic[];
}

/** Plans the redirects of a site. Reports redirects that lead nowhere or exclude each other. */
export function planRedirects(input: RedirectInput): RedirectPlan {
  const diagnostics: Diagnostic[] = [];
  if (!hasRedirects(input.site)) return { redirects: [], pages: [], diagnostics };
  const owned = [...ownedRedirects(input.site)];
  const written = writtenRedirects(input.site);
  // Only redirects of site.yaml may lead to former addresses.
  const known = written.length === 0 ? [] : [...owned, ...written];
  const matcher = createRedirectMatcher<Redirect | WrittenRedirect>(known);
  const all = [...owned];
  for (const redirect of written) {
    const target = resolveTarget(redirect, matcher, input);
    if ('problem' in target) {
      // A page whose front matter is wrong has no address, which its own message says.
      if (target.problem === 'missing' && input.site.flawed.size > 0) continue;
      diagnostics.push(brokenTarget(redirect, target, input));
    } else all.push(writtenTo(redirect, target, input.site));
  }
  const redirects = withoutTwins(all);
  return {
    redirects,
    pages: withoutPagesBelowFiles(redirects.flatMap(redirectPages), input.isTaken),
    diagnostics: [...diagnostics, ...exclusions(redirects, input)],
  };
}

function writtenTo({ key, from }: WrittenRedirect, to: RedirectTarget, { config }: Site): Redirect {
  return {
    source: configPath,
    key: `${key}.from`,
    from,
    to,
    title: textIn(config.name, config.lang, config.lang),
    lang: config.lang,
  };
}

/** Omits further addresses of a source that differ from another only in their final slash. */
function withoutTwins(redirects: readonly Redirect[]): Redirect[] {
  const last = new Map<string, Redirect>();
  return redirects.filter(redirect => {
    const key = sourceKeyOf(redirect.from);
    const twin = last.get(key);
    last.set(key, redirect);
    return twin?.source !== redirect.source || twin.to !== redirect.to;
  });
}

/** A target that cannot be reached. */
type BrokenTarget =
  | { problem: 'missing'; to: string }
  /** `path` is the address to which the redirects lead back. */
  | { problem: 'loop'; path: string };

/** Finds the final target of a redirect of site.yaml, which may lead to another former address. */
function resolveTarget(
  { from, to }: WrittenRedirect,
  matcher: RedirectMatcher<Redirect | WrittenRedirect>,
  { site, findPage, isGenerated }: RedirectInput,
): RedirectTarget | BrokenTarget {
  const passed = new Set([sourceKeyOf(from)]);
  for (let address = to; ; ) {
    if (/^https?:/i.test(address)) return { url: address };
    const parsed = parseAddress(address);
    if (!parsed) return { problem: 'missing', to: address };
    const suffix = /[?#].*$/s.exec(address)?.[0] ?? '';
    const existing = existingTarget(parsed, suffix, { site, findPage, isGenerated });
    const next = matcher.exact(parsed) ?? (existing ? undefined : matcher.below(parsed));
    if (!next) return existing ?? storylessTarget(parsed, site) ?? { problem: 'missing', to: address };
    const key = sourceKeyOf(next.from);
    // A redirect from `/old/*` to `/old/today/` leads to a page, which the lookup above has found.
    if (passed.has(key)) return { problem: 'loop', path: address };
    passed.add(key);
    if (typeof next.to !== 'string') return next.to;
    address = next.to;
  }
}

/** The page or file at a path. @returns undefined if the path is free */
function existingTarget(
  { path }: ParsedAddress,
  suffix: string,
  { site: { config }, findPage, isGenerated }: Pick<RedirectInput, 'site' | 'findPage' | 'isGenerated'>,
): RedirectTarget | undefined {
  const page = findPage(path);
  if (page) return { path: page.path, suffix, hasText: hasTextEdition(page, config) };
  const original = path.startsWith('/text/') && findPage(path.slice('/text'.length));
  if (original && hasTextEdition(original, config))
    return { path: `/text${original.path}`, suffix, hasText: false };
  return isGenerated(path) ? { path, suffix, hasText: false } : undefined;
}

/** Where the address of an author or a topic without stories leads, or that of their feed, as aliases do. */
function storylessTarget(
  { path }: ParsedAddress,
  { config, authorFiles, lists }: Site,
): RedirectTarget | undefined {
  const [, folder, id = '', feed] =
    /^\/(authors|topics)\/([^/]+)\/?(feed\.xml|atom\.xml|feed\.json)?$/.exec(path) ?? [];
  const isKnown = folder === 'authors' ? authorFiles.has(id) : config.topics.some(topic => topic.id === id);
  if (folder === undefined || !isKnown) return undefined;
  if (feed !== undefined) return { path: `/${feed}`, suffix: '', hasText: false };
  const hasList = lists.some(({ kind }) => `${kind}s` === folder);
  return { path: hasList ? `/${folder}/` : '/', suffix: '', hasText: true };
}

function brokenTarget(redirect: WrittenRedirect, target: BrokenTarget, input: RedirectInput): Diagnostic {
  const at = input.placeOfSetting(`${redirect.key}.to`);
  if (target.problem === 'loop')
    return createDiagnostic(configPath, 'error', 'redirect-target/loop', at, { path: target.path });
  const suggestion = suggestTarget(target.to, input.site);
  return createDiagnostic(configPath, 'error', 'redirect-target', at, { to: target.to, suggestion });
}

/** The page that was probably meant. A site has too many pages to list them. */
function suggestTarget(to: string, { byPath, lists }: Site): Suggestion {
  const suggestion = suggest(to, [...new Set([...lists.map(({ path }) => path), ...byPath.keys()])]);
  return 'known' in suggestion ? { known: [], more: 0 } : suggestion;
}

/**
 * The page at a former address, if it can have one. Hosts send files with other endings than `.html` as downloads, so
 * such addresses are folders.
 */
function redirectPages({ from: { path, query, below }, to, ...rest }: Redirect): Page[] {
  if (below || query.length > 0 || path.split('/').some(isTooLong)) return [];
  const file = path.endsWith('/') || /\.html?$/i.test(path) ? path : `${path}/`;
  return [{ kind: 'redirect', path: file, target: to, ...rest }];
}

/** Whether a name is longer than file systems allow. */
const isTooLong = (name: string): boolean => name.length > 80 && Buffer.byteLength(name) > 255;

/** Whether a redirect, or its page, comes from `redirects` in site.yaml. */
export const isWritten = ({ source, key }: { source: string; key?: string | undefined }): boolean =>
  source === configPath && (key ?? '').startsWith('redirects.');

/** Owner of a former address, for messages. */
export const ownerOfRedirect = ({ source }: Pick<Redirect, 'source'>): Owner =>
  source === configPath ? { kind: 'redirect' } : { kind: 'source', source };

/** Reports redirects without pages that start from the same addresses. planPages compares those with pages. */
function* exclusions(
  redirects: readonly Redirect[],
  { site, placeOf }: RedirectInput,
): Generator<Diagnostic> {
  const known = new Map<string, Redirect>();
  for (const redirect of redirects) {
    const { source, from } = redirect;
    if (!from.below && from.query.length === 0) continue;
    const address = sourceKeyOf(from);
    const other = known.get(address);
    if (!other) known.set(address, redirect);
    else if (!mayShareAddress(source, other.source, site)) {
      const code = isWritten(redirect) ? 'redirect-conflict' : 'alias-conflict/taken';
      const data = { path: decodeURIComponent(address), owner: ownerOfRedirect(other) };
      yield createDiagnostic(source, 'error', code, placeOf(redirect), data);
    }
  }
}

/**
 * Removes pages below a file: `/story.html` and `/story.html/feed/` cannot both have a page. Their rules remain.
 * @param isTaken whether the site has a file at a path from its root
 */
function withoutPagesBelowFiles(pages: readonly Page[], isTaken: (file: string) => boolean): Page[] {
  const files = new Set(pages.map(({ path }) => outputFileOf(path)));
  return pages.filter(({ path }) => {
    // The last folder is the address itself, and a file there is a conflict.
    for (
      let slash = path.indexOf('/', 1);
      slash > 0 && slash < path.length - 1;
      slash = path.indexOf('/', slash + 1)
    ) {
      const folder = path.slice(1, slash);
      if (files.has(folder) || isTaken(folder)) return false;
    }
    return true;
  });
}
