/** Finds related stories: those that share rare topics and authors and are close in time. */

const limit = 4;
/**
 * Number of neighbours in time to compare for each topic and author. The limit keeps the cost linear in the
 * number of articles.
 */
const reach = 12;
const month = 30 * 86_400_000;

/**
 * Creates the finder of related articles.
 * @returns a function that returns an article's related articles, by the article's address
 */
export function createRelated(articles) {
  const lists = new Map();
  const places = new Map();
  for (const article of articles) {
    const story = { article, time: article.data.published.getTime() };
    const own = [...article.data.topics, ...article.data.authors].map(id => {
      const list = lists.get(id) ?? [];
      if (list.length === 0) lists.set(id, list);
      return { list, at: list.push(story) - 1 };
    });
    places.set(article.url, { story, own });
  }

  return url => {
    const { story, own } = places.get(url);
    const scores = new Map();
    for (const { list, at } of own) {
      const rarity = Math.log(1 + articles.length / list.length);
      const end = Math.min(list.length, at + reach + 1);
      for (let i = Math.max(0, at - reach); i < end; i++) {
        const other = list[i];
        if (other === story) continue;
        const nearness = 1 / (1 + Math.abs(other.time - story.time) / month);
        scores.set(other, (scores.get(other) ?? 0) + rarity * nearness);
      }
    }
    return best(scores).map(({ article }) => article);
  };
}

/** Selects the articles with the highest scores, without sorting all of them. */
function best(scores) {
  const top = [];
  for (const entry of scores) {
    let at = top.length;
    while (at > 0 && entry[1] > top[at - 1][1]) at--;
    if (at === limit) continue;
    top.splice(at, 0, entry);
    if (top.length > limit) top.pop();
  }
  return top.map(([story]) => story);
}
