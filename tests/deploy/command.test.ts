/** The commands deploy, due and watch, as a newsroom runs them. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { begin, type Result, run } from '../helpers/cli.ts';
import { publicationYaml, story } from '../helpers/publication.ts';
import { makeSite, temporaryFolder, writeFiles } from '../helpers/site.ts';
import { built, deployed, siteFiles, storyFile } from './site.ts';

const now = ['--now', '2025-06-01T12:00Z'];

/** Makes and builds a site that deploys to a folder. */
function openSite(lines = '') {
  const www = temporaryFolder();
  const root = makeSite({
    ...siteFiles,
    'content/site.yaml': `${publicationYaml}deploy: {to: ${JSON.stringify(www)}${lines}}\n`,
  });
  const build = () => expect(run(root, 'build', '--allow-removals', ...now).status).toBe(0);
  build();
  return { root, www, build };
}

test('deploy sends dist/ to the target in site.yaml, and prints a receipt', () => {
  const { root, www, build } = openSite();
  const git = (...args: string[]) =>
    spawnSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.org', ...args], { cwd: root });
  git('init', '-q');
  git('add', 'content');
  git('commit', '-qm', 'x');
  const first = run(root, 'deploy');
  expect(first.stderr).toBe('');
  expect(first.stdout).toMatch(
    /^Deployed to \S+ in [\d.]+ s: \d+ new files, 0 changed, 0 removed, 0 unchanged\.\nThe last commit was \d minutes? ago\.\nChanged addresses, for the caches of a CDN: \S+changed\.json\n$/,
  );
  expect(deployed(www)).toEqual(built(join(root, 'dist')));

  writeFiles(root, { [storyFile('one')]: story({ title: 'Story one', authors: ['ada'] }, 'A new text.') });
  build();
  const plan = run(root, 'deploy', '--dry-run').stdout.split('\n');
  expect(plan).toContain('change world/2025/03/one/index.html');
  expect(plan.at(-2)).toMatch(
    /^Would deploy to \S+ in [\d.]+ s: 0 new files, \d+ changed, 0 removed, \d+ unchanged\.$/,
  );
  const { urls, stories } = JSON.parse(run(root, 'deploy', '--json').stdout);
  expect(stories).toEqual(['https://courier.example/world/2025/03/one/']);
  expect(urls).toEqual(expect.arrayContaining([...stories, 'https://courier.example/feed.xml']));
  expect(JSON.parse(readFileSync(join(root, '.cache/deployments/changed.json'), 'utf8'))).toEqual({
    urls,
    stories,
  });
  expect(run(root, 'deploy', '--rollback').stdout).toMatch(/^Restored to /);
});

test('deploy says what is missing, or wrong', () => {
  expect(run(temporaryFolder(), 'deploy', '--to', 'x').stderr).toContain('is missing or has errors.');
  const root = makeSite(siteFiles);
  for (const to of ['dist', 'dist/inside', '.', '..'])
    expect(run(root, 'deploy', '--to', to).stderr).toContain('contains the built site, or is inside it.');
  expect(run(root, 'deploy')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('The target is missing.'),
  });
  expect(run(root, 'deploy', '--to', 'absent').stderr).toContain("Run 'broadsheet build' first.");
  expect(run(root, 'deploy', '--to', 'x', '--max-deletes', 'many').stderr).toContain(
    "'many' is not a valid number.",
  );
});

