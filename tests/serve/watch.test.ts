/**
 * `dev` while its site's files change in every way that editors, Git and people change them.
 */
import { cpSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { dev, start } from '../helpers/cli.ts';
import { runsOf, seed } from '../helpers/random.ts';
import {
  buildSite,
  frontMatter,
  makeSite,
  readFolder,
  temporaryFolder,
  writeFiles,
} from '../helpers/site.ts';

const now = '2025-06-01T12:00Z';
const steps = runsOf({ short: 8, long: 24, deep: 1000 });

const story = (words: string) => `${frontMatter()}\n${words}\n`;
const files = {
  ...Object.fromEntries(
    Array.from({ length: 6 }, (_, index) => [
      `content/articles/2025/s${index}.md`,
      story('First words.').replace('A headline', `Headline ${index}`),
    ]),
  ),
  'content/articles/2024/deep/er/old.md': story('Old words.'),
  'content/pages/about.md': '---\ntitle: About\n---\n\nText.\n',
  'public/a.txt': 'a',
  'public/docs/b.txt': 'b',
  'public/docs/more/c.txt': 'c',
  'templates/styles/quote.css': '.quote { color: red; }\n',
};

/** Builds a clean copy of the site, as `dev` builds it. */
async function cleanBuild(root: string): Promise<Record<string, string>> {
  const copy = temporaryFolder();
  for (const folder of ['content', 'templates', 'public'])
    cpSync(join(root, folder), join(copy, folder), { recursive: true, force: true });
  const { ok, diagnostics } = await buildSite(copy, { drafts: true, linkStyles: true, now: Date.parse(now) });
  expect(ok, JSON.stringify(diagnostics)).toBe(true);
  const site = readFolder(join(copy, 'dist'));
  rmSync(copy, { recursive: true });
  return site;
}

/** Waits until `dev` has built what a clean build produces. */
async function expectSame(root: string, context: string): Promise<void> {
  const clean = await cleanBuild(root);
  await vi.waitFor(
    () => {
      const built = readFolder(join(root, '.cache/dev'));
      const names = new Set([...Object.keys(clean), ...Object.keys(built)]);
      expect(
        [...names].filter(name => built[name] !== clean[name]),
        context,
      ).toEqual([]);
    },
    { timeout: 10_000, interval: 20 },
  );
}

const folders = [
  'public',
  'public/docs',
  'public/docs/more',
  'content',
  'content/articles',
  'content/articles/2025',
  'content/articles/2024',
  'content/pages',
  'templates',
  'templates/styles',
];

const folder = fc.constantFrom(...folders);
const words = fc.stringMatching(/^[a-z]{1,8}( [a-z]{1,8}){0,3}$/);
const file = fc.constantFrom(...Object.keys(files).filter(path => path.startsWith('content/articles')));
const publicFile = fc
  .tuple(fc.constantFrom('', 'docs/', 'docs/more/', 'new/', 'new/folder/'), fc.integer({ min: 0, max: 3 }))
  .map(([name, number]) => `public/${name}n${number}.txt`);

type Change = (root: string) => void | Promise<void>;
const described = (name: string, change: Change) => ({ name, change });
const pause = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds));

/** Removes a folder and restores it, then adds a file that is only seen if the folder is still watched. */
const restore = (path: string, text: string, restoreFrom: (kept: string, path: string) => void): Change => {
  return root => {
    const kept = join(temporaryFolder(), 'kept');
    cpSync(join(root, path), kept, { recursive: true });
    rmSync(join(root, path), { recursive: true });
    restoreFrom(kept, join(root, path));
    writeFiles(root, { [`${path.split('/')[0] === 'public' ? path : 'public/docs'}/after.txt`]: text });
  };
};

