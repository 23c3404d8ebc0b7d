/**
 * Eleventy's site for the benchmark: articles are Markdown, pages are Nunjucks, the JSON feed is JavaScript.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import anchor from 'markdown-it-anchor';
import { collectLists, feedsOf, frontOf, pagesOf } from './lists.mjs';
import { footer, forgetParts, masthead, teaser, writer } from './parts.mjs';
import { createRelated } from './related.mjs';
import { dayText, isoDate, momentText, named, origin } from './site.mjs';
import { articleJsonLd, homeJsonLd, listJsonLd } from './structured-data.mjs';
import { readText } from './text.mjs';

const hashOf = file => createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 10);

/** Generates slugs like GitHub's. */
const slugify = text =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
    .replace(/\s/g, '-');

function addAssets(config) {
  const assets = {};
  for (const [name, file, type] of [
    ['styles', 'style.css', 'css'],
    ['articleScript', 'scripts/article.js', 'js'],
    ['pageScript', 'scripts/page.js', 'js'],
  ]) {
    const path = `assets/${name}.${hashOf(file)}.${type}`;
    config.addPassthroughCopy({ [file]: path });
    assets[name] = `/${path}`;
  }
  config.addPassthroughCopy({ public: '/' });
  config.addGlobalData('assets', assets);
}

/**
 * Adds collections. All are derived from the sorted articles and their lists, which are computed once per
 * build.
 */
function addCollections(config) {
  let known;
  let related;
  config.on('eleventy.before', () => {
    known = undefined;
    related = undefined;
    forgetParts();
  });
  const all = api => {
    if (known === undefined) {
      const articles = api.getFilteredByTag('article').sort((a, b) => b.data.published - a.data.published);
      known = { articles, lists: collectLists(articles) };
    }
    return known;
  };
  config.addCollection('newest', api => all(api).articles);
  config.addCollection('lists', api => all(api).lists);
  config.addCollection('listPages', api => all(api).lists.flatMap(pagesOf));
  config.addCollection('feeds', api => feedsOf(all(api).articles, all(api).lists));
  config.addCollection('front', api => [frontOf(all(api).articles, all(api).lists)]);
  config.addFilter('related', url => {
    related ??= createRelated(known.articles);
    return related(url);
  });
}

export default function configure(config) {
  config.setUseGitIgnore(false);
  config.setQuietMode(true);
  config.amendLibrary('md', library =>
    library
      .set({ html: true, linkify: true, typographer: true })
      .use(anchor, { level: [2, 3], slugify, tabIndex: false }),
  );
  config.addGlobalData('origin', origin);
  addAssets(config);
  addCollections(config);

  config.addShortcode('teaser', teaser);
  config.addShortcode('masthead', masthead);
  config.addShortcode('footer', footer);
  config.addShortcode('writer', writer);

  config.addFilter('isoDate', isoDate);
  config.addFilter('rssDate', date => date.toUTCString());
  config.addFilter('dayText', dayText);
  config.addFilter('momentText', momentText);
  config.addFilter('nameOf', id => named[id].name);
  config.addFilter('storiesText', count => `${count} ${count === 1 ? 'story' : 'stories'}`);
  config.addFilter('readText', readText);
  config.addFilter('articleJsonLd', articleJsonLd);
  config.addFilter('listJsonLd', listJsonLd);
  config.addFilter('homeJsonLd', homeJsonLd);
  config.addFilter('kindOf', (all, kind) =>
    all.filter(list => list.kind === kind).sort((a, b) => (a.name < b.name ? -1 : 1)),
  );
  config.addFilter('monthsOf', (all, year) =>
    all
      .filter(list => list.kind === 'month' && list.id.startsWith(year))
      .sort((a, b) => (a.id < b.id ? 1 : -1)),
  );

  return {
    dir: { input: '.', output: '_site' },
    markdownTemplateEngine: false,
    htmlTemplateEngine: 'njk',
    templateFormats: ['md', 'njk', '11ty.js'],
  };
}
