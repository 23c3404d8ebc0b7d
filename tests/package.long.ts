/** The npm packages, installed in empty folders in every way that users may choose. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { codeBlocksOf, manualFolder } from './helpers/manual.ts';
import { packageRoot, readFolder, temporaryFolder, writeFiles } from './helpers/site.ts';

/**
 * What an installation may take: packages, and megabytes of node_modules. On Linux x64, `sizeOf` found 16 and 47 for
 * a plain paper, and 21 and 68 for the site of `npm create`, which has a search and cards.
 */
const limits = { packages: 40, megabytes: 75 };

const runIn = (folder: string, command: string, ...args: string[]): string =>
  execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

const install = (folder: string, ...args: string[]): string =>
  runIn(folder, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', ...args);

/**
 * Packs a package. `--ignore-scripts` skips compiling: the files are already compiled, and recompiling could break
 * other tests that are using them.
 * @returns the name of the packed file
 */
function pack(source: string, folder: string): string {
  const output = runIn(source, 'npm', 'pack', '--ignore-scripts', '--json', '--pack-destination', folder);
  return (JSON.parse(output) as [{ filename: string }])[0].filename;
}

function emptyProject(): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'package.json'), '{"private": true, "type": "module"}\n');
  return folder;
}

/**
 * Measures an installation: the number of lines of `npm ls --all --parseable`, without the project itself, and
 * `du -sm node_modules`.
 */
const sizeOf = (folder: string) => ({
  packages: runIn(folder, 'npm', 'ls', '--all', '--parseable').trim().split('\n').length - 1,
  megabytes: Number(runIn(folder, 'du', '-sm', 'node_modules').split('\t')[0]),
});

const plainSite = {
  'content/site.yaml': 'name: News\nurl: https://news.example/\ndesks: [{id: world, name: World}]\n',
  'content/articles/2026/story.md':
    '---\ntitle: A story\npublished: 2026-03-05T13:00:00Z\ndesk: world\n---\n\nText.\n',
};

/** Builds a plain site with the Broadsheet that is installed in a folder. @returns the messages */
function buildWith(folder: string): string {
  const root = join(folder, 'my-site');
  mkdirSync(root);
  writeFiles(root, plainSite);
  const command = join(folder, 'node_modules/.bin/broadsheet');
  const { stdout, stderr } = spawnSync(command, ['build'], { cwd: root, encoding: 'utf8' });
  expect(stdout, stderr).toMatch(/^Built 1 article, /);
  expect(existsSync(join(root, 'dist/world/2026/03/story/index.html'))).toBe(true);
  return stderr;
}

/** Copies the files of the repository to a new one, in which nobody has installed anything. */
function cloneRepository(): string {
  const clone = join(temporaryFolder(), 'broadsheet');
  const files = runIn(packageRoot, 'git', 'ls-files', '--cached', '--others', '--exclude-standard', '-z');
  for (const file of files.split('\0').filter(name => name !== '' && existsSync(join(packageRoot, name)))) {
    mkdirSync(dirname(join(clone, file)), { recursive: true });
    cpSync(join(packageRoot, file), join(clone, file));
  }
  runIn(clone, 'git', 'init', '--quiet');
  runIn(clone, 'git', 'add', '--all');
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@test.example'];
  runIn(clone, 'git', ...identity, 'commit', '--quiet', '--message', 'test');
  return clone;
}

