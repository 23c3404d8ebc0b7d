/** The bench site for Eleventy: articles are Markdown, all else is Nunjucks. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import anchor from 'markdown-it-anchor';

const origin = 'https://bench.example';
const perPage = 24;
const styles = `assets/style.${createHash('sha256').update(readFileSync('style.css')).digest('hex').slice(0, 10)}.css`;
const site = JSON.parse(readFileSync('_data/site.json', 'utf8'));
const named = Object.fromEntries(
  [...site.desks, ...site.topics, ...site.authors].map(item => [item.id, item]),
);

const dateText = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
const monthText = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** As GitHub makes them. */
const slugify = text =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
    .replace(/\s/g, '-');

/** The lists of a publication, each with its stories, newest first. */
function collectLists(articles) {
  const lists = new Map();
  const add = (kind, id, name, path, article) => {
    const list = lists.get(path) ?? { kind, id, name, path, articles: [] };
    list.articles.push(article);
    lists.set(path, list);
  };
  for (const article of articles) {
    const { desk, topics, authors, published } = article.data;
    const month = published.toISOString().slice(0, 7);
    add('desk', desk, named[desk].name, `/${desk}/`, article);
    for (const id of topics) add('topic', id, named[id].name, `/topics/${id}/`, article);
    for (const id of authors) add('author', id, named[id].name, `/authors/${id}/`, article);
    add('year', month.slice(0, 4), month.slice(0, 4), `/archive/${month.slice(0, 4)}/`, article);
    add('month', month, monthText.format(published), `/archive/${month.replace('-', '/')}/`, article);
  }
  return [...lists.values()];
}

function pagesOf(list) {
  const count = Math.ceil(list.articles.length / perPage);
  const pathOf = number => (number === 1 ? list.path : `${list.path}page/${number}/`);
  return Array.from({ length: count }, (_, index) => ({
    ...list,
    biography: named[list.id]?.biography,
    home: list.path,
    path: pathOf(index + 1),
    articles: list.articles.slice(index * perPage, (index + 1) * perPage),
    number: index + 1,
    newer: index > 0 ? pathOf(index) : undefined,
    older: index + 1 < count ? pathOf(index + 2) : undefined,
  }));
}

/** By shared topics, those of the nearest time, as far as a few neighbours in each topic's list go. */
function relatedStories(lists) {
  const byTopic = new Map(
    lists.filter(({ kind }) => kind === 'topic').map(({ id, articles }) => [id, articles]),
  );
  const places = new Map();
  for (const [id, articles] of byTopic)
    articles.forEach((article, index) => {
      places.set(`${id} ${article.url}`, index);
    });
  return (url, topics) => {
    const scores = new Map();
    for (const id of topics) {
      const at = places.get(`${id} ${url}`);
      for (const other of byTopic.get(id).slice(Math.max(0, at - 12), at + 13))
        if (other.url !== url) scores.set(other, (scores.get(other) ?? 0) + 1);
    }
    return [...scores]
      .sort(([, a], [, b]) => b - a)
      .slice(0, 4)
      .map(([article]) => article);
  };
}

function articleJsonLd({ title, standfirst, published, desk, authors, topics }, url, content) {
  const address = origin + url;
  const publisher = { '@id': `${origin}/#publisher` };
  const names = topics.map(id => named[id].name);
  const crumb = (position, name, item) => ({ '@type': 'ListItem', position, name, item });
  return [
    {
      '@type': 'NewsArticle',
      '@id': `${address}#article`,
      mainEntityOfPage: address,
      url: address,
      headline: title,
      description: standfirst,
      datePublished: isoDate(published),
      dateModified: isoDate(published),
      author: authors.map(id => ({
        '@type': 'Person',
        name: named[id].name,
        url: `${origin}/authors/${id}/`,
      })),
      publisher,
      copyrightHolder: publisher,
      articleSection: named[desk].name,
      keywords: names,
      about: names.map(name => ({ '@type': 'Thing', name })),
      wordCount: countWords(content),
      inLanguage: 'en',
      isAccessibleForFree: true,
      speakable: { '@type': 'SpeakableSpecification', cssSelector: ['h1', '.standfirst'] },
    },
    {
      '@type': 'BreadcrumbList',
      itemListElement: [
        crumb(1, site.name, `${origin}/`),
        crumb(2, named[desk].name, `${origin}/${desk}/`),
        crumb(3, title, address),
      ],
    },
    { '@type': 'NewsMediaOrganization', ...publisher, name: site.name, url: `${origin}/` },
  ];
}

