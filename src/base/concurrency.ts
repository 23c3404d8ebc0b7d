/** Runs asynchronous jobs with limited concurrency. */
import { availableParallelism } from 'node:os';

/** Maximum number of concurrent jobs: native libraries share libuv's thread pool, by default four threads. */
const jobsAtOnce = Math.min(4, availableParallelism());

/** An amount that running jobs share, such as memory. */
export interface Budget {
  /** Runs a job when its share is free. Jobs begin in the order of their calls. */
  use<Result>(share: number, job: () => Promise<Result>): Promise<Result>;
}

/** Creates a budget. A job whose share is larger than the total amount runs alone. */
export function createBudget(total: number): Budget {
  const queue: { share: number; begin: () => void }[] = [];
  let used = 0;
  let running = 0;
  const beginNext = () => {
    while (queue.length > 0 && (running === 0 || used + queue[0]!.share <= total)) {
      const { share, begin } = queue.shift()!;
      used += share;
      running++;
      begin();
    }
  };
  return {
    async use(share, job) {
      await new Promise<void>(begin => {
        queue.push({ share, begin });
        beginNext();
      });
      try {
        return await job();
      } finally {
        used -= share;
        running--;
        beginNext();
      }
    },
  };
}

/**
 * Waits until all promises have settled, so that no work continues after a failure.
 * @returns their values; rejects with the error of the first promise that failed, in the order of the list
 */
export async function settleAll<const Results extends readonly unknown[]>(
  promises: Results,
): Promise<{ -readonly [Index in keyof Results]: Awaited<Results[Index]> }> {
  const ends = await Promise.allSettled(promises);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  // All promises are fulfilled, so this resolves immediately.
  return Promise.all(promises);
}

/**
 * Runs a job for each item, at most four at a time. Starts no job after one has failed.
 * @returns the results in the order of the items; rejects with an error when all running jobs have ended
 */
export async function mapAtOnce<Item, Result>(
  items: readonly Item[],
  job: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const drain = async () => {
    while (next < items.length) {
      const index = next++;
      try {
        results[index] = await job(items[index]!);
      } catch (error) {
        next = items.length;
        throw error;
      }
    }
  };
  await settleAll(Array.from({ length: jobsAtOnce }, drain));
  return results;
}
