/**
 * Compares two compiled checkouts of Broadsheet, this one and an older one: first the bytes of their output
 * for the same sites, then their build times, in turn.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { articleFile, prepareCorpus } from './corpus.mjs';
import { measure } from './measure.mjs';
import { createTrash } from './trash.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    articles: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '3' },
    work: { type: 'string', default: join(tmpdir(), 'broadsheet-versions') },
    /** Uses the default outputs of a site instead of those of the benchmark. */
    'all-outputs': { type: 'boolean', default: false },
    'bytes-only': { type: 'boolean', default: false },
  },
});
const [old] = positionals;
if (!old) throw new Error('Name the folder of the other version: node versions.mjs <folder>');

const packageRoot = fileURLToPath(new URL('../..', import.meta.url));
const { work } = values;
const trash = createTrash(work);
const versions = [
  { name: 'old', folder: old },
  { name: 'new', folder: packageRoot },
].map(({ name, folder }) => ({
  name,
  cli: join(folder, 'lib/cli.js'),
  /** Key of the theme settings in this version's site.yaml. Older versions have src/config.ts. */
  themeKey: ['src/config/config.ts', 'src/config.ts']
    .map(path => join(folder, path))
    .some(path => existsSync(path) && /^ {2}theme: /m.test(readFileSync(path, 'utf8')))
    ? 'theme'
    : 'look',
}));

const build = async ({ cli }, site, ...args) => {
  const measured = await measure([process.execPath, cli, 'build', '--root', '.', ...args], { cwd: site });
  if (measured.code !== 0) throw new Error(`${cli} ended with ${measured.code}:\n${measured.output}`);
  return measured;
};

/** Copies a site for each version, with the key names that the version uses. */
function copySite(source, name, { themeKey, name: version }) {
  const site = join(work, `${name}-${version}`);
  rmSync(site, { recursive: true, force: true });
  for (const part of ['content', 'public', 'templates'])
    if (existsSync(join(source, part))) cpSync(join(source, part), join(site, part), { recursive: true });
  editConfig(site, text => text.replace(/^(theme|look):/m, `${themeKey}:`));
  return site;
}

function editConfig(site, edit) {
  const path = join(site, 'content/site.yaml');
  writeFileSync(path, edit(readFileSync(path, 'utf8')));
}

const filesOf = folder =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)))
    .sort();

/** Compares two outputs. @returns the paths of files that differ */
function differences(one, other) {
  const [first, second] = [filesOf(one), filesOf(other)];
  return [...new Set([...first, ...second])].filter(
    path =>
      !first.includes(path) ||
      !second.includes(path) ||
      !readFileSync(join(one, path)).equals(readFileSync(join(other, path))),
  );
}

async function compareBytes() {
  const { sites } = prepareCorpus({
    articles: 300,
    work: join(work, 'corpus'),
    names: ['broadsheet'],
    feedLimit: 20,
    related: true,
    trash,
  });
  const compared = {
    "the repository's content": [packageRoot, []],
    'tests/sites/data': [join(packageRoot, 'tests/sites/data'), ['--now', '2025-03-07T12:00:00Z']],
    'tests/sites/lists': [join(packageRoot, 'tests/sites/lists'), ['--now', '2025-06-01T12:00:00Z']],
    'a site of 300 stories': [sites.broadsheet, []],
  };
  for (const [index, [name, [source, args]]] of Object.entries(compared).entries()) {
    const folders = [];
    for (const version of versions) {
      const site = copySite(source, `bytes-${index}`, version);
      editConfig(site, text => text.replace(/^outputs: .*search: false.*\n/m, ''));
      await build(version, site, '--drafts', ...args);
      folders.push(join(site, 'dist'));
    }
    const different = differences(...folders);
    console.log(
      `${name}: ${filesOf(folders[1]).length} files, ${different.length === 0 ? 'all the same' : `${different.length} differ:\n  ${different.slice(0, 20).join('\n  ')}`}`,
    );
    if (different.length > 0) process.exitCode = 1;
  }
}

async function compareTimes() {
  const corpus = prepareCorpus({
    articles: Number(values.articles),
    work: join(work, 'corpus'),
    names: ['broadsheet'],
    feedLimit: 20,
    related: true,
    trash,
  });
  const sites = versions.map(version => {
    const site = copySite(corpus.sites.broadsheet, 'times', version);
    if (values['all-outputs']) editConfig(site, text => text.replace(/^outputs: .*\n/m, ''));
    return site;
  });
  const runs = { old: [], new: [] };
  for (let round = 1; round <= Number(values.rounds); round++)
    // The versions take turns, so that a machine that becomes slower does not favour one of them.
    for (const index of round % 2 ? [0, 1] : [1, 0])
      runs[versions[index].name].push(await buildAll(versions[index], sites[index], corpus, round));
  const kinds = Object.keys(runs.old[0]);
  console.log(`\n${values.articles} stories, ${values.rounds} rounds; old → new (median), and the ratio`);
  for (const kind of kinds) {
    const cells = ['wall', 'cpu', 'memory'].map(value => {
      const [before, after] = ['old', 'new'].map(name => median(runs[name].map(run => run[kind][value])));
      const scale = value === 'memory' ? 1e6 : 1;
      const digits = value === 'memory' ? 0 : 2;
      return `${value} ${(before / scale).toFixed(digits)} → ${(after / scale).toFixed(digits)} (${(after / before).toFixed(2)})`;
    });
    console.log(`${kind.padEnd(8)} ${cells.join('   ')}`);
  }
}

const median = list => {
  const sorted = list.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

async function buildAll(version, site, corpus, round) {
  trash.put(join(site, 'dist'));
  trash.put(join(site, '.cache'));
  const cold = await build(version, site);
  const warm = await build(version, site);
  const file = articleFile(site, 'broadsheet', corpus.newest);
  const edits = {
    edit: () => writeFileSync(file, `${readFileSync(file, 'utf8')}\nEdit number ${round}.\n`),
    headline: () =>
      writeFileSync(file, readFileSync(file, 'utf8').replace(/^title: .*$/m, `title: "Headline ${round}"`)),
    tagline: () =>
      editConfig(site, text => `tagline: Number ${round}\n${text.replace(/^tagline: .*\n/m, '')}`),
  };
  const results = { cold, warm };
  for (const [kind, edit] of Object.entries(edits)) {
    edit();
    results[kind] = await build(version, site);
  }
  console.log(
    `${version.name} ${round}: ${Object.entries(results)
      .map(([kind, { wall, memory }]) => `${kind} ${wall.toFixed(2)} s ${(memory / 1e6).toFixed(0)} MB`)
      .join(', ')}`,
  );
  return results;
}

mkdirSync(dirname(work), { recursive: true });
await compareBytes();
if (!values['bytes-only']) await compareTimes();
await trash.empty();
