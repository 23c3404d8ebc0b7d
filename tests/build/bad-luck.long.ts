/** After any failure during a build, dist/ is a complete site, and the next build is correct. */
import { execFile, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { buildSync } from 'esbuild';
import { beforeAll, describe, expect, onTestFinished, type TestContext, test, vi } from 'vitest';
import { buildIfChanged } from '../../src/build/build-if-changed.ts';
import { LockedError, lockFolder } from '../../src/disk/lock.ts';
import { type ProcessIdentity, thisProcess } from '../../src/disk/process.ts';
import { begin, type Circumstances } from '../helpers/cli.ts';
import { randomNumbers, runsOf } from '../helpers/random.ts';
import {
  buildSite,
  frontMatter,
  makeSite,
  packageRoot,
  temporaryFolder,
  testNow,
  writeFiles,
} from '../helpers/site.ts';
import { bytesOf, largeSite } from './newsroom.ts';

/** The tests start dozens of processes in sequence, possibly on a busy machine. */
vi.setConfig({ testTimeout: 600_000 });

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Options that cause a failure, as bad-disk.mjs defines them. */
const luck = (env: Record<string, string | number>): Circumstances => ({
  preload: here('bad-disk.mjs'),
  env: Object.fromEntries(
    Object.entries(env).map(([name, value]) => [`DISK_${name.toUpperCase()}`, String(value)]),
  ),
});

const clock = ['--now', '2025-06-01T12:00Z', '--workers', '1'];
const build = (root: string, circumstances?: Circumstances, ...args: string[]) =>
  begin(root, ['build', ...clock, ...args], circumstances).ended;

const small = largeSite(4, { search: false });
const withSearch = largeSite(4);

/** Changes the site to one of its two states, in which every page differs. */
function enter(root: string, name: 'A' | 'B'): void {
  const yaml = readFileSync(join(root, 'content/site.yaml'), 'utf8');
  rmSync(join(root, `content/articles/2025/only-${other(name)}.md`), { force: true });
  writeFiles(root, {
    'content/site.yaml': yaml.replace(/Test Courier.*/, `Test Courier ${name}`),
    'content/articles/2025/s1.md': `${small['content/articles/2025/s1.md']}\nEdition ${name}.\n`,
    [`content/articles/2025/only-${name}.md`]: small['content/articles/2025/s2.md']!,
  });
}

const other = (name: 'A' | 'B'): 'A' | 'B' => (name === 'A' ? 'B' : 'A');

/** Output of clean builds of both states, without and with the search. */
const sites: { name: 'A' | 'B'; files: Map<string, string> }[] = [];
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'broadsheet-test-'));
  for (const files of [small, withSearch]) {
    for (const name of ['A', 'B'] as const) {
      const clean = join(folder, `${sites.length}`);
      writeFiles(clean, files);
      enter(clean, name);
      expect((await buildSite(clean)).ok).toBe(true);
      sites.push({ name, files: bytesOf(join(clean, 'dist')) });
    }
  }
  rmSync(folder, { recursive: true });
  expect(sites[0]).not.toEqual(sites[1]);
});

/** Creates a site that is built in state B. */
async function siteAtB(files = small): Promise<string> {
  const root = makeSite(files);
  enter(root, 'B');
  expect((await build(root)).status).toBe(0);
  expect(whichOf(join(root, 'dist'))).toBe('B');
  return root;
}

/**
 * Finds the state whose files a folder contains.
 * @returns 'A', 'B' or 'neither'
 */
function whichOf(folder: string): string {
  const found = bytesOf(folder);
  const isSame = (site: Map<string, string>) =>
    site.size === found.size && [...site].every(([path, bytes]) => found.get(path) === bytes);
  return sites.find(({ files }) => isSame(files))?.name ?? 'neither';
}

