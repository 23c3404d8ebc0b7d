/** Looks up articles for the rules. */
import type { ArticleEntry, Site } from '../site/model.ts';

/** Iterates over all articles, published or not: an error in tomorrow's story is reported today. */
export function* allArticles(site: Site): Generator<ArticleEntry> {
  yield* site.articles;
  yield* site.withheld.values();
}

/**
 * Iterates over the front matter of all articles. If some of an article's values are invalid, `meta` lacks their
 * keys, so that the other values are still checked.
 */
export function* allMetas(site: Site): Generator<CheckedMeta> {
  yield* allArticles(site);
  yield* site.flawed.values();
}
interface CheckedMeta {
  source: string;
  lang: string;
  meta: Partial<ArticleEntry['meta']>;
}

/** Finds the article with a source path, published or not; undefined if there is none. */
export function articleAt(site: Site, source: string): ArticleEntry | undefined {
  const entry = site.entries.get(source) ?? site.withheld.get(source);
  return entry?.kind === 'article' ? entry : undefined;
}
