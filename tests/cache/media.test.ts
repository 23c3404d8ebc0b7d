/** The media cache: no picture is encoded twice, and files that are no longer used are removed. */
import { readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { BuildOptions } from '../../src/build/options.ts';
import { buildSite, frontMatter, makeSite, readFolder, writeFiles } from '../helpers/site.ts';
import { makePhoto } from '../media/photos.ts';

const article = (...names: string[]) =>
  `${frontMatter()}Text.\n${names.map(name => `\n![A view](${name} "Photo: Jane Doe")\n`).join('')}`;
const red = await makePhoto({ width: 60, height: 40 });
const other = await makePhoto({ width: 50, height: 40 });

const path = 'content/articles/2025/x.md';
const at = (name: string) => `content/articles/2025/${name}`;

/** Modification time and inode of each file in a folder: both change if the file is generated again. */
function written(root: string, folder: string): Record<string, string> {
  return Object.fromEntries(
    Object.keys(readFolder(join(root, folder))).map(name => {
      const { mtimeMs, ino } = statSync(join(root, folder, name));
      return [name, `${mtimeMs} ${ino}`];
    }),
  );
}

async function buildAnd(root: string, options: Partial<BuildOptions> = {}) {
  const { ok, rendered } = await buildSite(root, options);
  expect(ok).toBe(true);
  return { rendered, made: written(root, '.cache/pictures'), site: readFolder(join(root, 'dist')) };
}

test('a second build encodes nothing, even without dist/, and the bytes are the same', async () => {
  const root = makeSite({ [path]: article('a.jpg'), [at('a.jpg')]: red });
  const first = await buildAnd(root);
  expect(Object.keys(first.made)).toHaveLength(6);
  const second = await buildAnd(root);
  expect(second.rendered).toBe(0);
  expect(second.made).toEqual(first.made);
  rmSync(join(root, 'dist'), { recursive: true });
  const third = await buildAnd(root);
  expect(third.made).toEqual(first.made);
  expect(third.site).toEqual(first.site);
});

test('the same bytes are encoded to the same bytes', async () => {
  const files = {
    [path]: article('a.jpg', 'b.png'),
    [at('a.jpg')]: red,
    [at('b.png')]: await makePhoto({ format: 'png' }),
  };
  const [one, two] = [await buildAnd(makeSite(files)), await buildAnd(makeSite(files))];
  expect(two.site).toEqual(one.site);
});

test('a picture that is touched, renamed or used twice is not encoded again', async () => {
  const root = makeSite({ [path]: article('a.jpg'), [at('a.jpg')]: red });
  const first = await buildAnd(root);
  utimesSync(join(root, at('a.jpg')), 1, 1);
  expect((await buildAnd(root)).made).toEqual(first.made);
  renameSync(join(root, at('a.jpg')), join(root, at('b.jpg')));
  writeFiles(root, { [path]: article('b.jpg') });
  expect((await buildAnd(root)).made).toEqual(first.made);
  writeFiles(root, { [path]: article('b.jpg', 'c.jpg'), [at('c.jpg')]: red });
  expect((await buildAnd(root)).made).toEqual(first.made);
});

test('removed pictures leave the cache and dist/, and changed pictures are encoded again', async () => {
  const root = makeSite({ [path]: article('a.jpg', 'b.jpg'), [at('a.jpg')]: red, [at('b.jpg')]: other });
  const folders = () =>
    ['.cache/pictures', 'dist/assets/pictures'].map(folder => readdirSync(join(root, folder)).length);
  await buildAnd(root);
  expect(folders()).toEqual([2, 2]);
  writeFiles(root, { [path]: article('a.jpg') });
  await buildAnd(root);
  expect(folders()).toEqual([1, 1]);
  const [before] = readdirSync(join(root, 'dist/assets/pictures'));
  writeFiles(root, { [at('a.jpg')]: other });
  await buildAnd(root);
  expect(folders()).toEqual([1, 1]);
  expect(readdirSync(join(root, 'dist/assets/pictures'))).not.toEqual([before]);
  writeFiles(root, { [path]: article() });
  const { site } = await buildAnd(root);
  expect(readdirSync(join(root, '.cache/pictures'))).toEqual([]);
  expect(Object.keys(site).filter(name => name.startsWith('assets/pictures'))).toEqual([]);
});

test('a changed file in the cache is not published', async () => {
  const root = makeSite({ [path]: article('a.jpg'), [at('a.jpg')]: red });
  const first = await buildAnd(root);
  for (const name of Object.keys(first.made)) {
    const file = join(root, '.cache/pictures', name);
    writeFileSync(file, `${readFileSync(file, 'latin1').slice(0, -1)}x`, 'latin1');
  }
  rmSync(join(root, 'dist'), { recursive: true });
  expect((await buildAnd(root)).site).toEqual(first.site);
});

test('pictures of drafts stay in the cache between builds with and without drafts, and are not in dist/', async () => {
  const root = makeSite({
    [path]: article('a.jpg')
      .replace('---\n\n', '---\n')
      .replace('desk: world\n', 'desk: world\ndraft: true\n'),
    [at('a.jpg')]: red,
  });
  const first = await buildAnd(root, { drafts: true });
  expect(Object.keys(first.made)).toHaveLength(6);
  const second = await buildAnd(root);
  expect(second.made).toEqual(first.made);
  expect(Object.keys(second.site).filter(name => name.startsWith('assets/pictures'))).toEqual([]);
});

test('a link to a picture leads to a published version, never to the original file with its metadata', async () => {
  const root = makeSite({
    [path]: `${frontMatter()}[The photograph](a.jpg), [data](a.csv), [![It](a.jpg)](a.jpg).\n`,
    [at('a.jpg')]: await makePhoto({ width: 60, height: 40, exif: true }),
    [at('a.csv')]: 'a,b\n',
  });
  const { site } = await buildAnd(root);
  const page = site['world/2025/03/x/index.html']!;
  expect(page).toMatch(/<a href="\/assets\/pictures\/[\da-f]+\/60\.jpg">The photograph<\/a>/);
  expect(page).toContain('href="/world/2025/03/x/a.csv"');
  expect(Object.keys(site).filter(name => /a\.jpg/.test(name))).toEqual([]);
  expect(Object.values(site).some(text => text.includes('SERIAL-4711'))).toBe(false);
});