const change = fc.oneof(
  fc
    .tuple(file, words)
    .map(([path, text]) => described(`edit ${path}`, root => writeFiles(root, { [path]: story(text) }))),
  fc.tuple(file, words, fc.integer({ min: 0, max: 60 })).map(([path, text, wait]) =>
    described(`empty ${path}, write it after ${wait} ms`, async root => {
      writeFiles(root, { [path]: '' });
      await pause(wait);
      writeFiles(root, { [path]: story(text) });
    }),
  ),
  fc.tuple(file, words).map(([path, text]) =>
    described(`replace ${path} by renaming`, root => {
      writeFiles(root, { [`${path}.new`]: story(text) });
      renameSync(join(root, `${path}.new`), join(root, path));
    }),
  ),
  fc
    .tuple(publicFile, words)
    .map(([path, text]) => described(`write ${path}`, root => writeFiles(root, { [path]: text }))),
  publicFile.map(path => described(`remove ${path}`, root => rmSync(join(root, path), { force: true }))),
  fc.tuple(fc.array(publicFile, { minLength: 20, maxLength: 60 }), words).map(([paths, text]) =>
    described('a burst of files', root => {
      for (const [index, path] of paths.entries()) writeFiles(root, { [path]: `${text} ${index}` });
    }),
  ),
  fc.tuple(fc.integer({ min: 40, max: 700 }), words).map(([count, text]) =>
    described(`a checkout of ${count} files and back`, async root => {
      for (let index = 0; index < count; index++)
        writeFiles(root, { [`public/branch/${index % 7}/${index}.txt`]: text });
      await pause(count % 30);
      rmSync(join(root, 'public/branch'), { recursive: true });
      writeFiles(root, { 'public/docs/branch.txt': text });
    }),
  ),
  fc.tuple(folder, words).map(([path, text]) =>
    described(
      `remove ${path} and copy it back`,
      restore(path, text, (kept, target) => cpSync(kept, target, { recursive: true })),
    ),
  ),
  fc.tuple(folder, words).map(([path, text]) =>
    described(
      `remove ${path} and move it back`,
      restore(path, text, (kept, target) => {
        cpSync(kept, `${target}-kept`, { recursive: true });
        renameSync(`${target}-kept`, target);
      }),
    ),
  ),
  fc.tuple(folder, words, fc.integer({ min: 0, max: 300 })).map(([path, text, wait]) =>
    described(`move ${path} away for ${wait} ms`, async root => {
      const away = join(root, '.away');
      renameSync(join(root, path), away);
      await pause(wait);
      renameSync(away, join(root, path));
      writeFiles(root, { 'public/docs/after.txt': text });
    }),
  ),
  fc.tuple(folder, words).map(([path, text]) =>
    described(`remove ${path} thrice`, root => {
      for (let round = 0; round < 3; round++)
        restore(path, `${text} ${round}`, (kept, target) => cpSync(kept, target, { recursive: true }))(root);
    }),
  ),
  words.map(text =>
    described('a folder becomes a file and a folder again', async root => {
      const path = join(root, 'public/turns');
      rmSync(path, { recursive: true, force: true });
      writeFileSync(path, text);
      await pause(text.length * 4);
      rmSync(path);
      mkdirSync(path);
      writeFileSync(join(path, 'x.txt'), text);
    }),
  ),
);

test(`dev follows ${steps} random changes of files and folders `, {
  timeout: steps * 20_000,
}, async () => {
  const root = makeSite(files);
  const { output } = await dev(root, '--now', now);
  await expectSame(root, 'at the start');
  const changes = fc.sample(change, { numRuns: steps, seed });
  const names: string[] = [];
  for (const { name, change } of changes) {
    names.push(name);
    await change(root);
    await expectSame(root, names.join('; '));
  }
  expect(output()).not.toContain('cannot be watched');
});

test('dev follows a picture through a symbolic link', async () => {
  const shared = temporaryFolder();
  writeFileSync(join(shared, 'logo.txt'), 'first');
  mkdirSync(join(shared, 'folder'));
  writeFileSync(join(shared, 'folder/x.txt'), 'first');
  const root = makeSite(files);
  symlinkSync(join(shared, 'logo.txt'), join(root, 'public/logo.txt'));
  symlinkSync(join(shared, 'folder'), join(root, 'public/shared'));
  await dev(root, '--now', now);
  const served = () => {
    const site = readFolder(join(root, '.cache/dev'));
    return [site['logo.txt'], site['shared/x.txt']];
  };
  expect(served()).toEqual(['first', 'first']);
  writeFileSync(join(shared, 'logo.txt'), 'second');
  await vi.waitFor(() => expect(served()).toEqual(['second', 'first']), { timeout: 10_000 });
  writeFileSync(join(shared, 'folder/x.txt'), 'third');
  await vi.waitFor(() => expect(served()).toEqual(['second', 'third']), { timeout: 10_000 });
});

test('if the system cannot watch all folders, dev says so and looks for changes every two seconds', async () => {
  const root = makeSite(files);
  const preload = new URL('no-watch.mjs', import.meta.url).pathname;
  const { output } = await start(root, ['dev', '--port', '0', '--now', now], {
    NODE_OPTIONS: `--import ${preload}`,
  });
  expect(output().match(/Some folders cannot be watched \(ENOSPC: /g)).toHaveLength(1);
  writeFiles(root, { 'public/later.txt': 'later' });
  await vi.waitFor(() => expect(readFolder(join(root, '.cache/dev'))['later.txt']).toBe('later'), {
    timeout: 10_000,
  });
});
