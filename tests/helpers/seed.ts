/** Before all tests: chooses the seed of the random tests, prints it, and passes it on to all processes. */
export function setup(): void {
  if (process.env.SEED !== undefined) return;
  process.env.SEED = String(Math.floor(Math.random() * 2 ** 31));
  console.log(`Seed of the random tests: ${process.env.SEED}. SEED=${process.env.SEED} repeats them.`);
}
