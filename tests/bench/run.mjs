/**
 * The benchmark: builds the same site with Broadsheet, Hugo and Eleventy in turn, and compares the
 * measurements.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { articleFile, pathOf, prepareCorpus } from './corpus.mjs';
import { measureDev } from './dev.mjs';
import { cli, generators, setAside } from './generators.mjs';
import { measure } from './measure.mjs';
import { checkOutputs, headingIds, readOutputs } from './outputs.mjs';
import { createTrash } from './trash.mjs';

const { values } = parseArgs({
  options: {
    articles: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string' },
    growth: { type: 'boolean', default: false },
    sizes: { type: 'string', default: '1000,10000,100000' },
    'without-related': { type: 'boolean', default: false },
    work: { type: 'string', default: join(tmpdir(), 'broadsheet-bench') },
    json: { type: 'string' },
  },
});
const articles = Number(values.articles);
const rounds = Number(values.rounds);
const { work } = values;
const related = !values['without-related'];
const trash = createTrash(work);
if (!existsSync(cli))
  throw new Error('Compile Broadsheet first: npm run compile in the folder of the repository.');
/** Same limit as in src/emit/feeds.ts. Checking the outputs reveals a difference. */
const feedLimit = 20;

/** Targets of the benchmark: `most` is the limit, `aim` is the goal. */
const targets = [
  { key: 'coldHugo', name: 'cold build, wall: Broadsheet / Hugo', most: 0.5, aim: 0.3 },
  { key: 'coldEleventy', name: 'cold build, wall: Broadsheet / Eleventy', most: 0.4, aim: 0.2 },
  { key: 'editHugo', name: 'build after one edit / cold build of Hugo', most: 0.08, aim: 0.04 },
  { key: 'againHugo', name: 'build after one more edit / cold build of Hugo', most: 0.08, aim: 0.04 },
  { key: 'warmHugo', name: 'build with nothing changed / cold build of Hugo', most: 0.05, aim: 0.03 },
  { key: 'memory', name: 'peak memory at 10,000 articles, GB', most: 0.6, aim: 0.35 },
  { key: 'memory100k', name: 'peak memory at 100,000 articles, GB', most: 1.5, aim: 0.8 },
  { key: 'growth', name: 'time an article, 100,000 / 10,000 articles', most: 1.2, aim: 1.05 },
  { key: 'dev', name: 'dev, 1,000 articles: edit to changed page, ms', most: 300, aim: 100 },
  { key: 'one', name: 'one article, start to exit, s', most: 0.7, aim: 0.35 },
];

const median = list => {
  const sorted = list.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};
const known = list => list.filter(value => value !== undefined);
const number = (value, digits) =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const gigabytes = bytes => bytes / 1e9;

/** Median, with the minimum and maximum if there are several values. */
function spread(list, digits) {
  const there = known(list);
  if (there.length === 0) return 'not measured';
  const range =
    there.length > 1 ? ` (${number(Math.min(...there), digits)}–${number(Math.max(...there), digits)})` : '';
  return number(median(there), digits) + range;
}

function printTable(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map(row => row[column].length)));
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
        .join('   '),
    );
  console.log();
}

const headline = text => console.log(`${text}\n${'-'.repeat(text.length)}`);

async function build(generator, site) {
  // Pending writes of the last build must not slow down the next one.
  if (process.platform !== 'win32') spawnSync('sync');
  const { command, title } = generator;
  const measured = await measure(command, { cwd: site });
  if (measured.code !== 0)
    throw new Error(`${title} ended with ${measured.code}:\n${measured.output.slice(-2000)}`);
  const { wall, cpu, memory } = measured;
  return { wall, cpu, memory };
}

