/** A heavy file is stopped and reported; the messages about other files still appear. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildSite, frontMatter, makeSite, readFolder, siteYaml, writeFiles } from '../helpers/site.ts';

const other = { 'content/articles/2025/y.md': `${frontMatter()}\n> Words.\n` };

/** 130,000 headings, which take several seconds. */
const heavy = `${frontMatter()}\n${'## A\n\n'.repeat(130_000)}`;

test('a file that needs more time than the limit is reported, and the site stays unchanged', async () => {
  const root = makeSite({ ...other, 'content/site.yaml': `${siteYaml}limits: {seconds: 1}\n` });
  await buildSite(root);
  const before = readFolder(join(root, 'dist'));
  writeFiles(root, { 'content/articles/2025/x.md': heavy });
  const { ok, diagnostics } = await buildSite(root);
  expect(ok).toBe(false);
  expect(diagnostics.map(({ file, ruleId }) => `${file} ${ruleId}`)).toEqual([
    'content/articles/2025/x.md source-stopped',
    'content/articles/2025/y.md quote-attribution',
  ]);
  expect(readFolder(join(root, 'dist'))).toEqual(before);
  // A stop is not remembered as the result of the file.
  expect((await buildSite(root)).diagnostics.map(({ ruleId }) => ruleId)).toContain('source-stopped');
  writeFiles(root, { 'content/articles/2025/x.md': `${frontMatter()}\nText.\n` });
  expect((await buildSite(root)).ok).toBe(true);
});

test('a long story within the limits is compiled and rendered like any other', async () => {
  const paragraph = `${'The council votes on Monday. '.repeat(40)}\n\n`;
  const root = makeSite({
    ...other,
    'content/articles/2025/x.md': `${frontMatter()}\n${paragraph.repeat(600)}The end.\n`,
  });
  expect((await buildSite(root)).ok).toBe(true);
  const page = readFolder(join(root, 'dist'))['world/2025/03/x/index.html']!;
  expect(page.match(/The council votes/g)?.length).toBeGreaterThanOrEqual(24_000);
  expect(page).toContain('The end.');
});
