/** `dev` does not wait for pictures: it encodes what is requested, and the rest later. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { dev, run } from '../helpers/cli.ts';
import { frontMatter, makeSite } from '../helpers/site.ts';
import { makePhoto } from '../media/photos.ts';

test('a requested picture is encoded at once, and all others while nothing happens', async () => {
  const root = makeSite({
    'content/articles/2025/x.md': `${frontMatter()}![A view](a.jpg "Photo: Jane Doe")\n`,
    'content/articles/2025/a.jpg': await makePhoto({ width: 2000, height: 1000 }),
  });
  const server = await dev(root);
  const page = await (await fetch(`${server.address}world/2025/03/x/`)).text();
  const [address] = /\/assets\/pictures\/[\da-f]+\/640\.avif/.exec(page)!;
  const store = join(root, '.cache/pictures');
  const stored = () =>
    existsSync(store)
      ? readdirSync(store, { recursive: true, encoding: 'utf8' }).filter(name => /\.\w+$/.test(name)).length
      : 0;
  expect(stored()).toBe(0);
  const response = await fetch(new URL(address, server.address));
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/avif']);
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(stored()).toBe(1);
  expect((await fetch(new URL('/assets/pictures/none/640.avif', server.address))).status).toBe(404);
  await vi.waitFor(() => expect(stored()).toBe(7), { timeout: 20_000 });
  // A build finds all of them in the store, and writes the same bytes.
  expect(run(root, 'build').stderr).toBe('');
  expect(readFileSync(join(root, 'dist', address)).equals(bytes)).toBe(true);
});
