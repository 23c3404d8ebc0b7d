/** Which sources may claim the same address. */
import type { ArticleEntry, Site } from './model.ts';

/**
 * Whether two sources may have the same address: stories may share one if one expires before the other is
 * published.
 */
export function mayShareAddress(source: string, other: string, { entries }: Pick<Site, 'entries'>): boolean {
  const [a, b] = [entries.get(source), entries.get(other)];
  if (a?.kind !== 'article' || b?.kind !== 'article') return false;
  const endsBefore = (one: ArticleEntry, next: ArticleEntry) =>
    one.meta.expires !== undefined && Date.parse(one.meta.expires) <= Date.parse(next.meta.published);
  return endsBefore(a, b) || endsBefore(b, a);
}