describe('from a packed file, in an empty folder', () => {
  test('the command, the examples of the manual and the types work, and little is installed', () => {
    const folder = emptyProject();
    install(folder, `./${pack(packageRoot, folder)}`);
    const { packages, megabytes } = sizeOf(folder);
    expect(packages).toBeLessThanOrEqual(limits.packages);
    expect(megabytes).toBeLessThanOrEqual(limits.megabytes);

    const messages = buildWith(folder);
    expect(messages).toContain("Run 'npm install @takumi-rs/core@2.16.3', or set");
    expect(messages).toContain("Run 'npm install pagefind@1.6.0', or set");
    expect(readFileSync(join(folder, 'node_modules/broadsheet/lib/licenses.txt'), 'utf8')).toContain('MIT');

    expect(codeBlocksOf(`${manualFolder}/library.md`).map(({ text }) => runExample(folder, text))).toEqual([
      'Built 1 articles.\n',
      expect.stringMatching(/^1 1 front-matter-missing The key 'published' is missing/m),
      'A story quote 0\n',
    ]);

    const usesTypes = `import { build, type Article, type BuildResult, type Config } from 'broadsheet';
export const titleOf = (article: Article): string => article.meta.title;
export const run = (): Promise<BuildResult> => build({ root: '.' });
export const stylesOf = (config: Config): 'inline' | 'file' => config.theme.styles;
// @ts-expect-error: there is no such option
export const wrong = () => build({ rot: '.' });
// @ts-expect-error: there is no such key
export const headlineOf = (article: Article) => article.meta.headline;
`;
    writeFileSync(join(folder, 'uses-types.ts'), usesTypes);
    const tsc = join(packageRoot, 'node_modules/typescript/bin/tsc');
    // Without `skipLibCheck`, which would hide declarations that import a package that is not installed.
    const settings = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023'];
    const compiled = spawnSync(process.execPath, [tsc, ...settings, 'uses-types.ts'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(compiled.stdout).toBe('');

    // The packages that the messages name are enough for the outputs.
    install(folder, '@takumi-rs/core@2.16.3', 'pagefind@1.6.0');
    const again = spawnSync(join(folder, 'node_modules/.bin/broadsheet'), ['build'], {
      cwd: join(folder, 'my-site'),
      encoding: 'utf8',
    });
    expect(again.stderr).toBe('');
    const files = Object.keys(readFolder(join(folder, 'my-site/dist')));
    expect(files.filter(file => /^assets\/cards\/.*\.png$/.test(file))).toHaveLength(1);
    expect(files).toContain('search/index.html');
  }, 240_000);
});

function runExample(folder: string, code: string): string {
  writeFileSync(join(folder, 'example.js'), code);
  return runIn(folder, process.execPath, 'example.js');
}

describe('from a repository in which nobody has installed anything', () => {
  test('Git', () => {
    const folder = emptyProject();
    install(folder, `git+file://${cloneRepository()}`);
    buildWith(folder);
  }, 400_000);

  test('a folder, as a link and as a copy', () => {
    const clone = cloneRepository();
    const folder = emptyProject();
    install(folder, clone);
    buildWith(folder);
    const other = emptyProject();
    install(other, '--install-links', clone);
    buildWith(other);
  }, 400_000);
});

test('npm create: two commands lead to a site that is served and built', async () => {
  const folder = temporaryFolder();
  const packages = [packageRoot, join(packageRoot, 'src/create')].map(source => pack(source, folder));
  const output = runIn(
    folder,
    'npm',
    'exec',
    '--yes',
    '--prefer-offline',
    ...packages.map(file => `--package=./${file}`),
    '--',
    'create-broadsheet',
    'the-courier',
    '--yes',
  );
  const [enter, start] = /\nNext:\n {2}(.*)\n {2}(.*)\n\n'npx broadsheet build' then writes/
    .exec(output)!
    .slice(1) as [string, string];
  expect([enter, start]).toEqual(['cd the-courier && npm install', 'npm run dev']);
  execFileSync(`${enter} --prefer-offline`, { cwd: folder, shell: true, stdio: 'ignore' });
  const root = join(folder, 'the-courier');
  const { packages: count, megabytes } = sizeOf(root);
  expect(count).toBeLessThanOrEqual(limits.packages);
  expect(megabytes).toBeLessThanOrEqual(limits.megabytes);

  const address = await serve(root, start);
  const page = await (await fetch(address)).text();
  expect(page).toContain('What a story can contain');

  const built = spawnSync('npm', ['run', 'build'], { cwd: root, encoding: 'utf8' });
  expect(built.stdout).toMatch(/^Built 1 article, \d+ files in .* with 5 warnings/m);
  expect(
    built.stderr
      .trim()
      .split('\n')
      .filter(line => !line.includes(' placeholder-text ')),
  ).toEqual([]);
  expect(Object.keys(readFolder(join(root, 'dist')))).toContain('search/index.html');
}, 240_000);

/** Starts a server on a free port, until the test ends. @returns its address */
function serve(cwd: string, command: string): Promise<string> {
  const child = spawn(`${command} -- --port 0`, { cwd, shell: true, detached: true });
  onTestFinished(() => {
    // The shell, npm and the server are a process group.
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
  });
  let printed = '';
  return new Promise((resolve, reject) => {
    child.on('exit', () => reject(new Error(printed)));
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', chunk => {
        printed += chunk;
        const address = /http:\/\/127\S+/.exec(printed)?.[0];
        if (address !== undefined) resolve(address);
      });
  });
}
