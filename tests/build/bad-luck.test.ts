/** Whatever befalls a build, dist/ is a whole site, and the next build is right. */
import { execFile, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { buildSync } from 'esbuild';
import { beforeAll, describe, expect, onTestFinished, type TestContext, test, vi } from 'vitest';
import { buildIfChanged } from '../../src/build/build-if-changed.ts';
import { begin, type Circumstances } from '../helpers/cli.ts';
import { buildSite, makeSite, packageRoot, temporaryFolder, testNow, writeFiles } from '../helpers/site.ts';
import { bytesOf, largeSite } from './newsroom.ts';

/** Dozens of processes one after the other, on a machine that may be busy. */
vi.setConfig({ testTimeout: 240_000 });

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** What befalls a build, by the words of bad-disk.mjs. */
const luck = (env: Record<string, string | number>): Circumstances => ({
  preload: here('bad-disk.mjs'),
  env: Object.fromEntries(
    Object.entries(env).map(([name, value]) => [`DISK_${name.toUpperCase()}`, String(value)]),
  ),
});

const clock = ['--now', '2025-06-01T12:00Z', '--workers', '0'];
const build = (root: string, circumstances?: Circumstances, ...args: string[]) =>
  begin(root, ['build', ...clock, ...args], circumstances).ended;

const small = largeSite(4, { search: false });
const withSearch = largeSite(4);

/** Puts the site at one of its two states: every page differs. */
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

/** What clean builds make of either state, without the search and with it. */
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

/** A site that is built, at state B. */
async function siteAtB(files = small): Promise<string> {
  const root = makeSite(files);
  enter(root, 'B');
  expect((await build(root)).status).toBe(0);
  expect(whichOf(join(root, 'dist'))).toBe('B');
  return root;
}

/** Which of the two states a folder is. */
function whichOf(folder: string): string {
  const found = bytesOf(folder);
  const isSame = (site: Map<string, string>) =>
    site.size === found.size && [...site].every(([path, bytes]) => found.get(path) === bytes);
  return sites.find(({ files }) => isSame(files))?.name ?? 'neither';
}

/** The cache holds one of each kind, and packs that the index names. */
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
    'spare',
    'spare.jsonl',
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

/** Of either kind. */
const kills = Math.max(21, Number(process.env.KILLS ?? 28));

describe('a build that is killed leaves a whole site', () => {
  test('at any time', async () => {
    await expectSoundWhenKilled(small, async root => {
      enter(root, 'A');
      const start = performance.now();
      await build(root);
      const typical = performance.now() - start;
      return Array.from({ length: kills }, () => async () => {
        const { child, ended } = begin(root, ['build', ...clock]);
        // Half of the time Node itself starts.
        const timer = setTimeout(() => child.kill('SIGKILL'), typical * (0.4 + 0.6 * Math.random()));
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
      // The last ones swap the folders; before them there is one like the other.
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

describe('a full disk is a message, and the site stays as it was', () => {
  const refused =
    /^\S*\/dist error output \S+\/dist cannot be written \(ENOSPC: [^\n]+\)\. Free space on the disk, [^\n]+\n(\S+ warning [^\n]+\n)?Not built: 1 error(?: and 1 warning)?\. The site in dist\/ is as it was\.\n$/;

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

  /** A folder on a small file system of its own; where none can be mounted the test is skipped. */
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

  test('of a real file system that can hold no more files', async ctx => {
    const root = mountSmall(ctx, 'size=16m,nr_inodes=60');
    writeFiles(root, small);
    const { status, stderr } = await build(root);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /ENOSPC: .*delete files: it can hold only so many \('df -i' tells\), then build again/,
    );
    expect(readdirSync(root).sort()).toEqual(['.cache', 'content']);
  });

  test('of a real file system', async ctx => {
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
      // What is linked takes no space, so that little may be enough.
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

test('a worker that dies is a message, and the site stays as it was', async () => {
  const root = makeSite(largeSite(410, { search: false }));
  expect((await build(root)).status).toBe(0);
  const before = bytesOf(join(root, 'dist'));
  enter(root, 'B');
  const deaths = [
    { how: 'exit', at: 30, reason: 'ended early (code 7)' },
    { how: 'exit', at: 40, path: '.html', reason: 'ended early (code 7)' },
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
      `A worker of the build ${reason}. Build again; the site in ${root}/dist is as it was.\n`,
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

/** The id of a process that has ended. */
const deadProcess = () => spawnSync(process.execPath, ['-e', '']).pid;

describe('one build at a time into one folder', () => {
  test.each<[string, (path: string, pid: number) => void]>([
    ['a link', (path, pid) => symlinkSync(String(pid), path)],
    ['a file', (path, pid) => writeFileSync(path, `${pid}\n`)],
  ])('a lock that is %s holds as long as its process runs', async (_, lock) => {
    const root = makeSite(small);
    const path = join(root, '.dist.lock');
    lock(path, process.pid);
    const refused = await build(root);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain(
      `Another build (process ${process.pid}) is writing ${root}/dist. Wait until it has ended, or name another folder with --out; if that process is no build, remove ${root}/.dist.lock.\n`,
    );
    expect(existsSync(join(root, 'dist'))).toBe(false);
    expect(lstatSync(path, { throwIfNoEntry: false })).toBeDefined();

    rmSync(path);
    lock(path, deadProcess());
    expect((await build(root)).status).toBe(0);
    expectNoLeftovers(root);
  });

  test('builds that start together: each makes the site or says that another does', async () => {
    const root = await siteAtB();
    for (const name of ['A', 'B', 'A'] as const) {
      enter(root, name);
      symlinkSync(String(deadProcess()), join(root, '.dist.lock'));
      const ends = await Promise.all([build(root), build(root), build(root)]);
      expect(ends.some(({ status }) => status === 0)).toBe(true);
      for (const { status, stderr } of ends)
        if (status !== 0)
          expect([status, stderr]).toEqual([1, expect.stringContaining('Another build (process')]);
      expect(whichOf(join(root, 'dist'))).toBe(name);
    }
    // What they left in the cache goes with the next build that has something to do.
    enter(root, 'B');
    await build(root);
    expectNoLeftovers(root);
  });

  test('of many that find a dead holder at once, one takes the lock', async () => {
    const folder = temporaryFolder();
    buildSync({
      entryPoints: [join(packageRoot, 'src/lock.ts')],
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: join(folder, 'lock.mjs'),
    });
    const dead = deadProcess();
    // Whoever has it leaves it as a process that has died.
    const contender = `
      import { rmSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
      import { takeLock } from '${join(folder, 'lock.mjs')}';
      let taken = 0;
      for (let round = 0; round < 3000; round++) {
        if (typeof takeLock('${join(folder, 'x')}') === 'number') continue;
        taken++;
        writeFileSync('${join(folder, 'inside')}', '', { flag: 'wx' });
        rmSync('${join(folder, 'inside')}');
        symlinkSync('${dead}', '${join(folder, 'dead-')}' + process.pid);
        renameSync('${join(folder, 'dead-')}' + process.pid, '${join(folder, '.x.lock')}');
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
});

describe('builds that share a cache', () => {
  /** A build into dist/ that has compiled, and waits before it writes the first page. */
  async function beginAndWait(root: string, until: string) {
    const slow = begin(root, ['build', ...clock], luck({ how: 'wait', at: 3, path: '/.dist-', until }));
    while (!hasPack(root)) await new Promise(resolve => setTimeout(resolve, 10));
    return slow;
  }
  const hasPack = (root: string) =>
    existsSync(join(root, '.cache')) &&
    readdirSync(join(root, '.cache')).some(name => name.endsWith('.pack'));

  test('what one compiles the other does not remove', async () => {
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

  test('when one of them is killed the other is right, and so is the next', async () => {
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

  test('records whose pack is gone are compiled again', async () => {
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

test('a build leaves alone what a build into a folder of a longer name has under way', async () => {
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

test('a build that ends before it could note that all is done leaves no wrong note', async () => {
  const draft = {
    'content/articles/2025/draft.md': small['content/articles/2025/s1.md']!.replace(
      '---\n',
      '---\ndraft: true\n',
    ),
  };
  const root = makeSite({ ...small, ...draft });
  const wait = () => new Promise(resolve => setTimeout(resolve, 2_100));
  // Only files that were changed a while ago are known by their times alone.
  await wait();
  await build(root);
  const published = bytesOf(join(root, 'dist'));
  await build(root, luck({ how: 'kill', at: 1, path: '/last-' }), '--drafts');
  expect(bytesOf(join(root, 'dist'))).not.toEqual(published);
  await build(root);
  expect(bytesOf(join(root, 'dist'))).toEqual(published);
});

describe('a cache that is damaged', () => {
  const damages: Record<string, (bytes: Buffer) => Uint8Array> = {
    'cut in half': bytes => bytes.subarray(0, bytes.length / 2),
    emptied: () => new Uint8Array(),
    'replaced by other text': () => Buffer.from('{"made": 1}\nnull\n'.repeat(100)),
    'replaced by noise': bytes => bytes.map((byte, index) => (byte * 31 + index * 7) & 255),
    'written twice': bytes => Buffer.concat([bytes, bytes]),
  };

  test.each(Object.entries(damages))('by a file that is %s makes the same site', async (_, damage) => {
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
    // Only what was changed a while ago is known by its times alone.
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

test('a site that cannot be kept as the spare has been replaced all the same', async () => {
  const root = await siteAtB();
  enter(root, 'A');
  const ended = await build(root, { preload: here('no-move.mjs'), env: { NO_MOVE: 'spare-' } });
  expect(ended).toMatchObject({ status: 0, stderr: expect.not.stringContaining('as it was') });
  expect(whichOf(join(root, 'dist'))).toBe('A');
  enter(root, 'B');
  expect((await build(root)).status).toBe(0);
  expect(whichOf(join(root, 'dist'))).toBe('B');
  expectNoLeftovers(root);
});
