/** Articles as the rules look them up. */
import type { ArticleEntry, Site } from '../site/model.ts';

/** All articles, published or not: an error in tomorrow's story is reported today. */
export function* allArticles(site: Site): Generator<ArticleEntry> {
  yield* site.articles;
  yield* site.withheld.values();
}

/** The article with that source, published or not. */
export function articleAt(site: Site, source: string): ArticleEntry | undefined {
  const entry = site.entries.get(source) ?? site.withheld.get(source);
  return entry?.kind === 'article' ? entry : undefined;
}
