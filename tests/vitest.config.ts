import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    globalSetup: 'tests/helpers/scripts.ts',
    setupFiles: 'tests/helpers/pagefind.ts',
    include: ['tests/**/*.test.ts'],
    // One a core; unless told, one is left idle.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
