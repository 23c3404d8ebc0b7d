/**
 * Whole sites: a folder in, a folder out. Compares the set of files, then their bytes. sites/README.md explains
 * how to update the expected files.
 */
import { appendFileSync, cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { formatDiagnostic } from '../../src/base/diagnostics.ts';
import { ensureFolderOf } from '../helpers/publication.ts';
import { buildSite, readFolder, temporaryFolder } from '../helpers/site.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const update = process.env.UPDATE_EXPECTED === '1';

/** Clock of each site, and the files whose bytes are compared. */
const sites = {
  /** Feeds, sitemaps, host files, and a story with its redirect, on a site with a base path. */
  data: {
    now: '2025-03-07T12:00:00Z',
    bytes:
      /^((feed|atom|sitemap|news-sitemap)\.xml|feed\.json|he\/feed\.xml|robots\.txt|_redirects|_headers|\.nojekyll|world\/2025\/03\/talks\/.*|2025\/talks\/index\.html)$/,
  },
  /** Pages of lists, authors, corrections and former addresses. */
  lists: { now: '2025-06-01T12:00:00Z', bytes: /\.html$/ },
};

/** Builds a copy of the folder, because a build writes a cache into it. */
async function buildFixture(name: keyof typeof sites, siteLines = ''): Promise<Record<string, string>> {
  const root = temporaryFolder();
  cpSync(join(folder, name), root, { recursive: true });
  appendFileSync(join(root, 'content/site.yaml'), siteLines);
  const { ok, diagnostics } = await buildSite(root, {
    packageRoot: join(folder, 'theme'),
    now: Date.parse(sites[name].now),
  });
  expect(ok, diagnostics.map(formatDiagnostic).join('\n')).toBe(true);
  return readFolder(join(root, 'dist'));
}

const namesOf = (files: Record<string, string>): string =>
  Object.keys(files)
    .map(path => `${path}\n`)
    .join('');

describe.each(Object.entries(sites))('%s', (site, { bytes }) => {
  const name = site as keyof typeof sites;
  const expected = join(folder, name, 'expected');

  test.runIf(update)('is updated from the current output', async () => {
    const files = await buildFixture(name);
    rmSync(expected, { recursive: true, force: true });
    for (const [path, text] of [
      ['files.txt', namesOf(files)],
      ...Object.entries(files).filter(([path]) => bytes.test(path)),
    ] as const) {
      ensureFolderOf(join(expected, path));
      writeFileSync(join(expected, path), text);
    }
  });

  test('has the expected files', async () => {
    expect(existsSync(expected), 'UPDATE_EXPECTED=1 makes it').toBe(true);
    expect(namesOf(await buildFixture(name))).toBe(readFileSync(join(expected, 'files.txt'), 'utf8'));
  });

  test('has the expected bytes', async () => {
    const files = await buildFixture(name);
    const compared = Object.fromEntries(Object.entries(files).filter(([path]) => bytes.test(path)));
    const { 'files.txt': _, ...wanted } = readFolder(expected);
    expect(Object.keys(compared).length).toBeGreaterThan(8);
    expect(compared).toEqual(wanted);
  });

  test('is the same in another folder, built twice', async () => {
    expect(await buildFixture(name)).toEqual(await buildFixture(name));
  });

  test.each(['remark', 'satteri'])('has the same bytes with the parser %s', async parser => {
    expect(await buildFixture(name, `parser: ${parser}\n`)).toEqual(await buildFixture(name));
  });
});
