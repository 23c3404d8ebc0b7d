/** Runs asynchronous jobs with limited concurrency. */
import { availableParallelism } from 'node:os';

/** Maximum number of concurrent jobs: native libraries share libuv's thread pool, by default four threads. */
const jobsAtOnce = Math.min(4, availableParallelism());

/**
 * Runs a job for each item, at most four at a time.
 * @returns the results in the order of the items; rejects with the first error
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
      results[index] = await job(items[index]!);
    }
  };
  await Promise.all(Array.from({ length: jobsAtOnce }, drain));
  return results;
}
