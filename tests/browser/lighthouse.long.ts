/**
 * Lighthouse audits: accessibility, best practices and SEO. Performance is not tested, because it depends on
 * the machine.
 */
import { createServer } from 'node:net';
import lighthouse from 'lighthouse';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, useSite } from '../helpers/browser.ts';
import { packageRoot } from '../helpers/site.ts';

const site = useSite({ root: packageRoot });
let port = 0;
let close = async () => {};

/** Finds a port that is free now. */
const freePort = () =>
  new Promise<number>(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

beforeAll(async () => {
  port = await freePort();
  const browser = await launchBrowser([`--remote-debugging-port=${port}`]);
  close = () => browser.close();
});
afterAll(() => close());

test.each(['/world/2025/03/white-house-confirms-direct-talks-with-hamas/', '/'])(
  '%s scores 100 for accessibility, best practices and SEO',
  async path => {
    const { page } = await site.open(path);
    const result = await lighthouse(page.url(), {
      port,
      onlyCategories: ['accessibility', 'best-practices', 'seo'],
      logLevel: 'error',
    });
    const { categories, audits } = result!.lhr;
    const failed = Object.values(categories).flatMap(({ auditRefs }) =>
      auditRefs.filter(({ id, weight }) => weight > 0 && (audits[id]!.score ?? 1) < 1).map(({ id }) => id),
    );
    expect(failed).toEqual([]);
    expect(Object.values(categories).map(({ id, score }) => [id, score])).toEqual([
      ['accessibility', 1],
      ['best-practices', 1],
      ['seo', 1],
    ]);
  },
);
