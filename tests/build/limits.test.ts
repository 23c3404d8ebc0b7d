/** A heavy file is stopped and reported; the messages about other files still appear. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { formatDiagnostic } from '../../src/base/diagnostics.ts';
import { buildSite, frontMatter, makeSite, readFolder, siteYaml, writeFiles } from '../helpers/site.ts';

const other = { 'content/articles/2025/y.md': `${frontMatter()}\n> Words.\n` };
const attribution = 'content/articles/2025/y.md:7:1 warning quote-attribution';

/** Chart whose table has a cell for each pair of a row and a key. */
const manyKeys = `${frontMatter()}
\`\`\`chart
type: bar
title: Votes
data:
${Array.from({ length: 20_000 }, (_, index) => `  - {k${index}: 1}`).join('\n')}
x: k0
y: k1
\`\`\`
`;

/** Inline HTML that takes quadratic time. */
const manyTags = `${frontMatter()}\n${'<b>x</b> *a* '.repeat(30_000)}\n`;

test.each([
  [
    'seconds',
    '{seconds: 2}',
    manyTags,
    'after 2 s. It has 390,077 bytes in 8 lines; the longest line has 390,000',
  ],
  [
    'megabytes',
    '{megabytes: 128, seconds: 60}',
    manyKeys,
    'because it needs more than 128 MB of memory. It has 3',
  ],
])('a file that needs more %s than the limit is reported', async (_, limits, text, expected) => {
  const root = makeSite({ ...other, 'content/site.yaml': `${siteYaml}limits: ${limits}\n` });
  await buildSite(root);
  const before = readFolder(join(root, 'dist'));
  writeFiles(root, { 'content/articles/2025/x.md': text });
  const { ok, diagnostics } = await buildSite(root);
  expect(ok).toBe(false);
  const [stopped, warning, ...more] = diagnostics.map(formatDiagnostic);
  expect(stopped).toContain(
    `content/articles/2025/x.md error source-stopped Broadsheet stopped processing this file`,
  );
  expect(stopped).toContain(expected);
  expect(warning).toContain(attribution);
  expect(more).toEqual([]);
  expect(readFolder(join(root, 'dist'))).toEqual(before);
  // A stop is not remembered as the result of the file.
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
