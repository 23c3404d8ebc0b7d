/** Deployments to a folder: what is sent, in which order, and what is refused. */
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderTarget } from '../../src/deploy/folder-target.ts';
import { createStepOf } from '../../src/deploy/order.ts';
import { steps } from '../../src/disk/write-order.ts';
import { story } from '../helpers/publication.ts';
import { testNow } from '../helpers/site.ts';
import { built, deployed, openNewsroom, overwrite, siteFiles, storyFile, watched } from './site.ts';

const page = (name: string): string => `world/2025/03/${name}/index.html`;

test('a deployment copies the site, and the next one sends only what differs', async () => {
  const { deploy, edit, www, out } = await openNewsroom();
  const first = await deploy();
  expect(deployed(www)).toEqual(built(out));
  expect(first.added.size).toBe(Object.keys(built(out)).length);
  expect(await deploy()).toMatchObject({ unchanged: first.added.size, removals: [] });

  await edit({ [storyFile('one')]: story({ title: 'Story one', authors: ['ada'] }, 'A new text.') });
  const second = await deploy();
  const sent = steps.flatMap(step => second.uploads[step].map(({ path }) => path));
  expect(sent).toContain(page('one'));
  expect(sent).not.toContain(page('two'));
  expect(sent.length).toBeLessThan(first.added.size / 2);
  expect(deployed(www)).toEqual(built(out));
});

test('assets come first, then data, pages, lists and feeds, and removals are last', async () => {
  const { deploy, edit, root, www } = await openNewsroom();
  await deploy();
  rmSync(join(root, storyFile('two')));
  await edit({
    [storyFile('four')]: story({ title: 'Story four', authors: ['ada'] }, 'The text of story four.'),
    'templates/styles/site.css': 'p { color: red }',
  });
  const changes: string[] = [];
  await deploy({ target: watched(folderTarget(www), change => changes.push(change)), maxDeletes: 100 });
  const own = changes.filter(change => !change.includes('.broadsheet-deploy'));
  const ranks = own.map(change =>
    change.startsWith('remove ')
      ? steps.length
      : steps.indexOf(createStepOf(new Set(['world', 'politics']))(change.slice(6))),
  );
  expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
  expect(new Set(ranks)).toEqual(new Set([0, 1, 2, 3, 4, 5]));
  // A new page comes before the changed ones, which may lead to it.
  const pages = own.filter(change => change.startsWith('write world/2025'));
  expect(pages.indexOf(`write ${page('four')}`)).toBeLessThan(pages.indexOf(`write ${page('one')}`));
  expect(own).toContain(`remove ${page('two')}`);
});

test('an asset that the site no longer has stays until the next deployment, and does not count as a removal', async () => {
  const { deploy, edit, www, out } = await openNewsroom({
    ...siteFiles,
    'content/site.yaml': `${siteFiles['content/site.yaml']}theme: {styles: file}\n`,
  });
  await deploy();
  const styles = () => readdirSync(join(www, 'assets')).filter(name => /^style\..*css$/.test(name)).length;
  expect(styles()).toBe(1);
  await edit({ 'templates/styles/site.css': 'p { color: red }' });
  expect((await deploy()).retired).toHaveLength(1);
  expect(styles()).toBe(2);
  await deploy({ maxDeletes: 0 });
  expect(styles()).toBe(1);
  expect(deployed(www)).toEqual(built(out));
});

describe('files that someone else changed', () => {
  test('are reported and not overwritten without --force', async () => {
    const { deploy, edit, www, out } = await openNewsroom();
    await deploy();
    overwrite(www, page('one'));
    await edit({ [storyFile('two')]: story({ title: 'Story two', authors: ['ada'] }, 'A new text.') });
    const before = deployed(www);
    await expect(deploy()).rejects.toThrow(
      `${www} has files that Broadsheet did not write: ${page('one')}. Check what changed them. To replace them, add --force.`,
    );
    expect(deployed(www)).toEqual(before);
    await deploy({ force: true });
    expect(deployed(www)).toEqual(built(out));
  });

  test('on the first deployment, too; files that the site does not have stay', async () => {
    const { deploy, www, out } = await openNewsroom();
    writeFileSync(join(www, 'index.html'), 'Welcome to nginx!');
    writeFileSync(join(www, 'verification.html'), 'A file of the owner.');
    await expect(deploy()).rejects.toThrow('did not write: index.html.');
    expect(Object.keys(deployed(www))).toEqual(['index.html', 'verification.html']);
    expect(await deploy({ force: true })).toMatchObject({ foreign: 1, removals: [] });
    expect(deployed(www)).toEqual({ ...built(out), 'verification.html': 'A file of the owner.' });
  });
});

