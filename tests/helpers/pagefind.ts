/** The builds of a test file have one process of Pagefind, which would end with each of them: to start it takes longer than a small site. */
import { vi } from 'vitest';

vi.mock('pagefind', async load => ({
  ...(await load<typeof import('pagefind')>()),
  close: async () => {},
}));