/** Expects one cache file of each kind, and only packs that the index refers to. */
function expectNoLeftovers(root: string): void {
  expect(readdirSync(root).sort()).toEqual(['.cache', 'content', 'dist']);
  const names = readdirSync(join(root, '.cache')).sort();
  const index = readFileSync(join(root, '.cache/index.jsonl'), 'utf8');
  expect(names.filter(name => name.endsWith('.pack') && !index.includes(name))).toEqual([]);
  const plans = names.filter(name => /^plan-.*\.jsonl$/.test(name));
  const planned = plans.map(name => readFileSync(join(root, '.cache', name), 'utf8')).join('\n');
  expect(names.filter(name => name.endsWith('.texts') && !planned.includes(name))).toEqual([]);
  const kinds = names
    .filter(name => !/\.(pack|texts)$/.test(name))
    .map(name => name.replace(/-[\w-]{22}/, ''));
  const known = [
    '.gitignore',
    'index.jsonl',
    'last.jsonl',
    'output.jsonl',
    'plan.jsonl',
    'search-2025.jsonl',
    'previous',
    'previous.jsonl',
  ];
  expect(known).toEqual(expect.arrayContaining(kinds));
  expect(new Set(kinds).size).toBe(kinds.length);
}

async function expectSoundWhenKilled(
  files: Record<string, string>,
  moments: (root: string) => Promise<((root: string) => Promise<unknown>)[]>,
) {
  const root = await siteAtB(files);
  let name: 'A' | 'B' = 'B';
  for (const buildUntilKilled of await moments(root)) {
    name = other(name);
    enter(root, name);
    await buildUntilKilled(root);
    const isThere = existsSync(join(root, 'dist'));
    expect(whichOf(join(root, isThere ? 'dist' : '.dist-old'))).not.toBe('neither');
  }
  for (const last of [name, other(name)]) {
    enter(root, last);
    expect((await build(root)).status).toBe(0);
    expect(whichOf(join(root, 'dist'))).toBe(last);
    expectNoLeftovers(root);
  }
}

/** Number of kills in each of the two tests. */
const kills = runsOf({ short: 24, long: 28, deep: 500 });

describe('a build that is killed leaves a complete site', () => {
  test('at any time', async () => {
    await expectSoundWhenKilled(small, async root => {
      enter(root, 'A');
      const start = performance.now();
      await build(root);
      const typical = performance.now() - start;
      return randomNumbers(kills).map(random => async () => {
        const { child, ended } = begin(root, ['build', ...clock]);
        // Skips the first 40% of the time, in which Node itself starts.
        const timer = setTimeout(() => child.kill('SIGKILL'), typical * (0.4 + 0.6 * random));
        await ended;
        clearTimeout(timer);
      });
    });
  });

  test('at any step on the disk', async () => {
    await expectSoundWhenKilled(withSearch, async root => {
      enter(root, 'A');
      const { stderr } = await build(root, luck({ count: 1 }));
      const total = Number(/(\d+) calls/.exec(stderr)![1]);
      expect(total).toBeGreaterThan(50);
      // The last steps swap the folders, so try each of them. The steps before them are alike, so try only
      // some.
      const few = kills - 20;
      const steps = Array.from({ length: kills }, (_, index) =>
        index < few ? Math.ceil(((index + 1) / few) * (total - 20)) : total - kills + index + 1,
      );
      return steps.map(step => async () => {
        const { signal, status, stderr } = await build(root, luck({ how: 'kill', at: step }));
        expect([signal, status], stderr).toEqual(signal === null ? [null, 0] : ['SIGKILL', null]);
      });
    });
  });
});

