/** Concurrent jobs. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { mapAtOnce, settleAll } from '../../src/base/concurrency.ts';

const items = Array.from({ length: 20 }, (_, index) => index);

test('jobs return their results in the order of the items', async () => {
  const results = await mapAtOnce(items, async item => {
    await sleep(item % 3);
    return item * 2;
  });
  expect(results).toEqual(items.map(item => item * 2));
});

test('after a job has failed, no other starts, and none is running', async () => {
  let running = 0;
  const started: number[] = [];
  const failing = mapAtOnce(items, async item => {
    started.push(item);
    running++;
    await sleep(item === 0 ? 1 : 20);
    running--;
    if (item === 0) throw new Error('The disk is broken');
  });
  await expect(failing).rejects.toThrow('The disk is broken');
  expect(running).toBe(0);
  expect(started.length).toBeLessThanOrEqual(4);
  const count = started.length;
  await sleep(50);
  expect(started.length).toBe(count);
});

test('a failure is reported when all promises have settled', async () => {
  let ended = false;
  const slow = sleep(20).then(() => {
    ended = true;
  });
  await expect(settleAll([slow, Promise.reject(new Error('first'))])).rejects.toThrow('first');
  expect(ended).toBe(true);
  expect(await settleAll([1, Promise.resolve('two')])).toEqual([1, 'two']);
});
