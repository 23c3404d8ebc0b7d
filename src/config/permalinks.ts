/** Patterns of article addresses: `/:desk/:year/:month/:slug/`. */
import { problem } from '../base/yaml-messages.ts';

/** Parts of an article's address that a pattern can name. */
export const permalinkParts = ['desk', 'year', 'month', 'day', 'slug', 'lang'] as const;

/** Pattern of article addresses if site.yaml sets none. */
export const defaultPermalink = '/:desk/:year/:month/:slug/';

/** Finds the error in a pattern, as options of a zod issue. @returns undefined if the pattern is valid */
export function permalinkProblem(pattern: string) {
  if (!/^\/(?:[\w:~-]+\/)+$/.test(pattern)) return problem('pattern');
  for (const [, part = ''] of pattern.matchAll(/:(\w*)/g))
    if (!permalinkParts.some(name => name === part))
      return problem('pattern-part', { part, known: permalinkParts });
  return pattern.includes(':slug') ? undefined : problem('pattern-slug');
}

/** Fields of an article that its address depends on. `published` is an RFC 3339 date-time. */
export interface PermalinkArticle {
  slug: string;
  lang: string;
  meta: { desk: string; published: string };
}

/**
 * Address of an article according to the pattern, as a path from the site's root. A story in another language
 * than the site's has its language in front (`/he/world/2025/03/x/`), unless the pattern contains `:lang`.
 */
export function permalinkOf(
  { slug, lang, meta }: PermalinkArticle,
  pattern: string,
  siteLang: string,
): string {
  const [year, month, day] = meta.published.slice(0, 10).split('-') as [string, string, string];
  const parts: Record<string, string> = { desk: meta.desk, year, month, day, slug, lang };
  const path = pattern.replace(/:(\w+)/g, (_, name: string) => parts[name]!);
  return lang === siteLang || pattern.includes(':lang') ? path : `/${lang}${path}`;
}
