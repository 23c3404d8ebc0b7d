/**
 * Mutation testing: changes the code in one place at a time and runs the tests, which must fail.
 *
 *     npm run test:mutants -- [--folders article,charts] [--sample 20] [--seed 1] [--work DIR] [--jobs 2] [--budget 60] [--named]
 *
 * StrykerJS creates the mutants. Its own runner would run the tests in one process, but these tests start processes
 * and workers, which build whole sites. This script therefore runs them. It takes about an hour on two cores.
 */
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compileErrors } from './compile-errors.mjs';
import { activeMutant, instrument } from './instrument.mjs';
import { named } from './named.mjs';

const checkout = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const allFolders = ['article', 'charts', 'media', 'check', 'emit', 'build', 'cache', 'serve'];
const { values } = parseArgs({
  options: {
    folders: { type: 'string', default: allFolders.join() },
    sample: { type: 'string', default: '24' },
    seed: { type: 'string', default: '1' },
    work: { type: 'string', default: join(tmpdir(), 'broadsheet-mutants') },
    jobs: { type: 'string', default: String(availableParallelism()) },
    named: { type: 'boolean', default: false },
    /** Seconds that tests outside the mutant's folder may take. */
    budget: { type: 'string', default: '60' },
    /** Uses the copies and the coverage of an earlier run. */
    reuse: { type: 'boolean', default: false },
  },
});
const folders = values.folders.split(',');
const jobs = Number(values.jobs);
const { work, seed } = values;

/** The test of all messages, which runs code of every folder. */
const wholeCatalog = 'tests/check/errors.test.ts';

/** Test files about the source text, which instrumenting changes, and slow ones that catch few bugs. */
const unsuited =
  /^tests\/(docs\.test|rule-example\.long|package\.long|base\/doc-comments\.long|browser\/lighthouse\.long|visual\/.*)\.ts$/;

/** Copies all files of the checkout that Git does not ignore, including uncommitted changes. */
function copyCheckout(to) {
  rmSync(to, { recursive: true, force: true });
  const list = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: checkout });
  for (const path of String(list)
    .split('\0')
    .filter(path => path && existsSync(join(checkout, path)))) {
    mkdirSync(dirname(join(to, path)), { recursive: true });
    cpSync(join(checkout, path), join(to, path));
  }
  symlinkSync(join(checkout, 'node_modules'), join(to, 'node_modules'));
}

const bundle = root =>
  execFileSync(process.execPath, ['esbuild.config.mjs'], { cwd: root, stdio: 'inherit' });

/**
 * Runs test files.
 * @returns {Promise<{ outcome: 'passed' | 'failed' | 'timeout'; seconds: number; output: string }>}
 */
