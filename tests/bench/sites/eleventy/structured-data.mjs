/** Generates the JSON-LD of the publication's pages. */
import { isoDate, named, origin, site } from './site.mjs';

const publisher = { '@id': `${origin}/#publisher` };
const newsroom = { '@type': 'NewsMediaOrganization', ...publisher, name: site.name, url: `${origin}/` };
const person = id => ({ '@type': 'Person', name: named[id].name, url: `${origin}/authors/${id}/` });
const breadcrumbs = crumbs => ({
  '@type': 'BreadcrumbList',
  itemListElement: crumbs.map(([name, item], index) => ({
    '@type': 'ListItem',
    position: index + 1,
    name,
    item,
  })),
});
const graph = (...things) =>
  JSON.stringify({ '@context': 'https://schema.org', '@graph': things }).replaceAll('<', '\\u003c');

export function articleJsonLd({ title, standfirst, published, desk, authors, topics }, url, words) {
  const address = origin + url;
  const names = topics.map(id => named[id].name);
  const date = isoDate(published);
  return graph(
    {
      '@type': 'NewsArticle',
      '@id': `${address}#article`,
      mainEntityOfPage: address,
      url: address,
      headline: title,
      description: standfirst,
      datePublished: date,
      dateModified: date,
      author: authors.map(person),
      publisher,
      copyrightHolder: publisher,
      articleSection: named[desk].name,
      keywords: names,
      about: names.map(name => ({ '@type': 'Thing', name })),
      wordCount: words,
      inLanguage: 'en',
      isAccessibleForFree: true,
      speakable: { '@type': 'SpeakableSpecification', cssSelector: ['h1', '.standfirst'] },
    },
    breadcrumbs([
      [site.name, `${origin}/`],
      [named[desk].name, `${origin}/${desk}/`],
      [title, address],
    ]),
    newsroom,
  );
}

export const listJsonLd = ({ kind, id, name, home }) =>
  graph(
    kind === 'author'
      ? { '@type': 'ProfilePage', mainEntity: person(id) }
      : breadcrumbs([
          [site.name, `${origin}/`],
          [name, origin + home],
        ]),
  );

export const homeJsonLd = () =>
  graph(
    {
      '@type': 'WebSite',
      '@id': `${origin}/#site`,
      name: site.name,
      url: `${origin}/`,
      inLanguage: 'en',
      publisher,
    },
    newsroom,
  );
