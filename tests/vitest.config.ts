import { defineConfig } from 'vitest/config';

/**
 * Test files that replace modules, and those that a replaced module would affect. Each runs in its own
 * process.
 */
const alone = [
  'tests/check/errors.test.ts',
  'tests/build/search.test.ts',
  'tests/media/cards.test.ts',
  'tests/media/unused.test.ts',
];

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    globalSetup: 'tests/helpers/scripts.ts',
    setupFiles: 'tests/helpers/pagefind.ts',
    // One per core. By default, Vitest leaves one core idle.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      // Without isolation, files that run in one process load the generator only once.
      {
        extends: true,
        test: { name: 'together', include: ['tests/**/*.test.ts'], exclude: alone, isolate: false },
      },
      { extends: true, test: { name: 'alone', include: alone } },
    ],
  },
});
