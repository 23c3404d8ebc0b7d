/**
 * Measures the cost of the search index: builds with and without it, cold, after one edit, and with dist/
 * removed.
 */
import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { articleFile, prepareCorpus } from './corpus.mjs';
import { generators, setAside } from './generators.mjs';
import { measure } from './measure.mjs';
import { createTrash } from './trash.mjs';

const { values } = parseArgs({
  options: {
    articles: { type: 'string', default: '10000' },
    work: { type: 'string', default: join(tmpdir(), 'broadsheet-bench') },
  },
});
const broadsheet = generators[0];
const work = join(values.work, 'search');
const trash = createTrash(work);
const { sites, newest } = prepareCorpus({
  articles: Number(values.articles),
  work,
  names: [broadsheet.name],
  feedLimit: 0,
  related: false,
  trash,
});
const site = sites.broadsheet;
const yaml = join(site, 'content/site.yaml');
const article = articleFile(site, broadsheet.name, newest);
const before = readFileSync(article);

const setSearch = on =>
  writeFileSync(yaml, readFileSync(yaml, 'utf8').replace(/search: \w+/, `search: ${on}`));

async function run(title) {
  // Waits, because a build reads files again that were written a moment ago.
  await new Promise(resolve => setTimeout(resolve, 2100));
  const { code, wall, cpu, memory, output } = await measure(broadsheet.command, { cwd: site });
  if (code !== 0) throw new Error(output);
  const figures = [
    `${wall.toFixed(1)} s`,
    `${(cpu ?? 0).toFixed(1)} s`,
    `${((memory ?? 0) / 1e9).toFixed(2)} GB`,
  ];
  console.log(`${title.padEnd(32)}${figures.map(text => text.padStart(10)).join('')}`);
}

const edit = text => appendFileSync(article, `\n\n${text}\n`);

console.log(`${values.articles} articles${' '.repeat(20)}      wall       CPU    memory`);
try {
  for (const on of [false, true]) {
    const how = on ? 'with search' : 'without search';
    setSearch(on);
    setAside(broadsheet, site, trash);
    await run(`cold, ${how}`);
    edit(`A sentence more, ${how}.`);
    await run(`one edit, ${how}`);
  }
  writeFileSync(article, readFileSync(article, 'utf8').replace(/^title: .*$/m, '$&'));
  await run('saved without a change');
  trash.put(join(site, broadsheet.out));
  await run('dist/ removed, index in .cache/');
  const index = join(site, broadsheet.out, 'pagefind');
  const files = readdirSync(index, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  const bytes = files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
  console.log(`The index has ${files.length} files and ${(bytes / 1e6).toFixed(1)} MB.`);
} finally {
  writeFileSync(article, before);
  setSearch(false);
  trash.empty();
}
