/** Which stories a story's page points to: those chosen by hand, then those that share rare topics and people and are near in time. */
import { compareText } from '../diagnostics.ts';
import type { ArticleEntry, Site } from './model.ts';

/** How many stories a page points to. */
const limit = 4;
/** How many neighbours in time are looked at for each topic and person: the cost stays linear in the number of articles. */
const reach = 12;
const day = 86_400_000;

/** @returns a function from an article to its related articles, none of them twice, none of them itself in another language. */
export function createRelated(site: Site): (article: ArticleEntry) => ArticleEntry[] {
  const shared = new Map<string, ArticleEntry[]>();
  /** By the article, its place in the list of each of its keys. */
  const positions = new Map<ArticleEntry, number[]>();
  const times = new Map<ArticleEntry, number>();
  for (const article of site.articles) {
    times.set(article, Date.parse(article.meta.published));
    const own: number[] = [];
    for (const key of keysOf(article)) {
      const list = shared.get(key) ?? [];
      own.push(list.push(article) - 1);
      shared.set(key, list);
    }
    positions.set(article, own);
  }

  return article => {
    const ownVersions = new Set(site.translations.get(article.source) ?? [article]);
    const chosen = new Set<ArticleEntry>();
    for (const source of article.meta.related) {
      const other = site.entries.get(source);
      if (other?.kind === 'article' && !ownVersions.has(other)) chosen.add(other);
    }
    const scores = new Map<ArticleEntry, number>();
    const time = times.get(article)!;
    for (const [index, key] of keysOf(article).entries()) {
      const list = shared.get(key)!;
      const at = positions.get(article)![index]!;
      const rarity = Math.log(1 + site.articles.length / list.length);
      for (let i = Math.max(0, at - reach); i < Math.min(list.length, at + reach + 1); i++) {
        const other = list[i]!;
        if (other.lang !== article.lang || ownVersions.has(other) || chosen.has(other)) continue;
        scores.set(other, (scores.get(other) ?? 0) + rarity * nearness(times.get(other)! - time));
      }
    }
    return [...chosen, ...best(scores, limit - chosen.size)];
  };
}

/** Those with the highest scores; of equal ones the first by path. */
function best(scores: ReadonlyMap<ArticleEntry, number>, count: number): ArticleEntry[] {
  const top: [article: ArticleEntry, score: number][] = [];
  for (const [article, score] of scores) {
    let at = top.length;
    while (at > 0 && isBefore(article, score, top[at - 1]!)) at--;
    if (at >= count) continue;
    top.splice(at, 0, [article, score]);
    if (top.length > count) top.pop();
  }
  return top.map(([article]) => article);
}

const isBefore = (article: ArticleEntry, score: number, [other, least]: [ArticleEntry, number]): boolean =>
  score > least || (score === least && compareText(article.source, other.source) < 0);

/** Desk and author are no keys: nearly every story shares them with many. */
const keysOf = ({ meta }: ArticleEntry): string[] => [
  ...meta.topics.map(topic => `topic:${topic}`),
  ...meta.people.map(person => `person:${person}`),
];

/** 1 for the same day, half for a month apart; a newer story counts a little more than an older one. */
function nearness(milliseconds: number): number {
  const days = milliseconds / day;
  return (days > 0 ? 1.1 : 1) / (1 + Math.abs(days) / 30);
}
