/** Finds the redirect for a request, as hosts do. */
import { type Parameter, type ParsedAddress, withoutSlash } from '../base/addresses.ts';
import { compareText } from '../base/diagnostics.ts';
import type { RedirectSource } from './redirects.ts';

export interface RedirectMatcher<Rule> {
  /**
   * Finds the redirect of exactly this path. One with a query comes first: it matches if the request has all of its
   * parameters, in any order and among others. A final slash does not matter.
   */
  exact(request: ParsedAddress): Rule | undefined;
  /** Finds the redirect with the longest beginning of the path before `*`. A page at the path takes precedence. */
  below(request: ParsedAddress): Rule | undefined;
}

/** Identifies the addresses that a redirect starts from. Redirects with the same key exclude each other. */
export function sourceKeyOf({ path, query, below }: RedirectSource): string {
  if (below) return `${path}*`;
  return query.length === 0 ? withoutSlash(path) : queryKey(path, sorted(query));
}

const sorted = (query: readonly Parameter[]): Parameter[] =>
  query.toSorted(([a, x], [b, y]) => compareText(a, b) || compareText(x, y));

const queryKey = (path: string, query: readonly Parameter[]): string =>
  `${withoutSlash(path)}?${query.map(part => part.map(encodeURIComponent).join('=')).join('&')}`;

/** Creates a matcher. Of several rules for the same addresses, it uses the first. */
export function createRedirectMatcher<Rule extends { from: RedirectSource }>(
  rules: Iterable<Rule>,
): RedirectMatcher<Rule> {
  const known = new Map<string, Rule>();
  // Combinations of parameter names by path. A path may have many thousand queries, but has few combinations.
  const shapes = new Map<string, Map<string, string[]>>();
  let longest = 0;
  for (const rule of rules) {
    const key = sourceKeyOf(rule.from);
    if (known.has(key)) continue;
    known.set(key, rule);
    if (rule.from.below) longest = Math.max(longest, rule.from.path.length);
    if (rule.from.query.length === 0) continue;
    const names = sorted(rule.from.query).map(([name]) => name);
    const path = withoutSlash(rule.from.path);
    const ofPath = shapes.get(path) ?? new Map<string, string[]>();
    shapes.set(path, ofPath.set(JSON.stringify(names), names));
  }
  for (const [path, ofPath] of shapes)
    shapes.set(path, new Map([...ofPath].sort(([, a], [, b]) => b.length - a.length)));

  return {
    exact({ path, query }) {
      for (const names of (query.length > 0 && shapes.get(withoutSlash(path))?.values()) || []) {
        const values = names.map(name => query.find(([other]) => other === name));
        const rule = values.every(value => value !== undefined) && known.get(queryKey(path, sorted(values)));
        if (rule) return rule;
      }
      return known.get(withoutSlash(path));
    },
    below({ path }) {
      const whole = path.endsWith('/') ? path : `${path}/`;
      for (let end = Math.min(longest, whole.length); end > 0; end--) {
        const rule = known.get(`${whole.slice(0, end)}*`);
        if (rule?.from.below) return rule;
      }
      return undefined;
    },
  };
}
