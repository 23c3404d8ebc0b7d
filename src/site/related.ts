/**
 * Finds related stories: the hand-picked ones, then those that share rare topics and people and are close in
 * time.
 */
import { compareText } from '../base/diagnostics.ts';
import type { ArticleEntry, Site } from './model.ts';

/** Number of related stories per story, unless more are hand-picked. */
const limit = 4;
/**
 * Number of neighbours in time, in each direction, to compare for each topic and person. This limit keeps the
 * cost linear in the number of articles.
 */
const reach = 12;
const day = 86_400_000;

/** Articles that share a topic or a person, in the order of the site's list. */
interface Shared {
  /** Indexes of the articles in the site's list. */
  articles: number[];
  /** Weight of the group: the fewer articles share it, the higher. */
  rarity: number;
}

/**
 * Creates a function that returns the related stories of an article, without duplicates and without its own
 * translations. Articles are compared by their indexes in the site's list, because maps and sets of objects
 * would take a quarter of the planning time.
 */
export function createRelated(site: Site): (article: ArticleEntry) => ArticleEntry[] {
  const { articles } = site;
  const numbers = new Map(articles.map((article, number) => [article, number]));
  const times = Float64Array.from(articles, ({ meta }) => Date.parse(meta.published));
  const shared = new Map<string, Shared>();
  /** Groups of each article, with its position in each group. */
  const places = articles.map((article, number) =>
    keysOf(article).map(key => {
      const own = shared.get(key) ?? { articles: [], rarity: 0 };
      shared.set(key, own);
      return { shared: own, at: own.articles.push(number) - 1 };
    }),
  );
  for (const own of shared.values()) own.rarity = Math.log(1 + articles.length / own.articles.length);
  const scores = new Float64Array(articles.length);

  return article => {
    const number = numbers.get(article)!;
    const excluded = new Set((site.translations.get(article.source) ?? [article]).map(of => numbers.get(of)));
    const chosen = new Set<number>();
    for (const source of article.meta.related) {
      const other = site.entries.get(source);
      const own = other?.kind === 'article' ? numbers.get(other) : undefined;
      if (own !== undefined && !excluded.has(own)) chosen.add(own);
    }
    const found: number[] = [];
    for (const { shared, at } of places[number]!) {
      const last = Math.min(shared.articles.length - 1, at + reach);
      for (let i = Math.max(0, at - reach); i <= last; i++) {
        const other = shared.articles[i]!;
        if (scores[other] === 0) found.push(other);
        scores[other]! += shared.rarity * nearness(times[other]! - times[number]!);
      }
    }
    const candidates = found.filter(
      other => articles[other]!.lang === article.lang && !excluded.has(other) && !chosen.has(other),
    );
    const related = [...chosen, ...best(candidates, limit - chosen.size, isBefore)];
    for (const other of found) scores[other] = 0;
    return related.map(other => articles[other]!);
  };

  /** Compares scores. Articles with equal scores are ordered by source. */
  function isBefore(one: number, other: number): boolean {
    const more = scores[one]! - scores[other]!;
    return more > 0 || (more === 0 && compareText(articles[one]!.source, articles[other]!.source) < 0);
  }
}

/**
 * Creates a function that returns the next older story of an article's desk in the same language. Skips the
 * article's translations and the given related stories. Newer stories never change the result.
 */
export function createNext(
  site: Site,
): (article: ArticleEntry, related: readonly ArticleEntry[]) => ArticleEntry | undefined {
  const groups = new Map<string, ArticleEntry[]>();
  const places = new Map<ArticleEntry, number>();
  const groupOf = ({ meta, lang }: ArticleEntry) => `${lang} ${meta.desk}`;
  for (const article of site.articles) {
    const group = groups.get(groupOf(article)) ?? [];
    groups.set(groupOf(article), group);
    places.set(article, group.push(article) - 1);
  }
  return (article, related) => {
    const group = groups.get(groupOf(article))!;
    const from = places.get(article)! + 1;
    // At most four stories are related, and sponsored ones are never recommended, so few are looked at.
    return group
      .slice(from, from + reach)
      .find(other => other.meta.type !== 'sponsored' && !related.includes(other));
  };
}

/** Selects the first `count` items in the order that `isBefore` defines. */
function best<Item>(
  items: readonly Item[],
  count: number,
  isBefore: (one: Item, other: Item) => boolean,
): Item[] {
  const top: Item[] = [];
  for (const item of items) {
    let at = top.length;
    while (at > 0 && isBefore(item, top[at - 1]!)) at--;
    if (at >= count) continue;
    top.splice(at, 0, item);
    if (top.length > count) top.pop();
  }
  return top;
}

/**
 * Keys of the groups that an article belongs to. Desks and authors are not included, because nearly every
 * story shares them with many others.
 */
const keysOf = ({ meta }: ArticleEntry): string[] => [
  ...meta.topics.map(topic => `topic:${topic}`),
  ...meta.people.map(person => `person:${person}`),
];

/**
 * Weight of the distance in time: 1 for the same time, 0.5 for a month apart. A newer story counts slightly
 * more than an older one.
 */
function nearness(milliseconds: number): number {
  const days = milliseconds / day;
  return (days > 0 ? 1.1 : 1) / (1 + Math.abs(days) / 30);
}