describe('a full disk is reported, and the site is unchanged', () => {
  const refused =
    /^\S*\/dist error output \S+\/dist cannot be written \(ENOSPC: [^\n]+\)\. Free up disk space, [^\n]+\n(\S+ warning [^\n]+\n)?Not built: 1 error(?: and 1 warning)?\. dist\/ is unchanged\.\n$/;

  test('whenever it is full', async () => {
    const root = await siteAtB(withSearch);
    enter(root, 'A');
    const { stderr } = await build(root, luck({ count: 1, how: 'full' }));
    const total = Number(/(\d+) calls/.exec(stderr)![1]);
    const moments = [1, 2, 3, 4, 5, 6, Math.ceil(total / 3), total - 3, total - 2, total - 1, total];
    let name: 'A' | 'B' = 'A';
    let refusals = 0;
    for (const at of moments) {
      name = other(name);
      enter(root, name);
      const { status, stdout, stderr } = await build(root, luck({ how: 'full', at }));
      if (status !== 0) {
        refusals++;
        expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
        expect(stderr).toMatch(refused);
        expect(whichOf(join(root, 'dist'))).toBe(other(name));
        expect(readdirSync(root).filter(name => name.startsWith('.dist'))).toEqual([]);
        expect((await build(root)).status).toBe(0);
      }
      expect(whichOf(join(root, 'dist'))).toBe(name);
      expectNoLeftovers(root);
    }
    expect(refusals).toBeGreaterThan(6);
  });

  /** Mounts a small file system in a folder. Skips the test if that is not possible. */
  function mountSmall(ctx: TestContext, limits: string): string {
    const root = temporaryFolder();
    const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', limits, 'broadsheet-test', root], {
      encoding: 'utf8',
    });
    if (mount.status !== 0)
      ctx.skip(`no file system can be mounted here: ${mount.error?.message ?? mount.stderr}`);
    onTestFinished(() => void spawnSync('umount', [root]));
    return root;
  }

  test('on a real file system that has no free inodes', async ctx => {
    const root = mountSmall(ctx, 'size=16m,nr_inodes=60');
    writeFiles(root, small);
    const { status, stderr } = await build(root);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /ENOSPC: .*delete files if 'df -i' shows that no inodes are free, then build again/,
    );
    expect(readdirSync(root).sort()).toEqual(['.cache', 'content']);
  });

  test('on a real file system', async ctx => {
    const root = mountSmall(ctx, 'size=16m');
    writeFiles(root, small);
    enter(root, 'A');
    expect((await build(root)).status).toBe(0);
    const ballast = join(root, '.ballast');
    let name: 'A' | 'B' = 'A';
    for (const free of [0, 16_384, 65_536]) {
      name = other(name);
      enter(root, name);
      const { bavail, bsize } = statfsSync(root);
      writeFileSync(ballast, new Uint8Array(bavail * bsize - free));
      const { status, stderr } = await build(root);
      // Hard links take no space, so a little space may be enough.
      if (free === 0) expect(status).toBe(1);
      if (status !== 0) expect(stderr).toMatch(refused);
      expect(whichOf(join(root, 'dist'))).toBe(status === 0 ? name : other(name));
      rmSync(ballast);
      expect((await build(root)).status).toBe(0);
      expect(whichOf(join(root, 'dist'))).toBe(name);
      expectNoLeftovers(root);
    }
  });

  test('when shards are compiled', async () => {
    const root = makeSite(small);
    const { status, stderr } = await build(root, luck({ how: 'full', at: 3 }), '--shard', '1/1');
    expect(status).toBe(1);
    expect(stderr).toMatch(/ENOSPC/);
    expect((await build(root, undefined, '--shard', '1/1')).status).toBe(0);
    expect((await build(root, undefined, '--merge')).status).toBe(0);
  });
});

test('a worker that dies is reported, and the site is unchanged', async () => {
  const root = makeSite(largeSite(410, { search: false }));
  expect((await build(root)).status).toBe(0);
  const before = bytesOf(join(root, 'dist'));
  enter(root, 'B');
  const deaths = [
    { how: 'exit', at: 30, reason: 'stopped early (exit code 7)' },
    { how: 'exit', at: 40, path: '.html', reason: 'stopped early (exit code 7)' },
    {
      how: 'memory',
      at: 60,
      reason: 'failed: Worker terminated due to reaching memory limit: JS heap out of memory',
    },
  ];
  for (const { reason, ...death } of deaths) {
    const { status, stdout, stderr } = await build(root, luck(death), '--workers', '2');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(
      `A build worker ${reason}. Build again. The site in ${root}/dist is unchanged.\n`,
    );
    expect(stderr).not.toMatch(/\.js:\d/);
    expect(bytesOf(join(root, 'dist'))).toEqual(before);
    expect(readdirSync(root).sort()).toEqual(['.cache', 'content', 'dist']);
  }
  expect((await build(root, undefined, '--workers', '2')).status).toBe(0);
  const clean = temporaryFolder();
  cpSync(join(root, 'content'), join(clean, 'content'), { recursive: true });
  expect((await build(clean)).status).toBe(0);
  expect(bytesOf(join(root, 'dist'))).toEqual(bytesOf(join(clean, 'dist')));
  expectNoLeftovers(root);
});

