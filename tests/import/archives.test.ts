/**
 * One archive per system: a source in, the files of a site out. Compares the set of files, the texts and the messages
 * of the import and of the build. archives/README.md explains how to update the expected files.
 */
import {
  appendFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { formatDiagnostic } from '../../src/base/diagnostics.ts';
import type { ImportOptions, ImportReport } from '../../src/import/options.ts';
import { type Imported, importFrom } from '../helpers/import.ts';
import { ensureFolderOf, readBytes } from '../helpers/publication.ts';
import { buildSite, readFolder, temporaryFolder } from '../helpers/site.ts';
import { zipOf } from '../helpers/zip.ts';

const folder = fileURLToPath(new URL('archives', import.meta.url));
const update = process.env.UPDATE_EXPECTED === '1';

/** Options of the systems whose archives do not say everything. */
const optionsOf: Readonly<Record<string, Partial<ImportOptions>>> = {
  ghost: { url: 'https://old.example' },
  substack: { url: 'https://old.example' },
};

/** Copies the source of an archive. Folders whose names end in `.docx` or `.zip` become files of this kind. */
function sourceOf(name: string): string {
  const copy = join(temporaryFolder(), name);
  cpSync(join(folder, name, 'source'), copy, { recursive: true });
  const folders = readdirSync(copy, { recursive: true, encoding: 'utf8' })
    .map(path => join(copy, path))
    .filter(path => /\.(?:docx|zip)$/.test(path) && statSync(path).isDirectory());
  for (const path of folders) {
    const zip = zipOf(readBytes(path).map(({ path, bytes }) => ({ name: path, data: bytes })));
    rmSync(path, { recursive: true });
    writeFileSync(path, zip);
  }
  return copy;
}

/** Lines of the report, except numbers of files. */
function reportLines({
  counts,
  drafts,
  tags,
  findings,
  leftOut,
  problems,
  lostUrls,
  missingMedia,
  stories,
}: ImportReport) {
  return [
    ...Object.entries(counts).map(
      ([name, { in: all, kept, changed, lost }]) =>
        `${name}: ${all} in, ${kept} kept, ${changed} changed, ${lost} lost`,
    ),
    ...Object.entries(drafts).map(([state, count]) => `drafts: ${count} ${state}`),
    ...tags.map(({ name, outcome, count }) => `tag ${name}: ${count} ${outcome}`),
    ...findings.map(({ kind, count, example }) => `finding ${kind}: ${count}, ${example}`),
    ...leftOut.map(
      ({ what, count, example, file, line }) =>
        `left out: ${count} ${what}, ${example} (${file}:${line ?? ''})`,
    ),
    ...problems.map(({ file, line, reason }) => `problem ${file}:${line ?? ''} ${reason}`),
    ...lostUrls.map(url => `lost address: ${url}`),
    ...missingMedia.map(url => `missing: ${url}`),
    ...stories.flatMap(({ path, lost, added }) => [
      ...(lost.length > 0 ? [`lost words: ${path} ${lost.join(' ')}`] : []),
      ...(added.length > 0 ? [`added words: ${path} ${added.join(' ')}`] : []),
    ]),
  ];
}

/** Builds an imported site, without cards and search. */
async function messagesOf({ root }: Imported): Promise<{ ok: boolean; messages: string[] }> {
  appendFileSync(join(root, 'content/site.yaml'), 'outputs: {cards: false, search: false}\n');
  const { ok, diagnostics } = await buildSite(root);
  return { ok, messages: diagnostics.map(formatDiagnostic) };
}

async function outputOf(name: string): Promise<{ ok: boolean; files: Record<string, string> }> {
  const mapping = join(folder, name, 'import.yaml');
  const imported = await importFrom(sourceOf(name), {
    ...(existsSync(mapping) && { mapping }),
    ...optionsOf[name],
  });
  const { files, report } = imported;
  const { ok, messages } = await messagesOf(imported);
  const texts = Object.entries(files).filter(([path]) => /\.(?:md|yaml)$/.test(path));
  return {
    ok,
    files: {
      'files.txt': Object.keys(files)
        .map(path => `${path}\n`)
        .join(''),
      'messages.txt': ['# Import', ...reportLines(report), '# Build', ...messages]
        .map(line => `${line}\n`)
        .join(''),
      ...Object.fromEntries(texts),
    },
  };
}

describe.each(readdirSync(folder).filter(name => statSync(join(folder, name)).isDirectory()))('%s', name => {
  const expected = join(folder, name, 'expected');

  test('becomes the expected files, which build without errors', async () => {
    const { ok, files } = await outputOf(name);
    if (update) {
      rmSync(expected, { recursive: true, force: true });
      for (const [path, text] of Object.entries(files)) {
        ensureFolderOf(join(expected, path));
        writeFileSync(join(expected, path), text);
      }
    }
    expect(existsSync(expected), 'UPDATE_EXPECTED=1 makes it').toBe(true);
    expect(files).toEqual(readFolder(expected));
    expect(readFileSync(join(expected, 'messages.txt'), 'utf8')).not.toMatch(
      /^problem .*could not be converted/m,
    );
    expect(ok, files['messages.txt']).toBe(true);
  });
});