describe('many removals', () => {
  test('are refused before anything is written, and allowed with --max-deletes', async () => {
    const { deploy, build, root, www, out } = await openNewsroom();
    await deploy();
    rmSync(join(root, storyFile('two')));
    rmSync(join(root, storyFile('three')));
    await build();
    const before = deployed(www);
    await expect(deploy()).rejects.toThrow(
      /^The deployment would remove 8 files from .*, more than \d: .* and 5 more\. If that is right, add --max-deletes 8\.$/,
    );
    expect(deployed(www)).toEqual(before);
    await deploy({ maxDeletes: 8 });
    expect(deployed(www)).toEqual(built(out));
  });

  test('of expired stories do not count', async () => {
    const expires = new Date(testNow + 60_000).toISOString();
    const { deploy, build, www, out } = await openNewsroom({
      ...siteFiles,
      [storyFile('two')]: story({ title: 'Story two', expires }, 'Text.'),
      [storyFile('three')]: story({ title: 'Story three', expires }, 'Text.'),
    });
    await deploy();
    await build(testNow + 120_000);
    await expect(deploy({ maxDeletes: 0 })).rejects.toThrow('more than 0');
    await deploy({ maxDeletes: 0, expired: ['world/2025/03/two', 'world/2025/03/three'] });
    expect(deployed(www)).toEqual(built(out));
  });
});

test('--dry-run plans everything, and writes nothing', async () => {
  const { deploy, www } = await openNewsroom();
  expect((await deploy({ dryRun: true })).added.size).toBeGreaterThan(20);
  expect(readdirSync(www)).toEqual([]);
});

test('--rollback restores the previous site, and then the newer one again', async () => {
  const { deploy, edit, www, out } = await openNewsroom();
  await deploy();
  await expect(deploy({ rollback: true })).rejects.toThrow('needs two deployments');
  const before = built(out);
  await edit({ [storyFile('four')]: story({ title: 'Story four' }, 'Text.') });
  await deploy();
  // A deployment that changes nothing leaves the history as it is.
  await deploy();
  await deploy({ rollback: true, maxDeletes: 100 });
  expect(deployed(www)).toEqual(before);
  await deploy({ rollback: true });
  expect(deployed(www)).toEqual(built(out));
});

describe('two deployments at once', () => {
  const lock = (www: string, holder: object) =>
    writeFileSync(join(www, '.broadsheet-deploy.lock'), JSON.stringify({ id: 'x', ...holder }));

  test('the second is refused while the first runs', async () => {
    const { deploy, www } = await openNewsroom();
    lock(www, { host: hostname(), pid: process.pid, beat: Date.now() });
    await expect(deploy()).rejects.toThrow(
      `is running (process ${process.pid} on ${hostname()}). Wait until it ends.`,
    );
    lock(www, { host: 'another.example', pid: 1, beat: Date.now() });
    await expect(deploy()).rejects.toThrow('is running (process 1 on another.example)');
  });

  test.each([
    ['whose process has ended', { host: hostname(), pid: 2 ** 22 + 1, beat: Date.now() }],
    ['of another machine that is silent', { host: 'another.example', pid: 1, beat: Date.now() - 200_000 }],
    ['that cannot be read', { host: 1 }],
  ])('takes over a lock %s', async (_, holder) => {
    const { deploy, www, out } = await openNewsroom();
    lock(www, holder);
    await deploy();
    expect(deployed(www)).toEqual(built(out));
  });
});

test('an interrupted deployment is completed by the next one', async () => {
  const { deploy, edit, www, out } = await openNewsroom();
  await deploy();
  await edit({ 'content/authors/ada.md': '---\nname: Ada Renamed\n---\n\nText.\n' });
  for (const stop of [1, 3, 7, 12]) {
    let count = 0;
    const failing = watched(folderTarget(www), change => {
      if (!change.includes('.broadsheet-deploy') && ++count === stop) throw new Error('The network is gone.');
    });
    await expect(deploy({ target: failing })).rejects.toThrow('The network is gone.');
  }
  await deploy();
  expect(deployed(www)).toEqual(built(out));
});

test('a folder that does not exist, and a site that is not built, are reported', async () => {
  const { deploy, www, out } = await openNewsroom();
  await expect(deploy({ target: folderTarget(join(www, 'absent')) })).rejects.toThrow(
    `The folder ${join(www, 'absent')} does not exist. Create it, or correct the path after --to.`,
  );
  rmSync(out, { recursive: true });
  await expect(deploy()).rejects.toThrow(`There is no built site in ${out}. Run 'broadsheet build' first.`);
});
