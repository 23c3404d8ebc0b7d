/**
 * Generates the corpus: a publication of invented text as one site folder for each generator. The same number
 * of articles produces the same text on every machine. An article's text is identical in all sites, byte for
 * byte; the front matter uses each generator's own keys. All names, places and events are fictitious.
 */
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generators } from './generators.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const packageRoot = join(here, '../..');

const seed = 20250101;
const deskIds = ['world', 'politics', 'business', 'culture', 'sport'];
const firstYear = 2015;
const years = 10;

const words =
  'the of council city budget report said on Monday that new plan for water transport schools minister talks agreement vote river harbour energy people workers market prices rise fall after before local national region officials statement according figures year month week public service court law company bank house family health hospital police road bridge train election party leader member group meeting decision project money tax rate growth trade border security defence aid relief storm rain heat wind fire'.split(
    ' ',
  );

/**
 * @typedef {{ id: string, name: string }} Named
 * @typedef {{ slug: string, title: string, standfirst: string, published: string, desk: string, authors: string[],
 *   topics: string[], body: string }} Article
 * @typedef {{ id: string, name: string, path: string, stories: number }} List
 *   `path` is the list's address from the site's root, `stories` the number of its stories
 * @typedef {{ articles: number, desks: Named[], topics: Named[], authors: Named[], lists: List[], newest: Article,
 *   markdownBytes: number }} Corpus
 */

