/**
 * Redirects as rules: _redirects, which Netlify, Cloudflare Pages, GitLab Pages and `broadsheet serve` read, and
 * what the files for servers share.
 */
import { type Parameter, parseAddress, withoutSlash } from '../base/addresses.ts';
import type { PlanSettings } from '../config/settings.ts';
import type { Page } from '../site/pages.ts';
import { sourceKeyOf } from '../site/redirect-matcher.ts';
import type { Redirect, RedirectSource, RedirectTarget } from '../site/redirects.ts';
import { outputFileOf, type SiteAddress, urlOf } from '../site/urls.ts';

/** A redirect as hosts apply it. The path of `from` includes the base path. */
export interface RedirectRule {
  from: RedirectSource;
  /** URL of the target. Contains only ASCII characters, and none that is special in the files of a server. */
  location: string;
}

/** Returns the URL to which a redirect leads, from the root of its host or in full. */
export function locationOf(target: RedirectTarget, config: SiteAddress): string {
  const url = 'url' in target ? target.url : urlOf(target.path, config) + target.suffix;
  return safeUrl(url);
}

/**
 * Encodes every character of a URL that could end a text, name a variable or begin a block in a configuration
 * file.
 */
export const safeUrl = (url: string): string =>
  url
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/[^\w\-.~:/?#@!&()*+,;=%]/gu, encodeURIComponent)
    .replaceAll("'", '%27');

/**
 * Converts redirects to rules, in the order in which hosts must try them: those with most parameters, those of one
 * path, and finally those of all paths with a beginning, the longest first.
 */
export function rulesOf(redirects: readonly Redirect[], config: SiteAddress): RedirectRule[] {
  const rankOf = ({ from }: RedirectRule) => (from.below ? 1 : -from.query.length);
  const known = new Set<string>();
  const rules: RedirectRule[] = [];
  for (const { from, to } of redirects) {
    const key = sourceKeyOf(from);
    if (known.has(key)) continue;
    known.add(key);
    rules.push({
      from: { ...from, path: config.basePath + from.path.slice(1) },
      location: locationOf(to, config),
    });
  }
  return rules.sort(
    (a, b) => rankOf(a) - rankOf(b) || (a.from.below ? b.from.path.length - a.from.path.length : 0),
  );
}

/** Percent-encodes a path for _redirects, in which `*` and `:` have a meaning. */
const encodePath = (path: string): string =>
  encodeURI(path).replace(/[?#*:]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

const encodeParameter = (part: Parameter): string => part.map(encodeURIComponent).join('=');

/**
 * Generates the text of _redirects. Netlify applies a rule at the address of an existing file, as for `/?p=123`,
 * only if it has an exclamation mark. Cloudflare and GitLab ignore rules with parameters.
 */
export function emitRedirects(
  rules: readonly RedirectRule[],
  pages: readonly Page[],
  config: Pick<PlanSettings, 'basePath' | 'outputs'>,
): string {
  const sources = new Set(rules.map(({ from }) => (from.query.length > 0 ? '' : encodePath(from.path))));
  const files = new Set(
    rules.some(({ from }) => from.below) ? pages.map(({ path }) => outputFileOf(path)) : [],
  );
  const hasFile = (path: string) => files.has(outputFileOf(`/${path.slice(config.basePath.length)}`));
  const lineOf = (from: string, location: string) => `${from} ${location} 301\n`;
  /** The other form of a path, with or without its final slash, if only rules lead from there. */
  const twinOf = ({ path, below }: RedirectSource): string[] => {
    if (path === config.basePath || /\.\w+$/.test(path) || (below && !path.endsWith('/'))) return [];
    const twin = encodePath(path.endsWith('/') ? withoutSlash(path) : `${path}/`);
    const isNeeded = below ? !hasFile(path) : !config.outputs.redirectPages;
    return isNeeded && !sources.has(twin) ? [twin] : [];
  };
  const exact: string[] = [];
  const below: string[] = [];
  for (const { from, location } of rules) {
    const path = encodePath(from.path);
    if (from.query.length > 0)
      exact.push(`${[path, ...from.query.map(encodeParameter), location].join(' ')} 301!\n`);
    else if (from.below) below.push(lineOf(`${path}*`, location));
    else exact.push(lineOf(path, location));
    if (from.query.length === 0) for (const twin of twinOf(from)) exact.push(lineOf(twin, location));
  }
  return [...exact, ...below].join('');
}

/** Statuses of _redirects that send readers to another address. */
const redirectStatuses = new Set([301, 302, 303, 307, 308]);

/** Parses the redirects in the text of _redirects. Omits rules with placeholders and conditions, and rewrites. */
export function parseRedirects(text: string): (RedirectRule & { status: number })[] {
  return text.split('\n').flatMap(line => {
    const [source = '', ...parts] = line.trim().split(/\s+/);
    const at = parts.findIndex(part => /^(?:\/|https?:)/i.test(part));
    const [location = '', status = '301', ...conditions] = parts.slice(at < 0 ? parts.length : at);
    const below = source.endsWith('*');
    const path = below ? source.slice(0, -1) : source;
    const from = parseAddress(path);
    const query = parseAddress(`?${parts.slice(0, at).join('&')}`)!.query;
    const code = Number.parseInt(status, 10);
    const isRedirect =
      source.startsWith('/') &&
      at >= 0 &&
      redirectStatuses.has(code) &&
      (conditions.length === 0 || conditions[0]!.startsWith('#')) &&
      !/[*]|\/:/.test(path) &&
      !/:splat|\/:\w/.test(location.replace(/^https?:\/\/[^/]*/i, ''));
    if (!from || !isRedirect) return [];
    return [{ from: { path: from.path, query, below }, location: safeUrl(location), status: code }];
  });
}

/** UTF-8 bytes of a text, each as one character. */
export const bytesOf = (text: string): string => Buffer.from(text).toString('latin1');

/**
 * Regular expression for exactly these bytes. Every byte that is not a letter, a digit, `/`, `-` or `_` becomes a
 * hexadecimal code.
 */
export const bytePattern = (bytes: string): string =>
  bytes.replace(/[^\w/-]/g, byte => `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`);

/** Forms of a whole query: parameters without a value may have an equals sign. */
export function exactQueries(query: readonly Parameter[]): string[] {
  const write = (equals: string) =>
    query
      .map(
        ([name, value]) =>
          encodeURIComponent(name) + (value === '' ? equals : `=${encodeURIComponent(value)}`),
      )
      .join('&');
  return [...new Set([write(''), write('=')])];
}
