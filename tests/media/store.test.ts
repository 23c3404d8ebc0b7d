/** Encoded pictures: how many there are, that each is encoded once, and who may share them. */
import {
  appendFileSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  buildSite,
  frontMatter,
  makeSite,
  readFolder,
  siteYaml,
  temporaryFolder,
  writeFiles,
} from '../helpers/site.ts';
import { makePhoto } from './photos.ts';

const photo = await makePhoto({ width: 2000, height: 1000 });
const other = await makePhoto({ width: 1500, height: 1000, orientation: 6 });
const at = (name: string) => `content/articles/2025/${name}`;
const picture = (name: string, credit = 'Jane Doe') => `![A view](${name} "Photo: ${credit}")\n\n`;

/** Paths of all files in a folder, relative to it. */
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => statSync(join(folder, name)).isFile())
    .sort();

const published = (root: string) => filesIn(join(root, 'dist/assets/pictures'));
const stored = (root: string) => filesIn(join(root, '.cache/pictures'));
/** Modification times of the files in a store, which show whether a file was encoded again. */
const timesIn = (folder: string) => filesIn(folder).map(name => [name, statSync(join(folder, name)).mtimeMs]);

test('a leading photo also has crops for previews and lists', async () => {
  const root = makeSite({
    [at('x.md')]: `${frontMatter()}${picture('lead.jpg')}Text.\n\n${picture('other.jpg')}`,
    [at('lead.jpg')]: photo,
    [at('other.jpg')]: other,
  });
  expect((await buildSite(root)).ok).toBe(true);
  const names = published(root).map(path => path.split('/')[1]);
  expect(names.sort()).toEqual(
    ['640.avif', '1200.avif', '1200.jpg', '1500.avif']
      .concat(['16x9.jpg', '1x1.jpg', '640.avif', '1200.avif', '1200.jpg', '1920.avif'])
      // The story leads the front page, so its picture also has large crops.
      .concat(['1x1-208.avif', '1x1-320.avif', '3x2-320.avif', '3x2-480.avif', '3x2-720.avif'])
      .concat(['3x2-1080.avif', '3x2-1440.avif'])
      .sort(),
  );
});

test('a photo with two credits is encoded once, and each file has its own credit', async () => {
  const root = makeSite({
    [at('x.md')]: `${frontMatter()}${picture('a.jpg')}`,
    [at('y.md')]: `${frontMatter()}${picture('a.jpg', 'J. Doe/Agency')}`,
    [at('a.jpg')]: photo,
  });
  await buildSite(root);
  expect(new Set(stored(root).map(path => path.split('/')[0])).size).toBe(1);
  const files = readFolder(join(root, 'dist/assets/pictures'));
  const creditsOf = (name: string) =>
    Object.entries(files)
      .filter(([path]) => path.endsWith(name))
      .map(([, text]) => /<photoshop:Credit>([^<]*)</.exec(text)?.[1])
      .sort();
  for (const name of ['/640.avif', '/1200.jpg', '/16x9.jpg'])
    expect([name, creditsOf(name)]).toEqual([name, ['J. Doe/Agency', 'Jane Doe']]);
});

test('settings choose formats, widths and quality, and old stories have few files', async () => {
  const build = async (pictures: string) => {
    const root = makeSite({
      'content/site.yaml': `${siteYaml}pictures: ${pictures}\n`,
      [at('x.md')]: `${frontMatter()}${picture('a.jpg')}`,
      [at('a.jpg')]: photo,
    });
    expect((await buildSite(root)).ok).toBe(true);
    const files = Object.fromEntries(
      published(root).map(path => [
        path.split('/')[1],
        statSync(join(root, 'dist/assets/pictures', path)).size,
      ]),
    );
    return files;
  };
  const usual = await build('balanced');
  expect(Object.keys(await build('{formats: [webp], widths: [300, 700], plainWidth: 500}'))).toEqual([
    '16x9.jpg',
    '1x1-208.webp',
    '1x1-320.webp',
    '1x1.jpg',
    '3x2-320.webp',
    '3x2-480.webp',
    '3x2-525.webp',
    '500.jpg',
    '700.webp',
  ]);
  expect((await build('{quality: {avif: 20}}'))['1200.avif']).toBeLessThan(usual['1200.avif']! * 0.7);
  expect(Object.keys(await build('{archive: {olderThan: 1 month, widths: [960]}}'))).toEqual([
    '1x1-208.avif',
    '3x2-480.avif',
    '960.avif',
    '960.jpg',
  ]);
  expect(Object.keys(await build('{archive: {olderThan: 9y, widths: [960]}}'))).toContain('1920.avif');
});

