/** A site that several machines or processes compile in parts equals the site of a single build. */
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { isOfShard } from '../../src/build/compile.ts';
import { begin } from '../helpers/cli.ts';
import { frontMatter, makeSite, temporaryFolder, writeFiles } from '../helpers/site.ts';
import { bytesOf, largeSite } from './newsroom.ts';

vi.setConfig({ testTimeout: 240_000 });

const site = largeSite(30, { search: false });
const clock = ['--now', '2025-06-01T12:00Z'];
const sources = Object.keys(site).filter(path => path.endsWith('.md')).length;

async function build(root: string, ...args: string[]) {
  const { status, stdout, stderr } = await begin(root, ['build', '--json', ...clock, ...args]).ended;
  expect(stderr).toBe('');
  return { status, ...JSON.parse(stdout) };
}

const shards = [1, 2, 3].map(part => ['--shard', `${part}/3`]);

test('shards have about the same size', () => {
  const shardCount = 16;
  const sizes = Array.from({ length: shardCount }, () => 0);
  const paths = Array.from(
    { length: 64_000 },
    (_, index) => `content/articles/${2000 + (index % 26)}/story-${index}.md`,
  );
  for (const path of paths)
    for (let part = 1; part <= shardCount; part++)
      if (isOfShard(path, { part, of: shardCount })) sizes[part - 1]!++;
  expect(sizes.reduce((sum, size) => sum + size)).toBe(paths.length);
  const mean = paths.length / shardCount;
  expect(Math.min(...sizes)).toBeGreaterThan(0.95 * mean);
  expect(Math.max(...sizes)).toBeLessThan(1.05 * mean);
});

/** Copies the site, as if to another machine. */
function copyOf(root: string): string {
  const copy = temporaryFolder();
  cpSync(join(root, 'content'), join(copy, 'content'), { recursive: true });
  return copy;
}

const bringTogether = (machines: readonly string[], root: string) => {
  for (const machine of machines) cpSync(join(machine, '.cache'), join(root, '.cache'), { recursive: true });
};

test('three machines compile a third each, and a fourth builds the site without parsing anything', async () => {
  const plain = makeSite(largeSite(30));
  const expected = await build(plain);
  const machines = shards.map(() => copyOf(plain));
  const parts = await Promise.all(machines.map((machine, index) => build(machine, ...shards[index]!)));
  for (const { status, parsed, rendered, files } of parts) {
    expect({ status, rendered, files }).toEqual({ status: 0, rendered: 0, files: 0 });
    expect(parsed).toBeGreaterThan(0);
  }
  expect(parts.reduce((sum, { parsed }) => sum + parsed, 0)).toBe(sources);
  expect(parts.flatMap(({ diagnostics }) => diagnostics).length).toBe(expected.diagnostics.length);

  const root = copyOf(plain);
  bringTogether(machines, root);
  expect(await build(root, '--merge')).toEqual({ ...expected, parsed: 0 });
  expect(bytesOf(join(root, 'dist'))).toEqual(bytesOf(join(plain, 'dist')));
});

test('unreadable data are reported by the merge as by their shard', async () => {
  const chart = '```chart\ntype: bar\ntitle: A chart\ndata: big.csv\nx: a\ny: b\n```\n';
  const root = makeSite({
    'content/articles/2025/x.md': frontMatter() + chart,
    'content/articles/2025/big.csv': `a,b\n${'x,1\n'.repeat(1_500_000)}`,
  });
  const told = ({ status, diagnostics }: Awaited<ReturnType<typeof build>>) => [
    status,
    diagnostics.map(({ ruleId }: { ruleId: string }) => ruleId),
  ];
  expect(told(await build(root, '--shard', '1/1'))).toEqual([1, ['chart-data']]);
  const other = copyOf(root);
  bringTogether([root], other);
  expect(told(await build(other, '--merge'))).toEqual([1, ['chart-data']]);
  rmSync(join(other, 'content/articles/2025/big.csv'));
  expect(told(await build(other, '--merge'))).toEqual([1, ['shard-missing']]);
});