const isoDate = date => `${date.toISOString().slice(0, 19)}Z`;
const countWords = html =>
  html
    .replace(/<[^>]+>/g, ' ')
    .split(/\s+/)
    .filter(Boolean).length;

export default function configure(config) {
  config.setUseGitIgnore(false);
  config.setQuietMode(true);
  config.amendLibrary('md', library =>
    library
      .set({ html: true, linkify: true, typographer: true })
      .use(anchor, { level: [2, 3], slugify, tabIndex: false }),
  );
  config.addPassthroughCopy({ 'style.css': styles });
  config.addGlobalData('styles', `/${styles}`);
  config.addGlobalData('origin', origin);

  let lists;
  let related;
  const sorted = api => api.getFilteredByTag('article').sort((a, b) => b.data.published - a.data.published);
  config.addCollection('newest', sorted);
  config.addCollection('lists', api => {
    lists = collectLists(sorted(api));
    related = relatedStories(lists);
    return lists;
  });
  config.addCollection('listPages', api => collectLists(sorted(api)).flatMap(pagesOf));
  config.addCollection('feeds', api => {
    const articles = sorted(api);
    return [
      { kind: 'site', name: site.name, path: '/', articles },
      ...collectLists(articles).filter(({ kind }) => kind !== 'year' && kind !== 'month'),
    ].map(list => ({ ...list, articles: list.articles.slice(0, site.feedLimit) }));
  });

  config.addFilter('isoDate', isoDate);
  config.addFilter('rssDate', date => date.toUTCString());
  config.addFilter('dateText', date => dateText.format(date));
  config.addFilter('nameOf', id => named[id].name);
  config.addFilter('minutes', html => Math.max(1, Math.round(countWords(html) / 230)));
  config.addFilter('headings', html =>
    [...html.matchAll(/<h([23]) id="([^"]+)"[^>]*>(.*?)<\/h\1>/g)].map(([, level, id, text]) => ({
      level,
      id,
      text,
    })),
  );
  config.addFilter('related', (url, topics) => (site.related ? related(url, topics) : []));
  config.addFilter('graph', things =>
    JSON.stringify({ '@context': 'https://schema.org', '@graph': things }).replaceAll('<', '\\u003c'),
  );
  config.addFilter('articleJsonLd', articleJsonLd);
  config.addFilter('listJsonLd', ({ kind, name, home }) =>
    kind === 'author'
      ? [{ '@type': 'ProfilePage', mainEntity: { '@type': 'Person', name, url: origin + home } }]
      : [
          {
            '@type': 'BreadcrumbList',
            itemListElement: [
              { '@type': 'ListItem', position: 1, name: site.name, item: `${origin}/` },
              { '@type': 'ListItem', position: 2, name, item: origin + home },
            ],
          },
        ],
  );
  config.addFilter('kindOf', (all, kind) => all.filter(list => list.kind === kind));
  config.addFilter('monthsOf', (all, year) =>
    all
      .filter(list => list.kind === 'month' && list.id.startsWith(year))
      .sort((a, b) => (a.id < b.id ? 1 : -1)),
  );
  config.addFilter('jsonFeed', list =>
    JSON.stringify(
      {
        version: 'https://jsonfeed.org/version/1.1',
        title: list.name,
        home_page_url: origin + list.path,
        feed_url: `${origin}${list.path}feed.json`,
        description: list.name,
        language: 'en',
        items: list.articles.map(({ url, data, content }) => ({
          id: origin + url,
          url: origin + url,
          title: data.title,
          content_html: content,
          summary: data.standfirst,
          date_published: isoDate(data.published),
          tags: data.topics.map(id => named[id].name),
          authors: data.authors.map(id => ({ name: named[id].name, url: `${origin}/authors/${id}/` })),
          language: 'en',
        })),
      },
      null,
      1,
    ),
  );

  return {
    dir: { input: '.', output: '_site' },
    markdownTemplateEngine: false,
    htmlTemplateEngine: 'njk',
    templateFormats: ['md', 'njk'],
  };
}
