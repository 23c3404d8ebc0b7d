/** Styles of charts: only in pages that can have charts, with the colours of the site's accent. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { derivePalette } from '../../src/config/palette.ts';
import { buildSite, frontMatter, makeSite, readFolder, siteYaml } from '../helpers/site.ts';

const chart =
  '```chart\ntype: bar\ntitle: Votes\ndata: [{p: North, v: 1}, {p: South, v: 2}]\nx: p\ny: v\n```\n';

test('a story without charts has no styles for them, and one with charts has the colours of the accent', async () => {
  const root = makeSite({
    'content/site.yaml': `${siteYaml}theme: {accent: "#0b5394"}\n`,
    'content/articles/2025/plain.md': `${frontMatter()}\nText.\n`,
    'content/articles/2025/chart.md': `${frontMatter()}\n${chart}`,
  });
  const out = join(root, 'dist');
  expect((await buildSite(root, { out })).diagnostics).toEqual([]);
  const files = readFolder(out);
  const page = (name: string) =>
    Object.entries(files).find(
      ([path]) => path.startsWith('world/') && path.endsWith(`/${name}/index.html`),
    )![1];
  expect(page('plain')).toContain('.callout');
  expect(page('plain')).not.toContain('--chart-1');
  expect(page('plain')).not.toContain('.chart-strip');
  expect(page('chart')).toContain('.chart-strip');
  const { series } = derivePalette('#0b5394', 'light');
  const [second] = page('chart')
    .match(/--chart-2:[^;]*/g)!
    .slice(-1);
  expect(second).toContain(series[1]);
});