/** Builds cold, without changes, and after a sentence has been added to the newest article. */
async function buildInTurn(generator, site, corpus, round) {
  setAside(generator, site, trash);
  const cold = await build(generator, site);
  const warm = await build(generator, site);
  const file = articleFile(site, generator.name, corpus.newest);
  const original = readFileSync(file, 'utf8');
  const buildEdited = async text => {
    appendFileSync(file, `\n${text}\n`);
    const edited = await build(generator, site);
    const page = readFileSync(join(site, generator.out, pathOf(corpus.newest), 'index.html'), 'utf8');
    if (!page.includes(text)) throw new Error(`${generator.title} has not built the edited article anew.`);
    return edited;
  };
  try {
    const edit = await buildEdited(`Edit number ${round} of the benchmark.`);
    // The other generators keep nothing between builds, so another edit would take just as long.
    const again =
      generator.name === 'broadsheet'
        ? await buildEdited(`Another edit, number ${round}, of the benchmark.`)
        : edit;
    return { cold, warm, edit, again };
  } finally {
    writeFileSync(file, original);
  }
}

function printHeader(compared, corpus) {
  headline(`${number(articles, 0)} articles, ${rounds} ${rounds === 1 ? 'round' : 'rounds'}`);
  const [processor] = cpus();
  console.log(
    `${processor?.model ?? 'Unknown processor'}, ${availableParallelism()} cores, ${number(gigabytes(totalmem()), 0)} GB; ${process.platform}, Node.js ${process.versions.node}`,
  );
  console.log(compared.map(({ title, version }) => `${title} ${version()}`).join(', '));
  const { desks, topics, authors, lists, markdownBytes } = corpus;
  console.log(
    `${number(markdownBytes / articles / 1000, 1)} kB of Markdown an article; ${desks.length} desks, ${topics.length} topics, ${authors.length} authors, ${lists.length} lists with stories`,
  );
  console.log(`
On in all: article pages (headline, standfirst, byline, dates, table of contents, headings with ids, curly quotation marks,
  how it was reported, the author's biography, topics${related ? ', four related stories' : ''}, canonical address, Open Graph, JSON-LD NewsArticle), the
  front page with a river for each desk, lists of desks, topics, authors, years and months in pages of 24, overviews (archive,
  topics, authors, feeds, corrections, 404), RSS, Atom and JSON Feed with the full text of ${feedLimit} stories for the site and each
  desk, topic and author, sitemap.xml, one style sheet and the scripts named by their content, icon, typefaces.
Off: article.json, ninjs.json, robots.txt, redirects, host files, the text edition, the search.
Broadsheet alone: ${related ? '' : 'related stories on article pages, '}quotations with their speaker (HTML and JSON-LD), headings in sections, the editorial
  checks, news-sitemap.xml. Hugo alone: a page at page/1/ of each list that leads to the list.
Broadsheet's first page of a list has 24 to 47 stories, so that the others never change; it has fewer numbered pages for that.
`);
}

