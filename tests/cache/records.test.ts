/** What the cache does with its own files when they are incomplete. */
import { appendFileSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readPlan, savePlan } from '../../src/cache/plan.ts';
import { readSourceIndex, type SourceRecord, writeShardRecords } from '../../src/cache/source-index.ts';
import { newOwnerName } from '../../src/disk/process.ts';
import { temporaryFolder } from '../helpers/site.ts';

const key = 'key';

test('a plan with fewer tasks than it announces is not used', async () => {
  const path = join(temporaryFolder(), 'plan-a.jsonl');
  const tasks = [1, 2, 3].map(number => ({ name: `task ${number}`, payload: `{"n":${number}}` }));
  await savePlan(path, key, newOwnerName(), { count: 1 }, tasks);
  const plan = readPlan<unknown, { name: string }>(path, key)!;
  expect(plan.head).toEqual({ count: 1 });
  expect(plan.tasks.map(task => [task.name, plan.payloadOf(task)])).toEqual(
    tasks.map(({ name, payload }) => [name, payload]),
  );
  plan.close();
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  writeFileSync(path, `${lines.slice(0, -1).join('\n')}\n`);
  expect(readPlan(path, key)).toBeUndefined();
});

test('a new plan replaces the payloads of the old one, but not those of another output', async () => {
  const folder = temporaryFolder();
  const save = (name: string) => savePlan(join(folder, name), key, newOwnerName(), {}, [{ payload: '{}' }]);
  for (const name of ['plan-a.jsonl', 'plan-b.jsonl', 'plan-a.jsonl']) await save(name);
  appendFileSync(join(folder, `plan-a-${newOwnerName()}.pack`), 'Another kind of file.');
  readPlan(join(folder, 'plan-a.jsonl'), key)!.close();
  const kinds = readdirSync(folder).map(name => name.replace(/^(plan-.).*\./, '$1.'));
  expect(kinds.sort()).toEqual([
    'plan-a.jsonl',
    'plan-a.pack',
    'plan-a.texts',
    'plan-b.jsonl',
    'plan-b.texts',
  ]);
});

test('a record whose document is cut off is not used', () => {
  const folder = temporaryFolder();
  const pack = join(folder, 'x.pack');
  writeFileSync(pack, '0123456789');
  const record = (path: string, offset: number): SourceRecord => ({
    path,
    signature: '',
    hash: '',
    reads: [],
    entry: { hash: '', text: '{}', places: '{}' },
    textHash: undefined,
    diagnostics: [],
    document: { pack: 'x.pack', offset, length: 5, crc: 0 },
  });
  writeShardRecords(folder, key, '1', [record('a.md', 0), record('b.md', 5)]);
  const paths = () => [...readSourceIndex(folder, key).records.keys()];
  expect(paths()).toEqual(['a.md', 'b.md']);
  truncateSync(pack, 9);
  expect(paths()).toEqual(['a.md']);
});