/** Process id of a process that has ended. */
const deadProcess = () => spawnSync(process.execPath, ['-e', '']).pid;

/** Text of a process's lock, by default the test's own process. */
const lockText = (other: Partial<ProcessIdentity> = {}) => JSON.stringify({ ...thisProcess(), ...other });
const deadLock = () => lockText({ pid: deadProcess() });

/** Makes a file look as if its last heartbeat was `seconds` ago. */
function age(path: string, seconds: number): void {
  const time = Date.now() / 1000 - seconds;
  utimesSync(path, time, time);
}

describe('only one build at a time writes a folder', () => {
  test('a lock lasts while its process runs, however long the process writes no heartbeat', async () => {
    const root = makeSite(small);
    const path = join(root, '.dist.lock');
    writeFileSync(path, lockText());
    age(path, 3600);
    const refused = await build(root);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain(
      `Another Broadsheet (process ${process.pid} on ${hostname()}) is using ${root}/dist. Wait until it ends, or choose another folder with --out. If that process is not Broadsheet, delete ${root}/.dist.lock.\n`,
    );
    expect(readdirSync(root).sort()).toEqual(['.cache', '.dist.lock', 'content']);
  });

  test.each<[string, () => string]>([
    ['has ended', deadLock],
    ['ended before another process got its id', () => lockText({ started: '1' })],
  ])('the lock of a process that %s is taken over immediately', async (_, text) => {
    const root = makeSite(small);
    writeFileSync(join(root, '.dist.lock'), text());
    writeFileSync(join(root, '.dist.lock-0123456789ab'), text());
    expect((await build(root)).status).toBe(0);
    expectNoLeftovers(root);
  });

  test.each<[string, () => string]>([
    ['of another host', () => lockText({ host: 'elsewhere', pid: deadProcess() })],
    ['of another boot', () => lockText({ boot: 'other', pid: deadProcess() })],
    ['of another PID namespace', () => lockText({ namespace: 'pid:[1]', pid: deadProcess() })],
    ['that is not complete', () => ''],
    ['that is not JSON', () => '{'],
  ])('a lock %s lasts for two minutes after its last heartbeat', async (_, text) => {
    const root = makeSite(small);
    const path = join(root, '.dist.lock');
    writeFileSync(path, text());
    age(path, 100);
    const refused = await build(root);
    expect(refused).toMatchObject({ status: 1, stdout: '' });
    expect(refused.stderr).toMatch(
      /If it is no longer running, wait 2 minutes until its lock expires, or delete \S+\.dist\.lock\.\n/,
    );
    age(path, 140);
    expect((await build(root)).status).toBe(0);
    expectNoLeftovers(root);
  });

  test('of builds that start together, each builds the site or reports another build', async () => {
    const root = await siteAtB();
    for (const name of ['A', 'B', 'A'] as const) {
      enter(root, name);
      writeFileSync(join(root, '.dist.lock'), deadLock());
      const ends = await Promise.all([build(root), build(root), build(root)]);
      expect(ends.some(({ status }) => status === 0)).toBe(true);
      for (const { status, stderr } of ends)
        if (status !== 0)
          expect([status, stderr]).toEqual([1, expect.stringContaining('Another Broadsheet (process')]);
      expect(whichOf(join(root, 'dist'))).toBe(name);
    }
    // The next build that has work to do removes what the other builds left in the cache.
    enter(root, 'B');
    await build(root);
    expectNoLeftovers(root);
  });

  test('a build that has lost its lock leaves the site unchanged', async () => {
    const root = makeSite({ 'content/articles/2025/x.md': `${frontMatter()}First.\n` });
    await buildSite(root);
    const before = bytesOf(join(root, 'dist'));
    writeFiles(root, { 'content/articles/2025/x.md': `${frontMatter()}Second.\n` });
    const path = join(root, '.dist.lock');
    const { ok, diagnostics } = await buildSite(root, {
      progress(stage) {
        if (stage !== 'Rendering') return;
        rmSync(path, { force: true });
        writeFileSync(path, lockText({ host: 'elsewhere' }));
      },
    });
    expect([ok, diagnostics.map(({ reason }) => reason)]).toEqual([
      false,
      [expect.stringMatching(/^This build lost its lock on \S+\/dist, because it was paused/)],
    ]);
    expect(bytesOf(join(root, 'dist'))).toEqual(before);
    expect(readFileSync(path, 'utf8')).toContain('elsewhere');
  });

  test("a heartbeat renews only the process's own lock", () => {
    const root = temporaryFolder();
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const path = join(root, '.x.lock');
    const lock = lockFolder(join(root, 'x'));
    age(path, 100);
    vi.advanceTimersByTime(6_000);
    expect(Date.now() - statSync(path).mtimeMs).toBeLessThan(60_000);
    expect(() => lockFolder(join(root, 'x'))).toThrow(LockedError);

    // Simulates another process that takes over the lock.
    writeFileSync(join(root, 'theirs'), deadLock());
    renameSync(join(root, 'theirs'), path);
    age(path, 100);
    const { mtimeMs } = statSync(path);
    vi.advanceTimersByTime(6_000);
    expect(statSync(path).mtimeMs).toBe(mtimeMs);
    expect(lock.isHeld()).toBe(false);
    lock.release();
    expect(readdirSync(root)).toEqual(['.x.lock']);
  });

  test.each([
    ['', ''],
    [
      ' on a disk without hard links',
      'fs.linkSync = () => { throw Object.assign(new Error(), { code: "EPERM" }); };',
    ],
  ])('if several processes find a dead lock at the same time, one takes it%s', async (_, change) => {
    const folder = temporaryFolder();
    buildSync({
      entryPoints: [join(packageRoot, 'src/disk/lock.ts')],
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: join(folder, 'lock.mjs'),
    });
    // Each contender that gets the lock leaves it behind, like a process that has died.
    const contender = `
      import fs, { rmSync, renameSync, writeFileSync } from 'node:fs';
      import { syncBuiltinESMExports } from 'node:module';
      import { LockedError, lockFolder } from '${join(folder, 'lock.mjs')}';
      ${change}
      syncBuiltinESMExports();
      let taken = 0;
      for (let round = 0; round < 1500; round++) {
        let lock;
        try {
          lock = lockFolder('${join(folder, 'x')}');
        } catch (error) {
          if (error instanceof LockedError) continue;
          throw error;
        }
        taken++;
        writeFileSync('${join(folder, 'inside')}', '', { flag: 'wx' });
        rmSync('${join(folder, 'inside')}');
        writeFileSync('${join(folder, 'dead-')}' + process.pid, ${JSON.stringify(deadLock())});
        renameSync('${join(folder, 'dead-')}' + process.pid, '${join(folder, '.x.lock')}');
        lock.release();
      }
      process.stdout.write(String(taken));
    `;
    writeFileSync(join(folder, 'contender.mjs'), contender);
    const ends = await Promise.all(
      [1, 2, 3].map(() => promisify(execFile)(process.execPath, [join(folder, 'contender.mjs')])),
    );
    expect(ends.map(({ stderr }) => stderr)).toEqual(['', '', '']);
    for (const { stdout } of ends) expect(Number(stdout)).toBeGreaterThan(0);
  });

  test('two builds in two PID namespaces, with the same process id', async ctx => {
    const within = ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc'];
    const attempt = spawnSync(within[0]!, [...within.slice(1), 'true'], { encoding: 'utf8' });
    if (attempt.status !== 0)
      ctx.skip(`no PID namespace can be created here: ${attempt.error?.message ?? attempt.stderr}`);
    const draft = small['content/articles/2025/s1.md']!.replace('---\n', '---\ndraft: true\n');
    const root = makeSite({ ...small, 'content/articles/2025/draft.md': draft });
    const start = (options: string[], circumstances: Circumstances = {}) =>
      begin(root, ['build', ...clock, ...options], { ...circumstances, within }).ended;
    const editions: { options: string[]; clean: Map<string, string> }[] = [];
    for (const options of [[], ['--drafts']]) {
      expect((await start(options)).status).toBe(0);
      editions.push({ options, clean: bytesOf(join(root, 'dist')) });
    }
    expect(editions[0]!.clean).not.toEqual(editions[1]!.clean);

    for (let round = 0; round < 3; round++) {
      rmSync(join(root, 'dist'), { recursive: true, force: true });
      for (const name of readdirSync(join(root, '.cache')))
        if (name.startsWith('previous')) rmSync(join(root, '.cache', name), { recursive: true });
      const released = join(root, `.released-${round}`);
      // The first build to write pages waits until the other one has been refused.
      const waiting = luck({ how: 'wait', at: 3, path: '/.dist-', until: released });
      const builds = editions.map(edition => ({ ...edition, ended: start(edition.options, waiting) }));
      const refused = await Promise.race(builds.map(async one => ({ ...one, end: await one.ended })));
      expect(refused.end).toMatchObject({ status: 1, stdout: '' });
      expect(refused.end.stderr).toMatch(/Another Broadsheet \(process \d+ on \S+\) is using \S+\/dist\. /);
      writeFileSync(released, '');
      const winner = builds.find(({ options }) => options !== refused.options)!;
      expect((await winner.ended).status).toBe(0);
      expect(bytesOf(join(root, 'dist'))).toEqual(winner.clean);
    }
  });
});

