/** Reads the outputs of a build: counts the files by kind, and compares the generators. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { pathOf } from './corpus.mjs';

const overviews = ['', 'archive/', 'topics/', 'authors/', 'feeds/', 'corrections/'];

/** Kinds of files. Each file belongs to the first kind that matches. */
const kinds = [
  ['articles', /^(?!archive|topics|authors)[a-z]+\/\d{4}\/\d{2}\/[^/]+\/index\.html$/],
  ['redirectsToFirstPage', /\/page\/1\/index\.html$/],
  ['numberedPages', /\/page\/\d+\/index\.html$/],
  [
    'overviews',
    { test: path => path === '404.html' || overviews.includes(path.replace(/index\.html$/, '')) },
  ],
  ['lists', /^(?:[a-z]+|topics\/[^/]+|authors\/[^/]+|archive\/\d{4}(?:\/\d{2})?)\/index\.html$/],
  ['rss', /feed\.xml$/],
  ['atom', /atom\.xml$/],
  ['jsonFeeds', /feed\.json$/],
  ['sitemap', /^sitemap\.xml$|^sitemap-\d+\.xml$/],
  ['styles', /\.css$/],
  ['other', /./],
];

/**
 * Counts the files of a build's output by kind, with their bytes.
 * @param {import('./generators.mjs').Generator} generator
 * @returns {{ files: number, bytes: number, articleBytes: number, kinds: Record<string, number>,
 * storiesInLists: number }}
 */
export function readOutputs(generator, site) {
  const out = join(site, generator.out);
  const counts = Object.fromEntries(kinds.map(([kind]) => [kind, 0]));
  let files = 0;
  let bytes = 0;
  let articleBytes = 0;
  let storiesInLists = 0;
  for (const entry of readdirSync(out, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath ?? entry.path, entry.name);
    const path = file.slice(out.length + 1).replaceAll(sep, '/');
    const text = () => readFileSync(file, 'utf8');
    let kind = kinds.find(([, pattern]) => pattern.test(path))[0];
    // Broadsheet's page/1/ has the oldest stories; Hugo's redirects to the first page.
    if (kind === 'redirectsToFirstPage' && !text().includes('http-equiv="refresh"')) kind = 'numberedPages';
    counts[kind]++;
    files++;
    const { size } = statSync(file);
    bytes += size;
    if (kind === 'articles') articleBytes += size;
    if (kind === 'lists' || kind === 'numberedPages')
      storiesInLists += text().split('class="teaser"').length - 1;
  }
  return { files, bytes, articleBytes, kinds: counts, storiesInLists };
}

/**
 * Checks whether the build has everything that the corpus requires, and nothing else.
 *
 * @param {import('./corpus.mjs').Corpus} corpus
 * @param {{ feedLimit: number, related: boolean }} options
 * @returns {string[]} problems
 */
export function checkOutputs(generator, site, corpus, outputs, { feedLimit, related }) {
  const { lists } = corpus;
  const feeds = 1 + lists.filter(({ path }) => !path.startsWith('/archive/')).length;
  const expected = {
    articles: corpus.articles,
    lists: lists.length,
    numberedPages: lists.reduce((sum, { stories }) => sum + generator.numberedPages(stories), 0),
    overviews: overviews.length + 1,
    rss: feeds,
    atom: feeds,
    jsonFeeds: feeds,
    styles: 1,
  };
  const wrong = [];
  const compare = (what, is, wanted) => {
    if (is !== wanted) wrong.push(`${generator.title}: ${what}: ${is}, expected ${wanted}`);
  };
  for (const [kind, wanted] of Object.entries(expected)) compare(kind, outputs.kinds[kind], wanted);
  compare(
    'stories in lists',
    outputs.storiesInLists,
    lists.reduce((sum, { stories }) => sum + stories, 0),
  );

  const read = path => readFileSync(join(site, generator.out, path), 'utf8');
  const addresses = read('sitemap.xml').split('<loc>').length - 1;
  if (outputs.kinds.sitemap === 1)
    compare('addresses in the sitemap', addresses, corpus.articles + lists.length + overviews.length);
  compare(
    'stories in the feed',
    read('feed.xml').split('<item>').length - 1,
    Math.min(feedLimit, corpus.articles),
  );
  compare(
    'stories in the JSON feed',
    JSON.parse(read('feed.json')).items.length,
    Math.min(feedLimit, corpus.articles),
  );
  return [...wrong, ...checkArticle(generator, read(`${pathOf(corpus.newest)}index.html`), corpus, related)];
}

/** Checks that the newest article's page has everything that the comparison claims for article pages. */
function checkArticle({ name, title }, html, { newest, articles }, related) {
  const jsonLd = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)?.[1] ?? '{}');
  const story = jsonLd['@graph']?.find(thing => thing['@type'] === 'NewsArticle');
  const headings = [...html.matchAll(/<h[23] id="([^"]+)"/g)].map(([, id]) => id);
  const teasers = html.split('class="teaser"').length - 1;
  const wanted = {
    headline: html.includes(`<h1>${newest.title}</h1>`),
    standfirst: html.includes(`<p class="standfirst">${newest.standfirst}</p>`),
    byline: html.includes(`href="/authors/${newest.authors[0]}/"`),
    date: /<time datetime="/.test(html),
    'JSON-LD':
      story?.headline === newest.title && Date.parse(story.datePublished) === Date.parse(newest.published),
    'Open Graph': html.includes('property="og:title"') && html.includes('property="article:published_time"'),
    'ids of headings': headings.length === 3,
    'table of contents': headings.every(id => html.includes(`href="#${id}"`)),
    'curly quotation marks': /“|&ldquo;/.test(html),
    quotation: html.includes('<blockquote>'),
    'how it was reported': html.includes('<section class="about-story">'),
    'the author and the biography': html.includes('<section class="writers">') && html.includes('<bdi>'),
    topics: newest.topics.every(id => html.includes(`href="/topics/${id}/"`)),
    // In a small corpus, some stories have fewer than four related stories.
    'four related stories': articles < 300 || teasers === (related || name === 'broadsheet' ? 4 : 0),
  };
  return Object.entries(wanted)
    .filter(([, there]) => !there)
    .map(([what]) => `${title}: the newest article's page lacks: ${what}`);
}

/** Ids of an article's headings, which must be the same in all generators' output. */
export function headingIds(generator, site, article) {
  const html = readFileSync(join(site, generator.out, pathOf(article), 'index.html'), 'utf8');
  return [...html.matchAll(/<h[23] id="([^"]+)"/g)].map(([, id]) => id).join(' ');
}
