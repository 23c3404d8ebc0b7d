/** Patterns of article addresses: `/:desk/:year/:month/:slug/`. */
import { problem } from '../base/yaml-messages.ts';

/** The parts of an article's address that a pattern can name. */
export const permalinkParts = ['desk', 'year', 'month', 'day', 'slug', 'lang'] as const;

/** The pattern of a site that sets none. */
export const defaultPermalink = '/:desk/:year/:month/:slug/';

/** Finds the mistake in a pattern, for a zod issue. @returns undefined if the pattern is valid */
export function permalinkProblem(pattern: string) {
  if (!/^\/(?:[\w:~-]+\/)+$/.test(pattern)) return problem('pattern');
  for (const [, part = ''] of pattern.matchAll(/:(\w*)/g))
    if (!permalinkParts.some(name => name === part))
      return problem('pattern-part', { part, known: permalinkParts });
  return pattern.includes(':slug') ? undefined : problem('pattern-slug');
}

/** The parts of an article that its address depends on. */
export interface PermalinkArticle {
  slug: string;
  lang: string;
  meta: { desk: string; published: string };
}

/**
 * An article's address by the pattern, from the site's root. A story in another language than the site's stands below that language,
 * unless the pattern says where: `/he/world/2025/03/x/`.
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
