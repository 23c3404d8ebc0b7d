/** An import that is killed continues, and ends with the same files. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { begin, run } from '../helpers/cli.ts';
import { contentOf, makeArchive } from '../helpers/import.ts';
import { temporaryFolder } from '../helpers/site.ts';
import { wordPressExport } from '../helpers/wordpress.ts';

const count = 600;

const source = () =>
  makeArchive({
    'export.xml': wordPressExport(
      Array.from({ length: count }, (_, n) => ({
        id: n + 1,
        content: `The text of a story. ${'It has many words. '.repeat(200)}`,
        terms: ['category:text=Text'],
      })),
    ),
  });

/** Number of story files that an import has written so far. */
function writtenIn(root: string): number {
  const folder = join(root, 'content/articles');
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.md'))
    .length;
}

test.each([1, 100, 400])('after %i stories', async killedAfter => {
  const archive = source();
  const clean = temporaryFolder();
  expect(run(clean, 'import', archive, '--quiet').status).toBe(0);
  const root = temporaryFolder();
  const { child, ended } = begin(root, ['import', archive, '--quiet', '--workers', '1']);
  while (writtenIn(root) < killedAfter && child.exitCode === null) await setTimeout(5);
  child.kill('SIGKILL');
  const { signal } = await ended;
  expect(signal).toBe('SIGKILL');
  const atKill = writtenIn(root);
  expect(atKill).toBeLessThan(count);
  const { status, stdout } = run(root, 'import', archive, '--json');
  expect(status).toBe(0);
  const { outcomes } = JSON.parse(stdout) as { outcomes: Record<string, number> };
  expect(outcomes.unchanged).toBeGreaterThanOrEqual(atKill);
  expect(outcomes.written! + outcomes.unchanged!).toBe(count);
  expect(contentOf(root)).toEqual(contentOf(clean));
});