/** Generates numbers from 0 to 1. The same seed always yields the same numbers (mulberry32). */
function randomNumbers(start) {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function createWriter(random) {
  const between = (low, high) => low + Math.floor(random() * (high - low + 1));
  const pick = list => list[Math.floor(random() * list.length)];
  const phrase = (low, high) => {
    const text = Array.from({ length: between(low, high) }, () => pick(words)).join(' ');
    return text[0].toUpperCase() + text.slice(1);
  };
  const sentence = () => `${phrase(8, 19)}.`;
  const paragraph = () => Array.from({ length: between(2, 5) }, sentence).join(' ');
  const spoken = () =>
    `"${phrase(6, 12)}," the council's ${pick(words)} said -- ${sentence()} ${paragraph()}`;
  return { between, pick, phrase, sentence, paragraph, spoken };
}

/** Generates the articles of the corpus. @yields {Article} */
function* writeArticles(count, authors, topics) {
  const random = randomNumbers(seed);
  const { between, pick, phrase, sentence, paragraph, spoken } = createWriter(random);
  const start = Date.UTC(firstYear, 0, 1);
  const end = Date.UTC(firstYear + years, 0, 1);
  for (let number = 0; number < count; number++) {
    const moment = start + Math.floor((random() * (end - start)) / 1000) * 1000;
    const body = [
      paragraph(),
      spoken(),
      `## ${phrase(3, 7)} ${number} a`,
      paragraph(),
      `${paragraph()} See [${phrase(2, 4).toLowerCase()}](https://example.org/${number}) and *${pick(words)}* of **this**.`,
      `> ${sentence()} ${sentence()}\n>\n> — Speaker ${number % 97}, Office`,
      paragraph(),
      `## ${phrase(3, 7)} ${number} b`,
      spoken(),
      Array.from({ length: between(3, 5) }, () => `- ${sentence()}`).join('\n'),
      paragraph(),
      `### ${phrase(3, 7)} ${number} c`,
      paragraph(),
      `${sentence()} [${phrase(1, 3)}](https://example.org/report/${number}) ${paragraph()}`,
    ].join('\n\n');
    yield {
      slug: `story-${number}`,
      title: `${phrase(6, 10)} ${number}`,
      standfirst: sentence(),
      published: `${new Date(moment).toISOString().slice(0, 19)}Z`,
      desk: pick(deskIds),
      authors: [pick(authors).id],
      topics: [...new Set([pick(topics).id, pick(topics).id, pick(topics).id])],
      body: `${body}\n`,
    };
  }
}

const capital = text => text[0].toUpperCase() + text.slice(1);
const months = 'January February March April May June July August September October November December'.split(
  ' ',
);
const monthName = id => `${months[Number(id.slice(5)) - 1]} ${id.slice(0, 4)}`;

/** Path of an article's file below the folder of articles. `pathOf` returns its address on the site. */
export const fileOf = ({ desk, published, slug }) => `${desk}/${published.slice(0, 4)}/${slug}.md`;
export const pathOf = ({ desk, published, slug }) =>
  `/${desk}/${published.slice(0, 7).replace('-', '/')}/${slug}/`;

function broadsheetArticle({ title, standfirst, published, desk, authors, topics, body }) {
  return `---\ntitle: ${title}\nstandfirst: ${standfirst}\npublished: ${published}\ndesk: ${desk}\nauthors: [${authors}]\ntopics: [${topics.join(', ')}]\n---\n\n${body}`;
}

/** Formats an article for Hugo. Years and months are taxonomies, and the folder is the desk. */
function hugoArticle({ title, standfirst, published, authors, topics, body }) {
  const [year, month] = [published.slice(0, 4), published.slice(0, 7)];
  return `---\ntitle: ${title}\ndescription: ${standfirst}\ndate: ${published}\nauthors: [${authors}]\ntopics: [${topics.join(', ')}]\nyears: ["${year}"]\nmonths: ["${month}"]\n---\n\n${body}`;
}

/**
 * Functions that format an article's file, by generator name.
 * @type {Record<string, (article: Article) => string>}
 */
const dialects = { broadsheet: broadsheetArticle, eleventy: broadsheetArticle, hugo: hugoArticle };
const articleFolders = {
  broadsheet: 'content/articles',
  eleventy: 'content/articles',
  hugo: 'content',
};

/** Path of an article's file in a generator's site. */
export const articleFile = (site, name, article) => join(site, articleFolders[name], fileOf(article));

function put(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Combines Broadsheet's style sheet into one file, for the two generators that do not bundle. */
function styleSheet() {
  const folder = join(packageRoot, 'templates/styles');
  const faces = readFileSync(join(folder, 'fonts/Latn.css'), 'utf8').replaceAll('../../fonts/', '/fonts/');
  const sheet = readFileSync(join(folder, 'main.css'), 'utf8').replace(
    /@import "\.\/(.+?)" layer\((.+?)\);/g,
    (_, file, layer) => `@layer ${layer} {\n${readFileSync(join(folder, file), 'utf8')}}`,
  );
  return sheet + faces;
}

/** Copies Broadsheet's icon, fonts and bundled scripts under their original names. */
function copyAssets(site, publicFolder, scriptsFolder) {
  const copy = (from, to) => {
    mkdirSync(dirname(join(site, to)), { recursive: true });
    copyFileSync(join(packageRoot, from), join(site, to));
  };
  copy('public/favicon.svg', `${publicFolder}/favicon.svg`);
  for (const face of ['newsreader-title', 'newsreader-text', 'newsreader-italic'])
    copy(`templates/fonts/${face}.woff2`, `${publicFolder}/fonts/${face}.woff2`);
  for (const script of ['article', 'page']) copy(`lib/scripts/${script}.js`, `${scriptsFolder}/${script}.js`);
}

/**
 * Writes the site of each generator, or reuses those of an earlier run. Templates and configuration are
 * always written again.
 *
 * @param {{ articles: number, work: string, names: string[], feedLimit: number, related: boolean, trash:
 *   ReturnType<import('./trash.mjs').createTrash> }} options `work` is the folder of all corpora;
 *   sites of an older version go to the trash
 * @returns {Corpus & { sites: Record<string, string> }} `sites` contains the folder of each generator
 */
export function prepareCorpus({ articles, work, names, feedLimit, related, trash }) {
  const folder = join(work, String(articles));
  const version = createHash('sha256')
    .update(readFileSync(fileURLToPath(import.meta.url)))
    .digest('hex');
  const random = randomNumbers(seed + 1);
  const { paragraph } = createWriter(random);
  const topics = Array.from({ length: 65 }, (_, i) => ({ id: `topic-${i}`, name: `Topic ${i}` }));
  const authors = Array.from({ length: 50 }, (_, i) => ({
    id: `author-${i}`,
    name: `Author ${i}`,
    biography: paragraph(),
  }));
  const desks = deskIds.map(id => ({ id, name: capital(id) }));
  const sites = Object.fromEntries(names.map(name => [name, join(folder, name)]));

  const stamp = name => join(folder, `${name}.json`);
  const known = names.map(name =>
    existsSync(stamp(name)) ? JSON.parse(readFileSync(stamp(name), 'utf8')) : {},
  );
  const stale = names.filter((_, index) => known[index].version !== version);
  /** @type {Corpus | undefined} */
  let corpus = known.find(({ version: other }) => other === version)?.corpus;
  if (stale.length > 0) {
    for (const name of stale) {
      trash.put(stamp(name));
      trash.put(sites[name]);
    }
    corpus = writeTexts({ articles, stale, sites, desks, topics, authors });
    for (const name of stale) put(stamp(name), JSON.stringify({ version, corpus }));
  }
  // An interrupted run may have left an edit in the newest article, so write it again.
  for (const name of names) put(articleFile(sites[name], name, corpus.newest), dialects[name](corpus.newest));
  const furniture = { name: 'Bench', desks, topics, authors, feedLimit, related };
  for (const name of names) {
    putFurnitureAside(name, sites[name], trash);
    writeFurniture(name, sites[name], furniture, corpus.lists);
  }
  return { ...corpus, sites };
}

function writeTexts({ articles, stale, sites, desks, topics, authors }) {
  const counts = new Map();
  const count = (path, id, name) => {
    const list = counts.get(path) ?? { id, name, path, stories: 0 };
    list.stories++;
    counts.set(path, list);
  };
  const nameOf = (list, id) => list.find(item => item.id === id).name;
  let newest;
  let markdownBytes = 0;
  for (const article of writeArticles(articles, authors, topics)) {
    for (const name of stale) put(articleFile(sites[name], name, article), dialects[name](article));
    const [year, month] = [article.published.slice(0, 4), article.published.slice(0, 7)];
    count(`/${article.desk}/`, article.desk, nameOf(desks, article.desk));
    for (const id of article.topics) count(`/topics/${id}/`, id, nameOf(topics, id));
    for (const id of article.authors) count(`/authors/${id}/`, id, nameOf(authors, id));
    count(`/archive/${year}/`, year, year);
    count(`/archive/${month.replace('-', '/')}/`, month, monthName(month));
    markdownBytes += Buffer.byteLength(article.body);
    if (!newest || article.published > newest.published) newest = article;
  }
  return {
    articles,
    desks,
    topics,
    authors: authors.map(({ id, name }) => ({ id, name })),
    lists: [...counts.values()],
    newest,
    markdownBytes,
  };
}

/** Moves an earlier run's templates and configuration to the trash. Keeps articles and the results of builds. */
function putFurnitureAside(name, site, trash) {
  const { out, caches } = generators.find(generator => generator.name === name);
  const kept = ['content', 'node_modules', out, ...caches];
  for (const entry of readdirSync(site)) if (!kept.includes(entry)) trash.put(join(site, entry));
}

/** Writes everything except the articles: authors, lists, configuration, templates. */
function writeFurniture(name, site, furniture, lists) {
  const { desks, topics, authors } = furniture;
  if (name === 'broadsheet') {
    const defined = items => items.map(({ id, name }) => `  - {id: ${id}, name: ${name}}`).join('\n');
    put(
      join(site, 'content/site.yaml'),
      `name: ${furniture.name}\nurl: https://bench.example/\ntimeZone: UTC\ndesks:\n${defined(desks)}\ntopics:\n${defined(topics)}\ntheme: {styles: file}\noutputs: {cards: false, articleJson: false, ninjs: false, robots: false, redirects: false, hostFiles: false, text: false, search: false}\n`,
    );
    for (const { id, name, biography } of authors)
      put(join(site, `content/authors/${id}.md`), `---\nname: ${name}\n---\n\n${biography}\n`);
    return;
  }
  cpSync(join(here, 'sites', name), site, { recursive: true });
  if (name === 'eleventy') {
    put(join(site, '_data/site.json'), JSON.stringify(furniture, null, 1));
    put(join(site, 'style.css'), styleSheet());
    copyAssets(site, 'public', 'scripts');
    const modules = join(site, 'node_modules');
    if (!existsSync(modules)) symlinkSync(join(here, 'node_modules'), modules, 'junction');
    return;
  }
  put(join(site, 'data/site.json'), JSON.stringify(furniture, null, 1));
  put(join(site, 'assets/style.css'), styleSheet());
  copyAssets(site, 'static', 'assets');
  const page = (path, head, text = '') =>
    put(join(site, 'content', path), `---\n${JSON.stringify(head, null, 1)}\n---\n\n${text}\n`);
  for (const { id, name } of desks) page(`${id}/_index.md`, { title: name });
  // Hugo builds a page for every term with a file, so terms without stories get no file.
  const used = new Set(lists.map(({ id }) => id));
  for (const { id, name } of topics.filter(({ id }) => used.has(id)))
    page(`topics/${id}/_index.md`, { title: name });
  for (const { id, name, biography } of authors.filter(({ id }) => used.has(id)))
    page(`authors/${id}/_index.md`, { title: name }, biography);
  page('topics/_index.md', { title: 'Topics' });
  page('authors/_index.md', { title: 'Authors' });
  for (const kind of ['years', 'months']) page(`${kind}/_index.md`, { _build: { render: 'never' } });
  for (const { id, name, path } of lists.filter(({ path }) => path.startsWith('/archive/')))
    page(`${id.length === 4 ? 'years' : 'months'}/${id}/_index.md`, {
      title: name,
      url: path,
      outputs: ['HTML'],
    });
  page('archive.md', { title: 'Archive', url: '/archive/', layout: 'archive' });
  page('feeds.md', { title: 'Feeds', url: '/feeds/', layout: 'feeds' });
  page('corrections.md', { title: 'Corrections', url: '/corrections/', layout: 'corrections' });
}