function runTests(root, files, { env = {}, seconds = 600 }) {
  const start = performance.now();
  return new Promise(resolve => {
    const args = [
      'vitest',
      'run',
      '--config',
      'tests/vitest.config.ts',
      '--bail',
      '1',
      '--maxWorkers',
      '1',
      '--mode',
      'mutants',
      ...files,
    ];
    const child = spawn('npx', args, {
      cwd: root,
      env: { ...process.env, MUTANT_TESTS: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let output = '';
    const take = chunk => {
      output = (output + chunk).slice(-20_000);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      process.kill(-child.pid, 'SIGKILL');
    }, seconds * 1000);
    child.on('close', status => {
      clearTimeout(timer);
      const outcome = isLate ? 'timeout' : status === 0 ? 'passed' : 'failed';
      resolve({ outcome, seconds: (performance.now() - start) / 1000, output });
    });
  });
}

/** Runs each test file once without a mutant. @returns seconds and ids of covered mutants, by test file */
async function measureCoverage(root) {
  const list = execFileSync(
    'npx',
    ['vitest', 'list', '--filesOnly', '--json', '--config', 'tests/vitest.config.ts', '--mode', 'mutants'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  const found = JSON.parse(list.slice(list.indexOf('['))).map(({ file }) => file.slice(root.length + 1));
  const files = [...new Set(found)].filter(file => !unsuited.test(file));
  const coverage = {};
  const queue = [...files];
  const one = async (_, job) => {
    for (let file = queue.shift(); file; file = queue.shift()) {
      const folder = join(work, 'coverage', file.replaceAll('/', '-'));
      rmSync(folder, { recursive: true, force: true });
      const { outcome, seconds, output } = await runTests(rootOf(job), [file], {
        env: {
          MUTANT_COVERAGE: folder,
          NODE_OPTIONS: `--import ${join(checkout, 'tests/mutants/record-coverage.mjs')}`,
        },
      });
      const ids = new Set();
      if (existsSync(folder))
        for (const name of readdirSync(folder))
          for (const id of readFileSync(join(folder, name), 'utf8').split('\n')) ids.add(id);
      console.log(`${file}: ${outcome}, ${seconds.toFixed(0)} s, ${ids.size} mutants`);
      if (outcome === 'passed') coverage[file] = { seconds, ids: [...ids] };
      else console.log(`${output}\n${file} fails without a mutant, so it is left out.`);
    }
  };
  await Promise.all(Array.from({ length: jobs }, one));
  return coverage;
}

/** Unchanged copy of the checkout, from the time when the mutants were created. */
const original = join(work, 'original');
const rootOf = job => join(work, `job-${job}`);

/**
 * Selects the test files to run, in up to two parts: those of the same folder, and the quickest of the others
 * that together take no longer than the budget. Most mutants run in nearly every test, so running all of them
 * would take days.
 */
function inParts(coverage, file, isCovering) {
  const folder = file.split('/')[1];
  const files = Object.keys(coverage).filter(isCovering);
  const own = files.filter(test => test.startsWith(`tests/${folder}/`) || test === wholeCatalog);
  let left = Number(values.budget);
  const others = files
    .filter(test => !own.includes(test))
    .sort((a, b) => coverage[a].seconds - coverage[b].seconds)
    .filter(test => {
      left -= coverage[test].seconds;
      return left >= 0;
    });
  return [own, others].filter(part => part.length > 0);
}

async function verdictOf(root, coverage, parts, env) {
  for (const part of parts) {
    const usual = part.reduce((sum, test) => sum + coverage[test].seconds, 0);
    const { outcome, output } = await runTests(root, part, { env, seconds: 60 + 3 * usual });
    if (outcome === 'timeout') return { verdict: 'timeout' };
    if (outcome === 'failed') return { verdict: 'killed', by: /FAIL\s+(.*)/.exec(output)?.[1] };
  }
  return { verdict: 'survived' };
}

/**
 * Sort key that depends on the code and the seed, but not on where the code is, so edits elsewhere keep the
 * sample.
 */
const rank = ({ file, mutator, original, replacement }) =>
  createHash('sha256').update([seed, file, mutator, original, replacement].join('\0')).digest('hex');

const describe = ({ file, line, mutator, original, replacement }) =>
  `${file}:${line} ${mutator}: ${short(original)} → ${short(replacement)}`;
const short = code => (code.length > 70 ? `${code.slice(0, 67)}…` : code).replaceAll(/\s+/g, ' ');

async function prepare() {
  rmSync(work, { recursive: true, force: true });
  copyCheckout(original);
  copyCheckout(rootOf(0));
  const all = execFileSync('git', ['ls-files', ...allFolders.map(folder => `src/${folder}`)], {
    cwd: checkout,
    encoding: 'utf8',
  });
  const sources = all.split('\n').filter(path => path.endsWith('.ts') && existsSync(join(checkout, path)));
  const mutants = await instrument(rootOf(0), sources);
  bundle(rootOf(0));
  for (let job = 1; job < jobs; job++)
    cpSync(rootOf(0), rootOf(job), { recursive: true, verbatimSymlinks: true });
  const coverage = await measureCoverage(rootOf(0));
  writeFileSync(join(work, 'prepared.json'), JSON.stringify({ mutants, coverage }));
  return { mutants, coverage };
}

const { mutants, coverage } =
  values.reuse && existsSync(join(work, 'prepared.json'))
    ? JSON.parse(readFileSync(join(work, 'prepared.json'), 'utf8'))
    : await prepare();
const coverageOf = new Map(Object.entries(coverage).map(([test, { ids }]) => [test, new Set(ids)]));

const results = [];
const report = result => {
  results.push(result);
  console.log(`${result.verdict.padEnd(12)} ${result.text}${result.by ? `  (${result.by})` : ''}`);
  writeFileSync(join(work, 'results.json'), JSON.stringify(results, undefined, 1));
};

if (values.named) await runNamed();
else await runSample();

async function runSample() {
  const errors = compileErrors(original);
  const queue = folders.flatMap(folder => {
    const ranked = mutants
      .filter(({ file }) => file.startsWith(`src/${folder}/`))
      .map(mutant => ({ folder, mutant, rank: rank(mutant) }))
      .sort((a, b) => (a.rank < b.rank ? -1 : 1));
    const sample = [];
    for (const each of ranked) {
      if (sample.length >= Number(values.sample)) break;
      if (errors(each.mutant).length === 0) sample.push(each);
    }
    return sample;
  });
  console.log(`${queue.length} mutants that compile`);
  const one = async (_, job) => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { folder, mutant } = next;
      const parts = inParts(coverage, mutant.file, test => coverageOf.get(test).has(mutant.id));
      const result =
        parts.length === 0
          ? { verdict: 'survived', by: 'no test runs it' }
          : await verdictOf(rootOf(job), coverage, parts, { [activeMutant]: mutant.id });
      report({ folder, ...result, text: describe(mutant) });
    }
  };
  await Promise.all(Array.from({ length: jobs }, one));

  console.log('\nfolder    killed  survived  timeouts  score');
  let isEnough = true;
  for (const folder of folders) {
    const count = verdict =>
      results.filter(each => each.folder === folder && verdict.includes(each.verdict)).length;
    const [killed, survived] = [count(['killed']), count(['survived'])];
    const score = killed / Math.max(1, killed + survived);
    if (score < 0.85) isEnough = false;
    console.log(
      [
        folder.padEnd(8),
        String(killed).padStart(7),
        String(survived).padStart(9),
        String(count(['timeout'])).padStart(9),
        `${(100 * score).toFixed(0)}%`.padStart(6),
      ].join(' '),
    );
  }
  process.exitCode = isEnough ? 0 : 1;
}

/** Runs the harmful mutants of named.mjs. Each changes the original, so each needs its own bundle. */
async function runNamed() {
  const queue = [...named];
  const verdict = (root, { file, tests = [] }) => {
    const parts = inParts(coverage, file, () => true);
    return verdictOf(root, coverage, tests.length > 0 ? [tests, ...parts] : parts, {});
  };
  const one = async (_, job) => {
    const root = join(work, `named-${job}`);
    copyCheckout(root);
    bundle(root);
    const control = await verdict(root, { file: named[0].file });
    if (control.verdict !== 'survived') throw new Error(`The tests fail without a bug: ${control.by}`);
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { file, find, replace, harm } = next;
      const text = readFileSync(join(checkout, file), 'utf8');
      if (text.split(find).length !== 2)
        throw new Error(`${file} does not contain '${find}' exactly once. Update named.mjs.`);
      const changed = text.replace(find, () => replace);
      writeFileSync(join(root, file), changed);
      bundle(root);
      report({ ...(await verdict(root, next)), text: `${harm} (${file})` });
      writeFileSync(join(root, file), text);
    }
  };
  await Promise.all(Array.from({ length: jobs }, one));
  process.exitCode = results.every(({ verdict }) => verdict === 'killed') ? 0 : 1;
}