test('the sources of a missing shard are reported, and nothing is written', async () => {
  const root = makeSite(site);
  await build(root, ...shards[0]!);
  const third = await build(root, ...shards[2]!);
  const { status, diagnostics } = await build(root, '--merge');
  expect(status).toBe(1);
  const missing = diagnostics.filter(({ ruleId }: { ruleId: string }) => ruleId === 'shard-missing');
  expect(missing.length).toBeGreaterThan(0);
  expect(readdirSync(root).sort()).toEqual(['.cache', 'content']);

  const second = await build(root, ...shards[1]!);
  expect(second.parsed).toBe(missing.length);
  expect(third.parsed + second.parsed).toBeLessThan(sources);
  expect((await build(root, '--merge')).status).toBe(0);
});

test('the sources of a lost pack are reported too', async () => {
  const root = makeSite(site);
  for (const shard of shards) await build(root, ...shard);
  const [pack] = readdirSync(join(root, '.cache')).filter(name => name.endsWith('.pack'));
  rmSync(join(root, '.cache', pack!));
  const { status, diagnostics } = await build(root, '--merge');
  expect(status).toBe(1);
  expect(diagnostics[0].ruleId).toBe('shard-missing');
});

test('three processes in one folder compile a third each, at the same time', async () => {
  const plain = makeSite(site);
  const expected = await build(plain);
  const root = copyOf(plain);
  const parts = await Promise.all(shards.map(shard => build(root, ...shard)));
  expect(parts.reduce((sum, { parsed }) => sum + parsed, 0)).toBe(sources);
  expect(await build(root, '--merge')).toEqual({ ...expected, parsed: 0 });
  expect(bytesOf(join(root, 'dist'))).toEqual(bytesOf(join(plain, 'dist')));
});

test('shards take precedence over an earlier build, whichever part a file belongs to', async () => {
  const root = makeSite(site);
  await build(root);
  const edited = Object.fromEntries(
    Object.keys(site)
      .filter(path => path.includes('/articles/'))
      .map(path => [path, `${site[path]}\nMore was said later.\n`]),
  );
  writeFiles(root, edited);
  for (const shard of shards) await build(root, ...shard);
  const merged = await build(root, '--merge');
  expect(merged.diagnostics.filter(({ severity }: { severity: string }) => severity === 'error')).toEqual([]);
  expect(merged.parsed).toBe(0);
  const plain = copyOf(root);
  await build(plain);
  expect(bytesOf(join(root, 'dist'))).toEqual(bytesOf(join(plain, 'dist')));
});

test('an author whom no shard compiled is compiled by a build without --merge', async () => {
  const root = makeSite(site);
  for (const shard of shards) await build(root, ...shard);
  writeFiles(root, { 'content/authors/nobody.md': '---\nname: Nobody\n---\n' });
  expect((await build(root, '--merge')).diagnostics[0].file).toBe('content/authors/nobody.md');
  expect((await build(root)).parsed).toBe(1);
});

test('an empty part is accepted, and an invalid part is rejected', async () => {
  const root = makeSite(largeSite(1, { search: false }));
  const parts = await Promise.all([1, 2, 3, 4].map(part => build(root, '--shard', `${part}/4`)));
  expect(parts.map(({ status }) => status)).toEqual([0, 0, 0, 0]);
  expect(parts.some(({ parsed }) => parsed === 0)).toBe(true);
  expect((await build(root, '--merge')).articles).toBe(1);
  for (const wrong of ['0/8', '9/8', '1/8/2']) {
    const { status, stderr } = await begin(root, ['build', `--shard=${wrong}`]).ended;
    expect(status, wrong).toBe(2);
    expect(stderr).toContain('is not a valid shard');
  }
});
