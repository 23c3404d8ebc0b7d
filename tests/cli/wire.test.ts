/** `broadsheet wire` as a user runs it. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { begin, run } from '../helpers/cli.ts';
import { makeSite, temporaryFolder, writeFiles } from '../helpers/site.ts';
import { newsItem, ninjs } from '../helpers/wire.ts';

const story = 'content/articles/wire/agency-x/2026-03-01-council-approves-the-budget.md';
const kill = ninjs(
  { version: 2, created: '2026-03-01T10:00:00Z' },
  { pubStatus: 'canceled', edNote: 'Names are wrong.' },
);

function makeWire(files: Record<string, string> = { 'a.xml': newsItem() }) {
  const [root, folder] = [makeSite({}), temporaryFolder()];
  writeFiles(folder, files);
  return { root, folder };
}

test('prints the stories, counts and unknown subjects', () => {
  const { root, folder } = makeWire({
    'a.xml': newsItem({ content: '<subject qcode="medtop:20000538"><name>leisure</name></subject>' }),
  });
  expect(run(root, 'wire', folder)).toEqual({
    status: 0,
    stderr: '',
    stdout: `${story}: Council approves the budget
      1  new drafts
Subjects without a desk or a topic: medtop:20000538 leisure (1). Map them with 'wire' in site.yaml.
`,
  });
  expect(run(root, 'wire', folder)).toEqual({ status: 0, stderr: '', stdout: 'Nothing new.\n' });
});

test('prints a withdrawal of a published story first, and fails', () => {
  const { root, folder } = makeWire();
  run(root, 'wire', folder);
  const path = join(root, story);
  writeFileSync(path, readFileSync(path, 'utf8').replace('draft: true\n', ''));
  writeFiles(folder, { 'b.json': ninjs({ guid: 'urn:b', title: 'Another' }), 'k.json': kill });
  const { status, stderr } = run(root, 'wire', folder, '--quiet');
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: `WITHDRAWN by Agency X: “Council approves the budget”. Reason: Names are wrong. Now a draft: ${story} (was published). Run 'broadsheet build' and deploy now, because it stays online until then.\n`,
  });
});

test('prints JSON', () => {
  const { root, folder } = makeWire();
  const { stdout } = run(root, 'wire', folder, '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    findings: [],
    outcomes: { new: 1 },
    written: [{ path: story }],
  });
});

test('publishes what --publish-from names', () => {
  const { root, folder } = makeWire();
  const { stdout } = run(root, 'wire', folder, '--publish-from', 'other, agency x');
  expect(stdout).toContain('1  published without an editor');
  expect(readFileSync(join(root, story), 'utf8')).not.toContain('draft:');
});

test.each([
  [['wire'], 2, "'wire' needs an argument. Write broadsheet wire FOLDER."],
  [['wire', 'absent'], 1, 'does not exist. Correct the path.'],
])('refuses %s', (args, status, text) => {
  const result = run(makeSite({}), ...args);
  expect(result.status).toBe(status);
  expect(result.stderr).toContain(text);
});

test('--watch reads what arrives, also if it arrives in parts', async () => {
  const { root, folder } = makeWire();
  const { child, ended } = begin(root, ['wire', folder, '--watch']);
  const waits = { timeout: 15_000, interval: 50 };
  const path = join(root, story);
  await vi.waitFor(() => expect(existsSync(path)).toBe(true), waits);

  // In parts, and under another name at first, as FTP servers do.
  const second = newsItem({ version: 2, created: '2026-03-01T09:30:00Z', text: '<p>The second text.</p>' });
  writeFileSync(join(folder, 'b.xml'), second.slice(0, 500));
  await new Promise(resolve => setTimeout(resolve, 300));
  writeFileSync(join(folder, 'b.xml'), second);
  await vi.waitFor(() => expect(readFileSync(path, 'utf8')).toContain('The second text.'), waits);

  expect(run(root, 'wire', folder).stderr).toContain('Another Broadsheet');

  writeFileSync(join(folder, '.k.json.tmp'), ninjs({ version: 3 }, { pubStatus: 'canceled' }));
  renameSync(join(folder, '.k.json.tmp'), join(folder, 'k.json'));
  await vi.waitFor(() => expect(existsSync(path)).toBe(false), waits);

  child.kill('SIGTERM');
  const { status, stdout, stderr } = await ended;
  expect(status).toBe(0);
  expect(stdout).toContain(`Watching ${folder} (press Ctrl+C to stop)`);
  expect(stderr).toBe(
    `WITHDRAWN by Agency X: “Council approves the budget”. Reason: Status canceled. Removed: ${story}.\n`,
  );
});