function printOutputs(compared, outputs) {
  headline('Files written');
  const names = Object.keys(outputs[0].kinds);
  const words = name => name.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`);
  printTable([
    ['', ...compared.map(({ title }) => title)],
    ...names.map(name => [words(name), ...outputs.map(({ kinds }) => number(kinds[name], 0))]),
    ['all', ...outputs.map(({ files }) => number(files, 0))],
    ['megabytes', ...outputs.map(({ bytes }) => number(bytes / 1e6, 1))],
    [
      'bytes of an article page',
      ...outputs.map(({ articleBytes, kinds }) => number(articleBytes / kinds.articles, 0)),
    ],
    ['stories in lists', ...outputs.map(({ storiesInLists }) => number(storiesInLists, 0))],
  ]);
}

/** Prints the measurements of builds. @param runs measurements by generator and round */
function printBuilds(title, compared, runs, kind) {
  headline(title);
  const of = (name, value) => runs[name].map(run => run[kind][value]);
  const ratio = (name, value) => {
    const ratios = runs.broadsheet?.map((run, round) => run[kind][value] / runs[name][round][kind][value]);
    return ratios && name !== 'broadsheet' ? spread(known(ratios).filter(Number.isFinite), 2) : '';
  };
  printTable([
    ['', 'wall, s', 'CPU, s', 'memory, GB', 'Broadsheet / it: wall', 'CPU', 'memory'],
    ...compared.map(({ name, title }) => [
      title,
      spread(of(name, 'wall'), 2),
      spread(of(name, 'cpu'), 2),
      spread(
        of(name, 'memory').map(bytes => bytes && gigabytes(bytes)),
        2,
      ),
      ratio(name, 'wall'),
      ratio(name, 'cpu'),
      ratio(name, 'memory'),
    ]),
  ]);
}

async function compare(compared, corpus) {
  // Broadsheet trusts a timestamp only if it is more than two seconds old. Wait, so that the builds measure
  // this usual case.
  await wait(3000);
  const runs = Object.fromEntries(compared.map(({ name }) => [name, []]));
  const outputs = [];
  for (let round = 1; round <= rounds; round++) {
    for (const generator of compared) {
      const site = corpus.sites[generator.name];
      runs[generator.name].push(await buildInTurn(generator, site, corpus, round));
      if (round === 1) outputs.push(readOutputs(generator, site));
    }
  }
  const wrong = compared.flatMap((generator, index) =>
    checkOutputs(generator, corpus.sites[generator.name], corpus, outputs[index], { feedLimit, related }),
  );
  const ids = compared.map(generator => headingIds(generator, corpus.sites[generator.name], corpus.newest));
  if (new Set(ids).size > 1) wrong.push(`The ids of headings differ:\n${ids.join('\n')}`);
  printOutputs(compared, outputs);
  if (wrong.length > 0) throw new Error(`The sites are not the same:\n${wrong.join('\n')}`);
  printBuilds('Cold: no output, no cache', compared, runs, 'cold');
  printBuilds('Nothing changed', compared, runs, 'warm');
  printBuilds('One edit, in the newest article', compared, runs, 'edit');
  printBuilds('One more edit (of the others: the same build)', compared, runs, 'again');
  return { runs, outputs };
}

const prepare = (count, names) => prepareCorpus({ articles: count, work, names, feedLimit, related, trash });

/**
 * Builds a one-article site five times.
 * @returns duration of each build, in seconds
 */
async function buildOneArticle(broadsheet) {
  const { sites } = prepare(1, [broadsheet.name]);
  const walls = [];
  for (let run = 0; run < 5; run++) {
    setAside(broadsheet, sites.broadsheet, trash);
    walls.push((await build(broadsheet, sites.broadsheet)).wall);
  }
  headline('One article, cold, start to exit');
  console.log(`${spread(walls, 2)} s\n`);
  return walls;
}

/** Measures cold builds of several sizes, in turn. */
async function measureGrowth(compared) {
  const sizes = values.sizes.split(',').map(Number);
  const sites = sizes.map(
    size =>
      prepare(
        size,
        compared.map(({ name }) => name),
      ).sites,
  );
  const results = [];
  for (let round = 0; round < rounds; round++) {
    for (const [index, size] of sizes.entries()) {
      for (const generator of compared) {
        const site = sites[index][generator.name];
        setAside(generator, site, trash);
        results.push({ name: generator.name, size, ...(await build(generator, site)) });
      }
    }
  }
  headline('Growth, cold');
  const rows = compared.flatMap(({ name, title }) =>
    sizes.map(size => {
      const of = value =>
        results.filter(run => run.name === name && run.size === size).map(run => run[value]);
      return [
        title,
        number(size, 0),
        spread(of('wall'), 2),
        spread(of('cpu'), 2),
        spread(
          of('memory').map(bytes => bytes && gigabytes(bytes)),
          2,
        ),
        spread(
          of('wall').map(wall => (wall / size) * 1000),
          2,
        ),
      ];
    }),
  );
  printTable([['', 'articles', 'wall, s', 'CPU, s', 'memory, GB', 'wall an article, ms'], ...rows]);
  return results;
}

async function measureEdits() {
  headline('broadsheet dev, 1,000 articles: from the write to the changed page over HTTP');
  const corpus = prepare(1000, ['broadsheet']);
  const result = await measureDev(corpus.sites.broadsheet, corpus);
  if ('problem' in result) console.log(`not measured: ${result.problem}\n`);
  else
    console.log(
      `${spread(result.times, 0)} ms; ${number(result.start / 1000, 2)} s from the command to the first page\n`,
    );
  return result;
}

/** Values for the targets, as far as this run has measured them. */
function figuresOf({ runs, one, growth, dev }) {
  const against = (kind, other) =>
    runs.broadsheet && runs[other]
      ? median(runs.broadsheet.map((run, round) => run[kind].wall / runs[other][round].cold.wall))
      : undefined;
  const memory = list => (known(list).length > 0 ? gigabytes(median(known(list))) : undefined);
  const grown = (size, value) =>
    (growth ?? []).filter(run => run.name === 'broadsheet' && run.size === size).map(run => run[value]);
  const perArticle = size =>
    grown(size, 'wall').length > 0 ? median(grown(size, 'wall')) / size : undefined;
  return {
    coldHugo: against('cold', 'hugo'),
    coldEleventy: against('cold', 'eleventy'),
    editHugo: against('edit', 'hugo'),
    againHugo: against('again', 'hugo'),
    warmHugo: against('warm', 'hugo'),
    memory:
      articles === 10_000 && runs.broadsheet
        ? memory(runs.broadsheet.map(({ cold }) => cold.memory))
        : memory(grown(10_000, 'memory')),
    memory100k: memory(grown(100_000, 'memory')),
    growth: perArticle(100_000) && perArticle(10_000) ? perArticle(100_000) / perArticle(10_000) : undefined,
    dev: dev?.times ? median(dev.times) : undefined,
    one: one ? median(one) : undefined,
  };
}

function printTargets(figures) {
  headline(
    `Targets${articles === 10_000 || values.growth ? '' : ` (they are set for 10,000 articles; this is ${number(articles, 0)})`}`,
  );
  const measured = targets.filter(({ key }) => figures[key] !== undefined);
  printTable([
    ['', 'is', 'at most', 'aim', ''],
    ...measured.map(({ key, name, most, aim }) => {
      const is = figures[key];
      const digits = most >= 100 ? 0 : most < 0.1 ? 3 : 2;
      const verdict = is <= aim ? 'aim met' : is <= most ? 'met' : 'missed';
      return [name, number(is, digits), String(most), String(aim), verdict];
    }),
  ]);
  const others = targets.filter(target => !measured.includes(target)).map(({ name }) => name);
  if (others.length > 0) console.log(`Not measured in this run:\n  ${others.join('\n  ')}`);
}

async function main() {
  const wanted = values.only?.split(',');
  const unknown = wanted?.find(name => !generators.some(generator => generator.name === name));
  if (unknown !== undefined) throw new Error(`There is no generator '${unknown}'.`);
  const compared = generators.filter(({ name, title, version }) => {
    if (wanted && !wanted.includes(name)) return false;
    if (version() !== undefined) return true;
    console.log(`${title} is not installed and is left out.\n`);
    return false;
  });
  const broadsheet = compared.find(({ name }) => name === 'broadsheet');

  let runs = {};
  let outputs;
  let growth;
  let one;
  let dev;
  if (values.growth) {
    // Growth concerns Broadsheet, and takes minutes with the others, so they are included only with --only.
    growth = await measureGrowth(wanted ? compared : [broadsheet]);
  } else {
    const corpus = prepare(
      articles,
      compared.map(({ name }) => name),
    );
    printHeader(compared, corpus);
    ({ runs, outputs } = await compare(compared, corpus));
    if (broadsheet) {
      one = await buildOneArticle(broadsheet);
      dev = await measureEdits();
    }
  }
  const figures = figuresOf({ runs, one, growth, dev });
  printTargets(figures);
  if (values.json)
    writeFileSync(
      values.json,
      `${JSON.stringify({ articles, rounds, related, runs, outputs, growth, one, dev, figures }, null, 1)}\n`,
    );
}

await main()
  .catch(error => {
    console.error(error.message);
    process.exitCode = 1;
  })
  .finally(trash.empty);
