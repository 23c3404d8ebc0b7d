/** Threads affect only how long a build takes. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { createPool } from '../../src/build/pool.ts';
import type { Thread } from '../../src/build/threads.ts';
import { begin } from '../helpers/cli.ts';
import { makeSite } from '../helpers/site.ts';
import { bytesOf, largeSite } from './newsroom.ts';

vi.setConfig({ testTimeout: 240_000 });

const preload = fileURLToPath(new URL('count-workers.mjs', import.meta.url));

/** Number of stories, above the number at which a build starts threads. */
const many = 450;

async function buildWith(workers: number, count: number) {
  const root = makeSite(largeSite(count, { search: false }));
  const args = ['build', '--json', '--now', '2025-06-01T12:00Z', '--workers', String(workers)];
  const { status, stdout, stderr } = await begin(root, args, { preload }).ended;
  expect(status, stderr).toBe(0);
  return { told: JSON.parse(stdout), threads: stderr.trim(), files: bytesOf(join(root, 'dist')) };
}

test('a large site and its messages are the same with one thread, with few (including the main thread), and with more', async () => {
  const alone = await buildWith(1, many);
  expect(alone.threads).toBe('0 threads');
  expect(alone.told.articles).toBe(many);
  expect(alone.told.diagnostics).toHaveLength(many / 50);
  for (const [workers, started] of [
    [2, 1],
    [3, 2],
    [5, 5],
  ] as const) {
    const { told, threads, files } = await buildWith(workers, many);
    expect(threads).toBe(`${started} threads`);
    expect(told).toEqual(alone.told);
    expect(files).toEqual(alone.files);
  }
});

test('a small site starts no threads', async () => {
  expect((await buildWith(3, 20)).threads).toBe('0 threads');
});

test('a worker that fails during setup is reported only when the others have stopped writing', async () => {
  let endWriting = (_: unknown[]) => {};
  const writing = new Promise<unknown[]>(resolve => {
    endWriting = resolve;
  });
  const ends = { end: async () => {} };
  const writer: Thread = {
    ...ends,
    call: async ({ method }) => (method === 'render' ? writing : undefined),
  };
  // With five threads, the calling thread does not take part in the work.
  const threads: Thread[] = [
    { ...ends, call: async ({ method }) => Promise.reject(new Error(`ended in ${method}`)) },
    ...Array.from({ length: 4 }, () => writer),
  ];
  // The first thread fails in every call, like a thread that has ended.
  const pool = createPool({} as never, 'build', threads);
  const jobs = Array.from({ length: 500 }, (_, index) => ({ name: `${index}`, task: '', documents: [] }));
  let isTold = false;
  const rendering = pool
    .render({} as never, jobs, () => {})
    .catch((error: Error) => error.message)
    .finally(() => {
      isTold = true;
    });
  await new Promise(resolve => setTimeout(resolve, 50));
  expect(isTold).toBe(false);
  endWriting([]);
  expect(await rendering).toBe('ended in open');
});
