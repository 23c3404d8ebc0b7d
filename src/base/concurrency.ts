/** Jobs that wait for something else than this thread, a few at a time. */
import { availableParallelism } from 'node:os';

/** Node gives the libraries that decode and encode four threads. */
const jobsAtOnce = Math.min(4, availableParallelism());

/** Runs a job for each item, a few at a time. @returns the results in the order of the items */
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