describe('builds that share a cache', () => {
  /** Starts a build into dist/ that compiles, and then waits before it writes the first page. */
  async function beginAndWait(root: string, until: string) {
    const slow = begin(root, ['build', ...clock], luck({ how: 'wait', at: 3, path: '/.dist-', until }));
    while (!hasPack(root)) await new Promise(resolve => setTimeout(resolve, 10));
    return slow;
  }
  const hasPack = (root: string) =>
    existsSync(join(root, '.cache')) &&
    readdirSync(join(root, '.cache')).some(name => name.endsWith('.pack'));

  test("do not remove each other's compiled sources", async () => {
    const root = await siteAtB();
    rmSync(join(root, '.cache'), { recursive: true });
    rmSync(join(root, 'dist'), { recursive: true });
    enter(root, 'A');
    const released = join(root, '.released');
    const { ended } = await beginAndWait(root, released);
    expect((await build(root, undefined, '--out', 'other')).status).toBe(0);
    writeFileSync(released, '');
    expect((await ended).status).toBe(0);
    for (const out of ['dist', 'other']) expect(whichOf(join(root, out))).toBe('A');
    const { stdout } = await build(root, undefined, '--json', '--drafts');
    expect(JSON.parse(stdout).parsed).toBe(0);
    const index = readFileSync(join(root, '.cache/index.jsonl'), 'utf8');
    const named = new Set(index.match(/[^"]+\.pack/g));
    expect(readdirSync(join(root, '.cache'))).toEqual(expect.arrayContaining([...named]));
    rmSync(join(root, 'other'), { recursive: true });
  });

  test('are correct after one of them is killed', async () => {
    const root = await siteAtB();
    rmSync(join(root, '.cache'), { recursive: true });
    enter(root, 'A');
    const { child, ended } = await beginAndWait(root, join(root, '.never'));
    expect((await build(root, undefined, '--out', 'other')).status).toBe(0);
    child.kill('SIGKILL');
    await ended;
    expect(whichOf(join(root, 'other'))).toBe('A');
    rmSync(join(root, 'other'), { recursive: true });
    for (const name of ['A', 'B'] as const) {
      enter(root, name);
      expect((await build(root)).status).toBe(0);
      expect(whichOf(join(root, 'dist'))).toBe(name);
    }
  });

  test('compile records again if their pack is missing', async () => {
    const root = await siteAtB();
    for (const file of readdirSync(join(root, '.cache')))
      if (file.endsWith('.pack')) rmSync(join(root, '.cache', file));
    const sources = readdirSync(join(root, 'content'), { recursive: true }).filter(path =>
      String(path).endsWith('.md'),
    );
    const { stdout } = await build(root, undefined, '--json', '--drafts');
    expect(JSON.parse(stdout).parsed).toBe(sources.length);
    expect(whichOf(join(root, 'dist'))).toBe('B');
  });
});

test('a build does not touch the unfinished work of a build into a folder with a longer name', async () => {
  const root = makeSite(small);
  for (const name of ['.dist-2-AbCdEf', '.dist-AbCdEf', '.dist-old-AbCdEf']) mkdirSync(join(root, name));
  expect((await build(root)).status).toBe(0);
  expect(readdirSync(root).sort()).toEqual([
    '.cache',
    '.dist-2-AbCdEf',
    '.dist-old-AbCdEf',
    'content',
    'dist',
  ]);
});

test('a build that ends before it saves its result leaves no wrong result', async () => {
  const draft = {
    'content/articles/2025/draft.md': small['content/articles/2025/s1.md']!.replace(
      '---\n',
      '---\ndraft: true\n',
    ),
  };
  const root = makeSite({ ...small, ...draft });
  const wait = () => new Promise(resolve => setTimeout(resolve, 2_100));
  // A build relies on timestamps only if a file has not changed for two seconds.
  await wait();
  await build(root);
  const published = bytesOf(join(root, 'dist'));
  await build(root, luck({ how: 'kill', at: 1, path: '/last-' }), '--drafts');
  expect(bytesOf(join(root, 'dist'))).not.toEqual(published);
  await build(root);
  expect(bytesOf(join(root, 'dist'))).toEqual(published);
});

describe('a damaged cache', () => {
  const damages: Record<string, (bytes: Buffer) => Uint8Array> = {
    'cut in half': bytes => bytes.subarray(0, bytes.length / 2),
    emptied: () => new Uint8Array(),
    'replaced by other text': () => Buffer.from('{"made": 1}\nnull\n'.repeat(100)),
    'replaced by noise': bytes => bytes.map((byte, index) => (byte * 31 + index * 7) & 255),
    'written twice': bytes => Buffer.concat([bytes, bytes]),
  };

  test.each(Object.entries(damages))('with a file that is %s produces the same site', async (_, damage) => {
    const root = makeSite(withSearch);
    let name: 'A' | 'B' = 'B';
    const options = {
      root,
      packageRoot,
      out: join(root, 'dist'),
      drafts: false,
      strict: false,
      now: testNow,
    };
    const count = () =>
      readdirSync(join(root, '.cache'))
        .filter(file => /\.(jsonl|pack)$/.test(file))
        .sort();
    // Moves the clock, because a build does not rely on the timestamps of files that have just changed.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
    onTestFinished(() => void vi.useRealTimers());
    enter(root, 'A');
    await buildIfChanged(options);
    enter(root, 'B');
    const { diagnostics } = await buildIfChanged(options);
    const kinds = new Set(count().map(file => file.replace(/-.*(?=\.)/, '')));
    expect(kinds.size).toBeGreaterThan(4);
    for (let index = 0; index < count().length; index++) {
      for (const isChanged of [false, true]) {
        const path = join(root, '.cache', count()[index]!);
        writeFileSync(path, damage(readFileSync(path)));
        if (isChanged) {
          name = other(name);
          enter(root, name);
        }
        const result = await buildIfChanged(options);
        expect([result.ok, result.diagnostics]).toEqual([true, diagnostics]);
        expect(whichOf(join(root, 'dist'))).toBe(name);
      }
    }
  });
});

test('a site is replaced even if the old one cannot be kept for the next build', async () => {
  const root = await siteAtB();
  enter(root, 'A');
  const ended = await build(root, { preload: here('no-move.mjs'), env: { NO_MOVE: 'previous-' } });
  expect(ended).toMatchObject({ status: 0, stderr: expect.not.stringContaining('is unchanged') });
  expect(whichOf(join(root, 'dist'))).toBe('A');
  enter(root, 'B');
  expect((await build(root)).status).toBe(0);
  expect(whichOf(join(root, 'dist'))).toBe('B');
  expectNoLeftovers(root);
});
