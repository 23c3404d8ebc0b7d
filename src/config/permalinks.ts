/** Patterns of article addresses: `/:desk/:year/:month/:slug/`. */

export const permalinkParts = ['desk', 'year', 'month', 'day', 'slug', 'lang'] as const;

export const defaultPermalink = '/:desk/:year/:month/:slug/';

/** What is wrong with a pattern; nothing when it is good. */
export function permalinkProblem(pattern: string): string | undefined {
  if (!/^\/(?:[\w:~-]+\/)+$/.test(pattern))
    return "is not an address pattern. Write '/:desk/:year/:month/:slug/' or the like, with a slash at both ends.";
  const unknown = [...pattern.matchAll(/:(\w*)/g)].find(
    ([, name]) => !permalinkParts.includes(name as never),
  );
  if (unknown)
    return `has the unknown part '${unknown[0]}'. Known: ${permalinkParts.map(name => `:${name}`).join(', ')}.`;
  if (!pattern.includes(':slug')) return "has no ':slug', so that articles could not be told apart. Add it.";
  return undefined;
}

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
