/** Lists of the publication, their pages and their feeds. */
import { named, perPage, site } from './site.mjs';

const monthText = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** Collects the lists of the publication, each with its stories, newest first. */
export function collectLists(articles) {
  const lists = new Map();
  const add = (kind, id, nameOf, path, article) => {
    const list = lists.get(path);
    if (list) list.articles.push(article);
    else lists.set(path, { kind, id, name: nameOf(), path, articles: [article] });
  };
  for (const article of articles) {
    const { desk, topics, authors, published } = article.data;
    const month = published.toISOString().slice(0, 7);
    const year = month.slice(0, 4);
    add('desk', desk, () => named[desk].name, `/${desk}/`, article);
    for (const id of topics) add('topic', id, () => named[id].name, `/topics/${id}/`, article);
    for (const id of authors) add('author', id, () => named[id].name, `/authors/${id}/`, article);
    add('year', year, () => year, `/archive/${year}/`, article);
    add('month', month, () => monthText.format(published), `/archive/${month.replace('-', '/')}/`, article);
  }
  return [...lists.values()];
}

export function pagesOf(list) {
  const count = Math.ceil(list.articles.length / perPage);
  const pathOf = number => (number === 1 ? list.path : `${list.path}page/${number}/`);
  return Array.from({ length: count }, (_, index) => ({
    ...list,
    biography: index === 0 ? named[list.id]?.biography : undefined,
    home: list.path,
    path: pathOf(index + 1),
    articles: list.articles.slice(index * perPage, (index + 1) * perPage),
    number: index + 1,
    newer: index > 0 ? pathOf(index) : undefined,
    older: index + 1 < count ? pathOf(index + 2) : undefined,
  }));
}

/** Feeds of the site and of each desk, topic and author, each with at most `feedLimit` stories. */
export const feedsOf = (articles, lists) =>
  [
    { kind: 'site', name: site.name, path: '/', articles },
    ...lists.filter(({ kind }) => kind !== 'year' && kind !== 'month'),
  ].map(list => ({
    ...list,
    title: list.kind === 'site' ? list.name : `${list.name} — ${site.name}`,
    articles: list.articles.slice(0, site.feedLimit),
  }));

/** Selects the stories of the front page, each only once: the newest, and some of each desk. */
export function frontOf(articles, lists) {
  const newest = articles.slice(0, 6);
  const rivers = site.desks.flatMap(({ id }) => {
    const list = lists.find(({ kind, id: other }) => kind === 'desk' && other === id);
    const stories = list?.articles.filter(article => !newest.includes(article)).slice(0, 5) ?? [];
    return stories.length > 0 ? [{ ...list, articles: stories }] : [];
  });
  return { lead: newest[0], beside: newest.slice(1, 3), grid: newest.slice(3), rivers };
}
