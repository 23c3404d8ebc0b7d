/**
 * Three sets of tests, by Vitest's mode:
 *
 * - `npm test`: every `*.test.ts`, in a few minutes.
 * - `npm run test:long` (mode `long`): every `*.long.ts`, and the random tests with more runs.
 * - `npm run test:deep` (mode `deep`): the random tests with hundreds of runs. This takes hours.
 *
 * `npm run gallery` (mode `gallery`) writes screenshots, and `npm run test:mutants` (mode `mutants`) uses the first two sets.
 *
 * `SEED=…` repeats the random tests of an earlier run.
 */
import { existsSync, statfsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

// The tests write many small files, which is faster in memory. Docker's default /dev/shm is too small.
if (process.env.TMPDIR === undefined && existsSync('/dev/shm')) {
  const { bavail, bsize } = statfsSync('/dev/shm');
  if (bavail * bsize > 4e9) process.env.TMPDIR = '/dev/shm';
}

/** Test files with a different number of random runs in each mode (see `runsOf` in helpers/random.ts). */
const random = [
  'tests/article/derived.test.ts',
  'tests/article/parsers.test.ts',
  'tests/base/yaml.test.ts',
  'tests/build/exact.test.ts',
  'tests/fuzz/fuzz.test.ts',
  'tests/import/slow-patterns.test.ts',
  'tests/import/words.test.ts',
  'tests/serve/watch.test.ts',
  'tests/site/time.test.ts',
];

/** Test files that replace modules, and those that a replaced module would affect. Each runs in its own process. */
const isolated = [
  'tests/check/errors.test.ts',
  'tests/build/search.test.ts',
  'tests/media/cards.test.ts',
  'tests/media/unused.test.ts',
];

/** Test files that need Chromium. `WITHOUT_BROWSER=1` skips them, for systems on which the package has none. */
const browser = ['tests/browser/**', 'tests/visual/**', 'tests/serve/dev.test.ts'];

export default defineConfig(({ mode }) => {
  // Vitest calls this function again for each project, with the mode `test`.
  process.env.TEST_SET ??= mode;
  const set = process.env.TEST_SET;
  const include = {
    long: ['tests/**/*.long.ts', ...random],
    deep: ['tests/build/bad-luck.long.ts', 'tests/fuzz/attacks.long.ts', ...random],
    gallery: ['tests/gallery/gallery.ts'],
    mutants: ['tests/**/*.test.ts', 'tests/**/*.long.ts'],
  }[set] ?? ['tests/**/*.test.ts'];
  const exclude = process.env.WITHOUT_BROWSER === '1' ? browser : [];
  return {
    test: {
      root: new URL('..', import.meta.url).pathname,
      globalSetup: ['tests/helpers/scripts.ts', 'tests/helpers/seed.ts'],
      setupFiles: [
        'tests/helpers/pagefind.ts',
        'tests/helpers/random.ts',
        ...(set === 'mutants' ? ['tests/mutants/setup.mjs'] : []),
      ],
      // Uses one worker per core. By default, Vitest leaves one core idle.
      maxWorkers: '100%',
      testTimeout: set === 'deep' ? 6 * 3_600_000 : 60_000,
      hookTimeout: 60_000,
      projects: [
        // Without isolation, the files that run in one process load the generator once.
        {
          extends: true,
          test: { name: 'shared', include, exclude: [...exclude, ...isolated], isolate: false },
        },
        ...(include.includes('tests/**/*.test.ts')
          ? [{ extends: true as const, test: { name: 'isolated', include: isolated, exclude } }]
          : []),
      ],
    },
  };
});
