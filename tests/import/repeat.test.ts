/** Importing again: into the same folder, from a changed source, after edits, after an interruption. */
import { mkdirSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { ImportReport } from '../../src/import/options.ts';
import { contentOf, importFrom, makeArchive } from '../helpers/import.ts';
import { buildSite, readFolder, temporaryFolder, writeFiles } from '../helpers/site.ts';
import { type WordPressItem, wordPressExport } from '../helpers/wordpress.ts';

const archive = fileURLToPath(new URL('archives/wordpress/source', import.meta.url));

const exported = (items: readonly WordPressItem[]) => ({ 'export.xml': wordPressExport(items) });
const path = (id: number) => `content/articles/2024/03/story-${id}.md`;

/** Outcomes that occurred, with their numbers. */
const outcomesOf = ({ outcomes }: ImportReport): Record<string, number> =>
  Object.fromEntries(Object.entries(outcomes).filter(([, count]) => count > 0));

const three: WordPressItem[] = [
  { id: 1, date: '2024-03-01 09:00:00' },
  { id: 2, date: '2024-03-02 09:00:00' },
  { id: 3, date: '2024-03-03 09:00:00' },
];

test('a second import changes nothing', async () => {
  const { root, report } = await importFrom(archive);
  const before = readFolder(root);
  const again = await importFrom(archive, { into: root });
  expect(outcomesOf(again.report)).toEqual({ unchanged: report.outcomes.written });
  expect(again.files).toEqual(contentOf(root));
  const after = readFolder(root);
  for (const name of ['import-report.json', 'import-report.html']) {
    delete before[name];
    delete after[name];
  }
  expect(after).toEqual(before);
  expect(again.report.counts).toEqual(report.counts);
});

test('a changed story is updated, with a new date of its update; others stay', async () => {
  const source = makeArchive(exported(three));
  const { root } = await importFrom(source);
  const changed = [
    three[0]!,
    { ...three[1]!, content: 'A changed text.', modified: '2024-03-05 10:00:00' },
    three[2]!,
  ];
  writeFiles(source, exported([...changed, { id: 4, date: '2024-03-04 09:00:00' }]));
  const { report, files } = await importFrom(source, { into: root });
  expect(outcomesOf(report)).toEqual({ written: 1, updated: 1, unchanged: 2 });
  expect(files[path(2)]).toMatch(/^updated: 2024-03-05T10:00:00-05:00$[\s\S]*\n\nA changed text\.\n$/m);
  expect(files[path(4)]).toContain('The text of story 4.');
});

test('a story with a new slug or date stays in its file', async () => {
  const source = makeArchive(exported(three));
  const { root } = await importFrom(source);
  writeFiles(
    source,
    exported([{ ...three[0]!, name: 'renamed', date: '2024-04-01 09:00:00' }, three[1]!, three[2]!]),
  );
  const { files } = await importFrom(source, { into: root });
  expect(Object.keys(files).filter(name => name.startsWith('content/articles/'))).toEqual([
    path(1),
    path(2),
    path(3),
  ]);
  expect(files[path(1)]).toMatch(/^slug: renamed$/m);
});

test('edited, removed and existing files stay unchanged, and are listed', async () => {
  const source = makeArchive(exported(three));
  const root = temporaryFolder();
  writeFiles(root, { [path(3)]: 'A file of another origin.\n' });
  const first = await importFrom(source, { into: root });
  expect(outcomesOf(first.report)).toEqual({ written: 2, existing: 1 });
  writeFileSync(join(root, path(1)), 'Edited.\n');
  unlinkSync(join(root, path(2)));
  writeFiles(source, exported(three.map(item => ({ ...item, content: 'A changed text.' }))));
  const { report, files } = await importFrom(source, { into: root });
  expect(outcomesOf(report)).toEqual({ edited: 1, removed: 1, existing: 1 });
  expect(files[path(1)]).toBe('Edited.\n');
  expect(files[path(2)]).toBeUndefined();
  expect(files[path(3)]).toBe('A file of another origin.\n');
  expect(report.stories.map(({ path, outcome }) => [path, outcome])).toEqual([
    [path(1), 'edited'],
    [path(2), 'removed'],
    [path(3), 'existing'],
  ]);
});

test('a file that the newsroom renamed is not written again', async () => {
  const source = makeArchive(exported(three));
  const { root } = await importFrom(source);
  renameSync(join(root, path(1)), join(root, 'content/articles/2024/03/new-name.md'));
  const { report, files } = await importFrom(source, { into: root });
  expect(outcomesOf(report)).toEqual({ removed: 1, unchanged: 2 });
  expect(files[path(1)]).toBeUndefined();
});

test('a story that the source no longer has stays', async () => {
  const source = makeArchive(exported(three));
  const { root } = await importFrom(source);
  writeFiles(source, exported(three.slice(1)));
  const { files, report } = await importFrom(source, { into: root });
  expect(outcomesOf(report)).toEqual({ unchanged: 2 });
  expect(files[path(1)]).toContain('The text of story 1.');
});

test('an edited author stays', async () => {
  const { root } = await importFrom(archive);
  writeFileSync(join(root, 'content/authors/desk.md'), '---\nname: Edited\n---\n');
  const { files } = await importFrom(archive, { into: root });
  expect(files['content/authors/desk.md']).toBe('---\nname: Edited\n---\n');
});

test('a new mapping converts again what nobody edited', async () => {
  const source = makeArchive(
    exported([{ id: 1, content: 'Before.\n\n[own-tag title="Words of a tag"]\n\nAfter.' }, three[1]!]),
  );
  const { root } = await importFrom(source);
  writeFiles(root, { 'import.yaml': "tags: {own-tag: '<p>{title}</p>'}\n" });
  const { files } = await importFrom(source, { into: root });
  expect(files[path(1)]).toContain('Words of a tag');
});

describe('--dry-run', () => {
  test('writes nothing, and reports the same', async () => {
    const root = temporaryFolder();
    const comments = join(temporaryFolder(), 'comments.jsonl');
    const dry = await importFrom(archive, { into: root, dryRun: true, comments });
    expect(readFolder(root)).toEqual({});
    expect(readFolder(join(comments, '..'))).toEqual({});
    const real = await importFrom(archive, { into: root });
    expect(dry.report).toEqual(real.report);
  });

  test('writes nothing into a site that exists, nor into its ledger', async () => {
    const source = makeArchive(exported(three));
    const { root } = await importFrom(source);
    const before = readFolder(root);
    writeFiles(source, exported(three.map(item => ({ ...item, content: 'A changed text.' }))));
    const { report } = await importFrom(source, { into: root, dryRun: true });
    expect(outcomesOf(report)).toEqual({ updated: 3 });
    expect(readFolder(root)).toEqual(before);
  });
});

describe('a part of an archive', () => {
  test('--limit takes the newest stories', async () => {
    const { files } = await importFrom(makeArchive(exported(three)), { limit: 2 });
    expect(Object.keys(files).filter(name => name.startsWith('content/articles/'))).toEqual([
      path(2),
      path(3),
    ]);
  });

  test('--since takes what was published or changed since', async () => {
    const items = [{ ...three[0]!, modified: '2024-03-09 09:00:00' }, three[1]!, three[2]!];
    const since = Date.parse('2024-03-03T00:00:00Z');
    const { files } = await importFrom(makeArchive(exported(items)), { since });
    expect(Object.keys(files).filter(name => name.startsWith('content/articles/'))).toEqual([
      path(1),
      path(3),
    ]);
  });

  test('can be imported, and then the rest', async () => {
    const source = makeArchive(exported(three));
    const { root } = await importFrom(source, { limit: 1 });
    const { report, files } = await importFrom(source, { into: root });
    expect(outcomesOf(report)).toEqual({ written: 2, unchanged: 1 });
    expect(files).toEqual((await importFrom(source)).files);
  });

  test('includes all pages', async () => {
    const page: WordPressItem = {
      id: 9,
      type: 'page',
      name: 'about',
      link: 'https://old.example/about/',
      date: '2010-01-01 09:00:00',
    };
    const { files } = await importFrom(makeArchive(exported([...three, page])), { limit: 1 });
    expect(files['content/pages/about.md']).toBeDefined();
  });
});

describe('a site that exists', () => {
  const siteYaml = `# Our own comment
name: The Courier # and another
url: https://courier.example/
lang: en
timeZone: Europe/Berlin
permalink: /:slug/
desks:
  # The desk for the world
  - {id: world, name: World}
  - id: tables
    name: Tables
topics:
  - {id: footnotes, name: Notes}
redirects:
  - {from: /feed/*, to: "https://feeds.example/"}
`;

  test('keeps its settings, desks, redirects and comments, and gets what is new', async () => {
    const root = temporaryFolder();
    writeFiles(root, { 'content/site.yaml': siteYaml });
    const source = makeArchive(
      exported([
        { id: 1, terms: ['category:world=World', 'post_tag:footnotes=Footnotes'] },
        { id: 2, terms: ['category:text=Text', 'post_tag:new=New'] },
      ]),
    );
    const { files } = await importFrom(source, { into: root });
    const site = files['content/site.yaml']!;
    for (const line of siteYaml.split('\n').filter(Boolean)) expect(site).toContain(line.trim());
    expect(site.match(/id: world/g)).toHaveLength(1);
    expect(site.match(/id: footnotes/g)).toHaveLength(1);
    expect(site.match(/from: \/feed\/\*/g)).toHaveLength(1);
    expect(site).toMatch(/id: text-news/);
    expect(site).toMatch(/id: new/);
    expect(site).toMatch(/from: \/category\/world\/\n\s+to: \/world\//);
    expect(files[path(1)]).toMatch(/^desk: world$/m);
    expect(files[path(1)]).toMatch(/^published: 2024-03-05T15:00:00\+01:00$/m);
    const { ok, diagnostics } = await buildSite(root);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(ok).toBe(true);
  });

  test('keeps its stories, also one with the address of an imported one', async () => {
    const root = temporaryFolder();
    const own =
      '---\ntitle: Own\npublished: 2024-03-05T09:00:00+01:00\ndesk: world\nslug: story-1\n---\n\nOwn.\n';
    writeFiles(root, { 'content/site.yaml': siteYaml, 'content/articles/own.md': own });
    const { files } = await importFrom(makeArchive(exported(three)), { into: root });
    expect(files['content/articles/own.md']).toBe(own);
  });

  test('is not touched if its site.yaml has errors', async () => {
    const root = temporaryFolder();
    writeFiles(root, { 'content/site.yaml': 'name: [\n' });
    await expect(importFrom(archive, { into: root })).rejects.toThrow(
      `${join(root, 'content/site.yaml')} has errors. Run 'broadsheet check' and correct them first.`,
    );
    expect(Object.keys(readFolder(root))).toEqual(['content/site.yaml']);
  });
});

describe('the ledger', () => {
  test('may be damaged: files that nobody edited are recognized', async () => {
    const source = makeArchive(exported(three));
    const { root } = await importFrom(source);
    const ledger = join(root, 'import-ledger.jsonl');
    const [first] = readFileSync(ledger, 'utf8').split('\n');
    writeFileSync(ledger, `${first}\n{"id":"2","pa\nnull\n[]\n{"id":"3","path":"content/../../x.md"}\n`);
    const { report } = await importFrom(source, { into: root });
    expect(outcomesOf(report)).toEqual({ unchanged: 3 });
  });

  test('may be missing: edited files stay unchanged', async () => {
    const source = makeArchive(exported(three));
    const { root } = await importFrom(source);
    rmSync(join(root, 'import-ledger.jsonl'));
    writeFileSync(join(root, path(1)), 'Edited.\n');
    const { report, files } = await importFrom(source, { into: root });
    expect(outcomesOf(report)).toEqual({ existing: 1, unchanged: 2 });
    expect(files[path(1)]).toBe('Edited.\n');
  });
});

test('temporary files of an interrupted import are not in the way', async () => {
  const source = makeArchive(exported(three));
  const root = temporaryFolder();
  mkdirSync(join(root, 'content/articles/2024/03'), { recursive: true });
  writeFileSync(join(root, `${path(1)}.123.tmp`), 'half');
  const { report } = await importFrom(source, { into: root });
  expect(outcomesOf(report)).toEqual({ written: 3 });
});