test('deploy notifies IndexNow and the WebSub hub, but not of stories where only the frame changed', async () => {
  const requests: string[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    requests.push(`${request.url} ${decodeURIComponent(await text(request))}`);
    response.end();
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const key = 'abcdef0123456789';
  const { root, build } = openSite(`, indexNow: ${key}, webSub: "${address}/hub"`);
  const deploy = (): Promise<Result> =>
    begin(root, ['deploy', '--quiet', '--max-deletes', '9'], {
      env: { INDEXNOW_URL: `${address}/indexnow` },
    }).ended;
  expect((await deploy()).stderr).toContain(
    `Create public/${key}.txt with the text ${key}, and build again.`,
  );
  writeFiles(root, { [`public/${key}.txt`]: key });
  build();
  expect(await deploy()).toMatchObject({ status: 0, stderr: '' });
  expect(requests).toHaveLength(2);
  requests.length = 0;

  // A new name of the desk changes every page, but no story.
  const yaml = readFileSync(join(root, 'content/site.yaml'), 'utf8');
  writeFiles(root, {
    'content/site.yaml': yaml.replace('text: Archive', 'text: All our stories'),
    [storyFile('one')]: story({ title: 'Story one', authors: ['ada'] }, 'A new text.'),
  });
  build();
  await deploy();
  const [indexNow, hub] = [...requests].sort().reverse();
  expect(JSON.parse(indexNow!.replace('/indexnow ', ''))).toEqual({
    host: 'courier.example',
    key,
    keyLocation: `https://courier.example/${key}.txt`,
    urlList: ['https://courier.example/world/2025/03/one/'],
  });
  expect(hub).toMatch(/^\/hub hub\.mode=publish&hub\.url=https:\/\/courier\.example\/\S*feed\.json&/);
  expect(readFileSync(join(root, 'dist/feed.xml'), 'utf8')).toContain(
    `<atom:link href="${address}/hub" rel="hub"/>`,
  );
  expect(readFileSync(join(root, 'dist/atom.xml'), 'utf8')).toContain(`href="${address}/hub" rel="hub"`);
  expect(JSON.parse(readFileSync(join(root, 'dist/feed.json'), 'utf8')).hubs).toEqual([
    { type: 'WebSub', url: `${address}/hub` },
  ]);

  // A service that fails does not fail the deployment.
  server.close();
  server.closeAllConnections();
  writeFiles(root, { [storyFile('one')]: story({ title: 'Story one', authors: ['ada'] }, 'Another text.') });
  build();
  expect(await deploy()).toMatchObject({
    status: 0,
    stderr: expect.stringContaining('IndexNow cannot be reached'),
  });
});

test('due tells whether the clock or a source would change the site', async () => {
  const root = makeSite({
    ...siteFiles,
    [storyFile('later')]: story({ title: 'Later', published: '2025-06-01T13:00:00Z' }),
  });
  // A build does not trust the times of files that changed a moment ago.
  await setTimeout(2100);
  const due = (...args: string[]) => run(root, 'due', ...args).status;
  expect(due(...now)).toBe(0);
  expect(run(root, 'build', ...now).status).toBe(0);
  expect(run(root, 'due', ...now)).toMatchObject({
    status: 3,
    stdout: 'Nothing has changed since the last build, and no story is due.\n',
  });
  expect(due('--now', '2025-06-01T12:59Z')).toBe(3);
  expect(due('--now', '2025-06-01T13:00Z')).toBe(0);
  // The site itself does not matter: a runner may have only the cache.
  rmSync(join(root, 'dist'), { recursive: true });
  expect(due(...now)).toBe(3);
  writeFiles(root, { [storyFile('one')]: story({ title: 'Story one', authors: ['ada'] }, 'A new text.') });
  expect(due(...now)).toBe(0);
});

test('on a CI runner that has only the cache, due compares commits', async () => {
  const root = makeSite({ ...siteFiles, '.gitignore': 'dist/\n.cache/\n' });
  const git = (...args: string[]) =>
    spawnSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.org', ...args], { cwd: root });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'x');
  const ci = async (...args: string[]) =>
    (await begin(root, [...args, ...now], { env: { CI: '1' } }).ended).status;
  expect(await ci('build')).toBe(0);
  // A new checkout: the same files, at another time.
  rmSync(join(root, 'content'), { recursive: true });
  git('checkout', '.');
  expect(await ci('due')).toBe(3);
  writeFiles(root, { [storyFile('one')]: story({ title: 'Story one', authors: ['ada'] }, 'A new text.') });
  expect(await ci('due')).toBe(0);
  git('commit', '-qam', 'y');
  expect(await ci('due')).toBe(0);
});

test('watch --deploy publishes edits, and stories at their minute', async () => {
  const { root, www } = openSite();
  const soon = new Date(Math.ceil(Date.now() / 1000) * 1000 + 4000).toISOString();
  writeFiles(root, { [storyFile('soon')]: story({ title: 'Soon', published: soon }) });
  const { child, ended } = begin(root, ['watch', '--deploy', '--max-deletes', '9']);
  const page = (name: string) =>
    join(www, `world/${soon.slice(0, 4)}/${soon.slice(5, 7)}/${name}/index.html`);
  const wait = { timeout: 20_000, interval: 50 };
  await vi.waitFor(() => expect(existsSync(join(www, 'index.html'))).toBe(true), wait);
  expect(existsSync(page('soon'))).toBe(false);
  writeFiles(root, {
    [storyFile('one')]: story({ title: 'Story one', authors: ['ada'] }, 'An edited text.'),
  });
  await vi.waitFor(
    () =>
      expect(readFileSync(join(www, 'world/2025/03/one/index.html'), 'utf8')).toContain('An edited text.'),
    wait,
  );
  await vi.waitFor(() => expect(existsSync(page('soon'))).toBe(true), wait);
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(soon));
  child.kill();
  await ended;
}, 60_000);
