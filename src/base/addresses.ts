/** Addresses as servers compare them: decoded paths, and the parameters of queries. */
import { posix } from 'node:path';

/** A parameter of a query, decoded: the name and the value, which may be empty. */
export type Parameter = readonly [name: string, value: string];

/** A parsed address, without its host and its fragment. */
export interface ParsedAddress {
  /** Path, decoded: `/café/`. */
  path: string;
  query: readonly Parameter[];
}

const noQuery: readonly Parameter[] = [];

/** Parses a path with an optional query. @returns undefined if the path is not valid percent-encoded UTF-8 */
export function parseAddress(address: string): ParsedAddress | undefined {
  const [, written = '', query = ''] = /^([^?#]*)(?:\?([^#]*))?/.exec(address)!;
  const path = written.includes('%') ? decode(written) : written;
  return path === undefined ? undefined : { path, query: query === '' ? noQuery : parseQuery(query) };
}

/** Parses a query as forms write it: `p=123&lang=en`. */
function parseQuery(query: string): Parameter[] {
  return query
    .split('&')
    .filter(part => part !== '')
    .map(part => {
      const equals = part.indexOf('=');
      const name = equals < 0 ? part : part.slice(0, equals);
      return [plainText(name), plainText(equals < 0 ? '' : part.slice(equals + 1))];
    });
}

function plainText(part: string): string {
  const text = part.replaceAll('+', ' ');
  return decode(text) ?? text;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Maximum length of a former address in a URL, in characters. Servers limit the length of a rule. */
const lengthLimit = 2000;

/** Whether text is the former address of a page: a path of this site, with or without a query. */
export function isFormerAddress(text: string): boolean {
  if (!/^\/(?!\/)[^\s\\#*]*$/.test(text)) return false;
  const address = parseAddress(text);
  if (!address || address.path.includes('/:') || posix.normalize(address.path) !== address.path) return false;
  const parts = [address.path, ...address.query.flat()];
  return (
    parts.every(part => !/[\p{Cc}\p{Cs}\\]/u.test(part)) &&
    address.query.every(([name]) => name !== '') &&
    parts.reduce((length, part) => length + encodeURIComponent(part).length, 0) <= lengthLimit
  );
}

/** Whether text is what a redirect may start from: a former address, or the beginning of addresses before `*`. */
export function isRedirectSource(text: string): boolean {
  return text.endsWith('*')
    ? text.length > 2 && !text.includes('?') && isFormerAddress(text.slice(0, -1))
    : isFormerAddress(text);
}

/** Path without its final slash, so that `/a` and `/a/` are the same; `/` for the root. */
export const withoutSlash = (path: string): string =>
  path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