test('a story becomes old without an edit', async () => {
  const files = {
    'content/site.yaml': `${siteYaml}pictures: {archive: {olderThan: 2 months, widths: [960]}}\n`,
    [at('x.md')]: `${frontMatter()}${picture('a.jpg')}`,
    [at('a.jpg')]: photo,
  };
  const root = makeSite(files);
  const published = Date.parse(/^published: (.*)$/m.exec(frontMatter())![1]!);
  const old = new Date(published);
  old.setUTCMonth(old.getUTCMonth() + 2);
  await buildSite(root, { now: old.getTime() - 1 });
  expect(filesIn(join(root, 'dist/assets/pictures'))).toHaveLength(13);
  await buildSite(root, { now: old.getTime() });
  expect(filesIn(join(root, 'dist/assets/pictures'))).toHaveLength(4);
  const clean = makeSite(files);
  await buildSite(clean, { now: old.getTime() });
  expect(readFolder(join(root, 'dist'))).toEqual(readFolder(join(clean, 'dist')));
});

test('builds share a store, which keeps what others use and ignores damaged files', async () => {
  const pictureStore = temporaryFolder();
  const one = makeSite({ [at('x.md')]: `${frontMatter()}${picture('a.jpg')}`, [at('a.jpg')]: photo });
  const two = makeSite({
    [at('x.md')]: `${frontMatter()}${picture('a.jpg')}${picture('b.jpg')}`,
    [at('a.jpg')]: photo,
    [at('b.jpg')]: other,
  });
  await Promise.all([buildSite(one, { pictureStore }), buildSite(two, { pictureStore })]);
  const before = timesIn(pictureStore);
  expect(before).toHaveLength(17);
  // A site without pictures, and one whose cache is new.
  writeFiles(one, { [at('x.md')]: `${frontMatter()}Text.\n` });
  await buildSite(one, { pictureStore });
  rmSync(join(two, '.cache'), { recursive: true });
  const expected = readFolder(join(two, 'dist'));
  await buildSite(two, { pictureStore });
  expect(timesIn(pictureStore)).toEqual(before);

  const [damaged, cut] = filesIn(pictureStore).map(name => join(pictureStore, name));
  const bytes = readFileSync(damaged!);
  bytes[bytes.length - 5]! ^= 1;
  writeFileSync(damaged!, bytes);
  truncateSync(cut!, 100);
  appendFileSync(join(two, at('x.md')), 'Another word.\n');
  rmSync(join(two, 'dist'), { recursive: true });
  expect((await buildSite(two, { pictureStore })).ok).toBe(true);
  const pictures = (files: Record<string, string>) =>
    Object.fromEntries(Object.entries(files).filter(([path]) => path.startsWith('assets/pictures/')));
  expect(pictures(readFolder(join(two, 'dist')))).toEqual(pictures(expected));
});

test('shards encode the pictures of their stories, and the merging build encodes none', async () => {
  const stories = Object.fromEntries(
    [...'abcdef'].map(name => [at(`${name}.md`), `${frontMatter()}${picture(`${name}.jpg`)}`]),
  );
  const photos = Object.fromEntries(
    await Promise.all(
      [...'abcdef'].map(async (name, index) => [
        at(`${name}.jpg`),
        await makePhoto({ width: 60 + index, height: 40 }),
      ]),
    ),
  );
  const root = makeSite({ ...stories, ...photos });
  for (const part of [1, 2]) expect((await buildSite(root, { shard: { part, of: 2 } })).ok).toBe(true);
  const store = join(root, '.cache/pictures');
  const before = timesIn(store);
  expect(new Set(before.map(([path]) => String(path).split('/')[0])).size).toBe(6);
  expect((await buildSite(root, { merge: true })).ok).toBe(true);
  expect(timesIn(store)).toEqual(before);
  const clean = makeSite({ ...stories, ...photos });
  await buildSite(clean);
  expect(readFolder(join(root, 'dist'))).toEqual(readFolder(join(clean, 'dist')));
});

test('pictures that a build leaves to others are published by the next one that does not', async () => {
  const files = { [at('x.md')]: `${frontMatter()}${picture('a.jpg')}`, [at('a.jpg')]: photo };
  const root = makeSite(files);
  const left: string[] = [];
  const leave = {
    deferPicture: ({ recipe }: { recipe: { source: string } }) => void left.push(recipe.source),
  };
  expect((await buildSite(root, leave)).ok).toBe(true);
  expect(left).toEqual([at('a.jpg')]);
  expect(filesIn(join(root, 'dist')).filter(path => path.startsWith('assets/pictures'))).toEqual([]);
  expect((await buildSite(root)).ok).toBe(true);
  const clean = makeSite(files);
  await buildSite(clean);
  expect(readFolder(join(root, 'dist'))).toEqual(readFolder(join(clean, 'dist')));
});
