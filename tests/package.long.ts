/** The npm package, installed in an empty folder. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { codeBlocksOf, manualFolder } from './helpers/manual.ts';
import { packageRoot, temporaryFolder, writeFiles } from './helpers/site.ts';

const runIn = (folder: string, command: string, ...args: string[]): string =>
  execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

test('the package installs in an empty folder: the command, the examples of the manual, and the types work', () => {
  const folder = temporaryFolder();
  // `--ignore-scripts` skips compiling: the files are already compiled, and recompiling could break other tests
  // that are using them.
  const [{ filename }] = JSON.parse(
    runIn(packageRoot, 'npm', 'pack', '--ignore-scripts', '--json', '--pack-destination', folder),
  ) as [{ filename: string }];
  writeFileSync(join(folder, 'package.json'), '{"private": true, "type": "module"}\n');
  runIn(folder, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', `./${filename}`);

  mkdirSync(join(folder, 'my-site'));
  writeFiles(join(folder, 'my-site'), {
    'content/site.yaml': 'name: News\nurl: https://news.example/\ndesks: [{id: world, name: World}]\n',
    'content/articles/2026/story.md':
      '---\ntitle: A story\npublished: 2026-03-05T13:00:00Z\ndesk: world\n---\n\nText.\n',
  });
  const command = join(folder, 'node_modules/.bin/broadsheet');
  expect(runIn(join(folder, 'my-site'), command, 'build')).toMatch(/^Built 1 article, /);
  expect(existsSync(join(folder, 'my-site/dist/world/2026/03/story/index.html'))).toBe(true);

  expect(codeBlocksOf(`${manualFolder}/library.md`).map(({ text }) => runExample(folder, text))).toEqual([
    'Built 1 articles.\n',
    expect.stringMatching(/^1 1 front-matter-missing The key 'published' is missing/m),
    'A story quote 0\n',
  ]);

  const usesTypes = `import { build, type Article, type BuildResult } from 'broadsheet';
export const titleOf = (article: Article): string => article.meta.title;
export const run = (): Promise<BuildResult> => build({ root: '.' });
// @ts-expect-error: there is no such option
export const wrong = () => build({ rot: '.' });
`;
  writeFileSync(join(folder, 'uses-types.ts'), usesTypes);
  const tsc = join(packageRoot, 'node_modules/typescript/bin/tsc');
  const settings = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--skipLibCheck'];
  const compiled = spawnSync(process.execPath, [tsc, ...settings, 'uses-types.ts'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(compiled.stdout).toBe('');
}, 240_000);

function runExample(folder: string, code: string): string {
  writeFileSync(join(folder, 'example.js'), code);
  return runIn(folder, process.execPath, 'example.js');
}
