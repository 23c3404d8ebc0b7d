/**
 * The builds of a test file share one Pagefind process. Otherwise it would end with each build, and starting
 * it takes longer than building a small site.
 */
import { vi } from 'vitest';

vi.mock('pagefind', async load => ({
  ...(await load<typeof import('pagefind')>()),
  close: async () => {},
}));
