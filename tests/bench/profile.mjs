/**
 * Shows where a build spends its time: a CPU profile of one thread, and the functions with the most self
 * time.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { prepareCorpus } from './corpus.mjs';
import { cli, generators, setAside } from './generators.mjs';
import { createTrash } from './trash.mjs';

const { values } = parseArgs({
  options: {
    articles: { type: 'string', default: '1000' },
    root: { type: 'string' },
    top: { type: 'string', default: '30' },
    warm: { type: 'boolean', default: false },
  },
});

const broadsheet = generators[0];
const work = join(tmpdir(), 'broadsheet-bench');
const trash = createTrash(work);
const site =
  values.root ??
  prepareCorpus({
    articles: Number(values.articles),
    work,
    names: [broadsheet.name],
    feedLimit: 0,
    related: false,
    trash,
  }).sites.broadsheet;
// A site given with --root keeps its own output and cache.
const out =
  values.root === undefined
    ? join(site, broadsheet.out)
    : mkdtempSync(join(tmpdir(), 'broadsheet-bench-out-'));
if (values.root === undefined && !values.warm) setAside(broadsheet, site, trash);

const folder = mkdtempSync(join(tmpdir(), 'broadsheet-bench-profile-'));
const { status } = spawnSync(
  process.execPath,
  [
    '--cpu-prof',
    '--cpu-prof-dir',
    folder,
    cli,
    'build',
    '--root',
    site,
    '--out',
    out,
    '--workers',
    '1',
    '--quiet',
  ],
  { stdio: 'inherit' },
);
trash.empty();
if (status !== 0) process.exit(status ?? 1);
const profile = join(folder, readdirSync(folder)[0]);
const functions = selfTimes(JSON.parse(readFileSync(profile, 'utf8')));
const total = functions.reduce((sum, { time }) => sum + time, 0);
for (const { name, time } of functions.slice(0, Number(values.top)))
  console.log(
    `${(time / 1000).toFixed(0).padStart(7)} ms ${((100 * time) / total).toFixed(1).padStart(5)} %  ${name}`,
  );
console.log(`${(total / 1000).toFixed(0).padStart(7)} ms in all. The profile: ${profile}`);

/**
 * Sums the self time of each function in a profile.
 * @returns {{ name: string, time: number }[]} self times in microseconds, largest first
 */
function selfTimes({ nodes, samples, timeDeltas }) {
  const nameOf = ({ functionName, url, lineNumber }) =>
    `${functionName || '(anonymous)'}${url ? `  ${url.replace(/^file:\/\/.*?\/(lib|node_modules)\//, '$1/')}:${lineNumber + 1}` : ''}`;
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const times = new Map();
  samples.forEach((id, index) => {
    const name = names.get(id);
    times.set(name, (times.get(name) ?? 0) + timeDeltas[index]);
  });
  return [...times]
    .map(([name, time]) => ({ name, time }))
    .filter(({ name }) => name !== '(idle)')
    .sort((a, b) => b.time - a.time);
}
