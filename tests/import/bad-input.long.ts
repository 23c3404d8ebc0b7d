/** Sources that are far too large in one place, imported by the command with its threads. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../helpers/cli.ts';
import { contentOf, makeArchive } from '../helpers/import.ts';
import { temporaryFolder } from '../helpers/site.ts';
import { wordPressExport } from '../helpers/wordpress.ts';

test('a story of 50 MB, and elements within each other a hundred thousand times, cost only themselves', () => {
  const nested = (tag: string, count: number) =>
    `${`<${tag}>`.repeat(count)}Text${`</${tag}>`.repeat(count)}`;
  const source = makeArchive({
    'export.xml': wordPressExport([
      { id: 1 },
      { id: 2, content: 'Words of a story. '.repeat(2_800_000) },
      { id: 3, content: nested('div', 100_000) },
      { id: 4, content: nested('b', 100_000) },
      { id: 5, content: nested('blockquote', 100_000) },
      { id: 6, content: 'Words of a story. '.repeat(250_000) },
      { id: 7, content: '[a]'.repeat(2_000) + '[/a]'.repeat(2_000) },
      { id: 8 },
    ]),
  });
  const root = temporaryFolder();
  const { status, stderr } = run(root, 'import', join(source, 'export.xml'), '--quiet', '--workers', '2');
  expect(stderr).toMatch(
    /export\.xml:\d+ The item “Story 2” has more than 5,000,000 characters and is not imported\./,
  );
  expect(stderr).not.toMatch(/\n\s+at /);
  const files = contentOf(root);
  for (const id of [1, 6, 8]) expect(files[`content/articles/2024/03/story-${id}.md`]).toBeDefined();
  // Stories that are nested too deeply are flattened, or reported.
  for (const id of [3, 4, 5, 7]) {
    const isWritten = files[`content/articles/2024/03/story-${id}.md`] !== undefined;
    if (!isWritten)
      expect(stderr).toMatch(/The story could not be converted: its text is nested too deeply\./);
  }
  expect([0, 1]).toContain(status);
});
