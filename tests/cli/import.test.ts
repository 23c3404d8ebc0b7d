/** Output and exit status of `broadsheet import`. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from '../helpers/cli.ts';
import { makeArchive } from '../helpers/import.ts';
import { temporaryFolder } from '../helpers/site.ts';
import { type WordPressItem, wordPressExport } from '../helpers/wordpress.ts';

const archiveOf = (items: readonly WordPressItem[]) =>
  join(makeArchive({ 'export.xml': wordPressExport(items) }), 'export.xml');

const small = () =>
  archiveOf([
    { id: 1, terms: ['category:text=Text'] },
    { id: 2, status: 'draft' },
    { id: 3, content: '[own-tag title="Words of a tag"]' },
    { id: 4, type: 'event', title: 'An event' },
  ]);

describe('import', () => {
  test('prints what was imported, what was not, and the next command', () => {
    const root = temporaryFolder();
    const { status, stdout, stderr } = run(root, 'import', small());
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Imported from WordPress export in [\d.]+ s:$/m);
    expect(stdout).toMatch(/^ +3 {2}new$/m);
    expect(stdout).toMatch(/^ {2}Drafts, because they were not public: 1 draft$/m);
    expect(stdout).toMatch(/^ {2}stories +3 +3 +0 +0$/m);
    expect(stdout).toMatch(/^The report is in import-report\.html\. Next, run 'npx broadsheet dev'\.$/m);
    expect(stderr).toContain(
      `Unknown template tag 'own-tag' (1): [own-tag title="Words of a tag"]. Say in import.yaml what it becomes, for example 'tags: {own-tag: remove}'.`,
    );
    expect(stderr).toContain('Not imported: 1 of type event, for example “An event”.');
    expect(readdirSync(root).sort()).toEqual([
      'content',
      'import-ledger.jsonl',
      'import-report.html',
      'import-report.json',
    ]);
  });

  test('--into names another folder, which the next command names, too', () => {
    const root = temporaryFolder();
    const { stdout } = run(root, 'import', small(), '--into', 'trial');
    expect(stdout).toContain("Next, run 'npx broadsheet dev --root trial'.");
    expect(readdirSync(root)).toEqual(['trial']);
  });

  test('--dry-run says so, and writes nothing', () => {
    const root = temporaryFolder();
    const { status, stdout } = run(root, 'import', small(), '--dry-run');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Would import from WordPress export/m);
    expect(readdirSync(root)).toEqual([]);
  });

  test('--json prints the report, and --quiet only problems', () => {
    const json = run(temporaryFolder(), 'import', small(), '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ reader: 'WordPress export', outcomes: { written: 3 } });
    const quiet = run(temporaryFolder(), 'import', archiveOf([{ id: 1 }]), '--quiet');
    expect(quiet).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test('ends with status 1 if nothing can be imported, before it writes anything', () => {
    const root = temporaryFolder();
    writeFileSync(join(root, 'old.json'), '{"redirects": [');
    for (const [args, message] of [
      [['none.xml'], /none\.xml does not exist\. Correct the path\.$/],
      [
        ['.', '--from', 'joomla'],
        /Unknown reader 'joomla'\. Correct --from, or use one of these: .*\bwordpress\b/,
      ],
      [
        [small(), '--mapping', 'none.yaml'],
        /none\.yaml does not exist\. Correct the path after --mapping\.$/,
      ],
      [[small(), '--uploads', 'none'], /none is not a folder\. Correct the path after --uploads\.$/],
      [
        [small(), '--redirects', 'none.csv'],
        /none\.csv is not a file\. Correct the path after --redirects\.$/,
      ],
      [[small(), '--redirects', 'old.json'], /old\.json cannot be read: .*\. Export the redirects again\.$/],
    ] as const) {
      const { status, stdout, stderr } = run(root, 'import', ...args);
      expect({ status, stdout }, stderr).toEqual({ status: 1, stdout: '' });
      expect(stderr.trim()).toMatch(message);
      expect(stderr).not.toMatch(/\n\s+at /);
    }
    expect(readdirSync(root)).toEqual(['old.json']);
  });
});
