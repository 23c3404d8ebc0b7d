/** Random tests: one seed for all of them, and how often each runs. */
import fc from 'fast-check';

/** Seed of all random tests. `SEED=…` sets it; otherwise every test run has a new one and prints it. */
export const seed = Number(process.env.SEED);

fc.configureGlobal({ seed });

/**
 * Number of runs of a random test, by test set.
 * @param counts runs in `npm test`, in `npm run test:long` and in `npm run test:deep`
 */
export function runsOf(counts: { short: number; long: number; deep: number }): number {
  const set = process.env.TEST_SET;
  return set === 'deep' ? counts.deep : set === 'long' ? counts.long : counts.short;
}

/** Numbers from 0 to 1 that depend only on the seed. */
export const randomNumbers = (count: number): number[] =>
  fc.sample(fc.double({ min: 0, max: 1, noNaN: true }), { seed, numRuns: count });
