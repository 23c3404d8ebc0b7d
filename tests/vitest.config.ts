import { defineConfig } from 'vitest/config';

/** Tests that have modules replaced, or as they are where the others have one replaced: each in a process of its own. */
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
    // One a core; unless told, one is left idle.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      // Files that follow one another in a process load the generator once.
      {
        extends: true,
        test: { name: 'together', include: ['tests/**/*.test.ts'], exclude: alone, isolate: false },
      },
      { extends: true, test: { name: 'alone', include: alone } },
    ],
  },
});
