/** Drills: deployments that are killed, readers who look on, and a real SSH server. */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { sshTarget } from '../../src/deploy/ssh-target.ts';
import { createRandom } from '../gallery/random.ts';
import { begin, run } from '../helpers/cli.ts';
import { author, story } from '../helpers/publication.ts';
import { freePort, isInstalled } from '../helpers/servers.ts';
import { temporaryFolder } from '../helpers/site.ts';
import { built, deployed, openNewsroom, overwrite, siteFiles, storyFile } from './site.ts';

const seed = Number(process.env.SEED ?? 1);

test('a deployment that is killed at 20 random moments is completed by the next one', async () => {
  const random = createRandom(seed);
  const { root, www, out, edit } = await openNewsroom();
  const deploy = ['deploy', '--to', www, '--quiet'];
  expect(run(root, ...deploy).status).toBe(0);
  let killed = 0;
  for (let round = 0; round < 20; round++) {
    await edit({
      'content/authors/ada.md': author(`Ada ${round}`),
      [storyFile(`extra-${round}`)]: story({ title: `Extra ${round}`, authors: ['ada'] }, `Text ${round}.`),
    });
    const { child, ended } = begin(root, deploy);
    await setTimeout(150 + random.next() * 250);
    child.kill('SIGKILL');
    if ((await ended).signal === 'SIGKILL') killed++;
    // Every second time, the newsroom goes on editing first.
    if (round % 2 === 0) continue;
    expect(run(root, ...deploy)).toMatchObject({ status: 0, stderr: '' });
    expect(deployed(www)).toEqual(built(out));
  }
  expect(killed).toBeGreaterThan(5);
  expect(run(root, ...deploy)).toMatchObject({ status: 0, stderr: '' });
  expect(deployed(www)).toEqual(built(out));
}, 240_000);

test('during 20 deployments, every page that a reader finds has its assets, and leads only to pages that exist', async () => {
  const { root, www, edit } = await openNewsroom({
    ...siteFiles,
    'content/site.yaml': `${siteFiles['content/site.yaml']}theme: {styles: file}\n`,
  });
  run(root, 'deploy', '--to', www);
  const has = (address: string) => {
    const path = join(www, decodeURI(address.replace(/[?#].*/, '')));
    return existsSync(address.endsWith('/') ? join(path, 'index.html') : path);
  };
  let [looks, isOver] = [0, false];
  const missing: string[] = [];
  /** Reads pages as a reader does: first the page, and then what it refers to. */
  const reader = async () => {
    while (!isOver) {
      for (const address of ['/', '/world/', '/feed.xml', '/sitemap.xml', '/archive/']) {
        const file = join(www, address, address.endsWith('/') ? 'index.html' : '');
        const text = readFileSync(file, 'utf8');
        await setTimeout(1);
        for (const [, own] of text.matchAll(
          /(?:href|src)="(\/[^"]*)"|(?:<loc>|<link>)https:\/\/courier\.example(\/[^<]*)/g,
        )) {
          const target = own ?? '';
          if (target !== '' && !has(target)) missing.push(`${address} → ${target}`);
        }
        looks++;
      }
    }
  };
  const reading = reader();
  for (let round = 0; round < 20; round++) {
    await edit({
      [storyFile(`extra-${round}`)]: story({ title: `Extra ${round}`, authors: ['ada'] }, `Text ${round}.`),
      'templates/styles/site.css': `p { margin: ${round}px }`,
    });
    const { status, stderr } = await begin(root, ['deploy', '--to', www]).ended;
    expect([status, stderr]).toEqual([0, '']);
  }
  isOver = true;
  await reading;
  expect(missing).toEqual([]);
  expect(looks).toBeGreaterThan(200);
}, 240_000);

const sshd = '/usr/sbin/sshd';

test.runIf(existsSync(sshd) && isInstalled('rsync', '--version') && isInstalled('ssh', '-V'))(
  'a folder behind an SSH server gets the site, also a name with spaces, and reports wrong keys',
  async () => {
    const folder = temporaryFolder();
    const port = await freePort();
    const keyFile = (name: string) => {
      spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)]);
      return join(folder, name);
    };
    const [hostKey, key] = [keyFile('host'), keyFile('key')];
    writeFileSync(join(folder, 'keys'), readFileSync(`${key}.pub`));
    const config = join(folder, 'sshd_config');
    const options = [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${hostKey}`,
      `AuthorizedKeysFile ${join(folder, 'keys')}`,
      'StrictModes no',
      'UsePAM no',
      `PidFile ${join(folder, 'pid')}`,
    ];
    writeFileSync(config, `${options.join('\n')}\n`);
    mkdirSync('/run/sshd', { recursive: true });
    const server = spawn(sshd, ['-D', '-e', '-f', config], { stdio: 'ignore' });
    onTestFinished(() => {
      server.kill();
    });
    await setTimeout(500);
    // The programs that a deployment runs use the keys of this test.
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    const settings = (own: string) =>
      `-p ${port} -i ${own} -o IdentitiesOnly=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR`;
    const useKey = (own: string) => {
      writeFileSync(join(bin, 'ssh'), `#!/bin/sh\nexec /usr/bin/ssh ${settings(own)} "$@"\n`);
      chmodSync(join(bin, 'ssh'), 0o755);
    };
    useKey(key);
    const path = process.env.PATH;
    process.env.PATH = `${bin}:${path}`;
    onTestFinished(() => {
      process.env.PATH = path;
    });

    const { deploy, edit, www, out } = await openNewsroom();
    const site = join(www, "a reader's site");
    mkdirSync(site);
    const address = `${userInfo().username}@127.0.0.1:${site}`;
    const send = () => deploy({ target: sshTarget(address), maxDeletes: 100 });
    await send();
    expect(deployed(site)).toEqual(built(out));
    await edit({
      [storyFile('one')]: story({ title: 'Story one', authors: ['ada'], draft: true }, 'A new text.'),
      [storyFile('new')]: story({ title: 'Neu: „Über“ $HOME' }, 'Text.'),
    });
    expect((await send()).removals).not.toEqual([]);
    expect(deployed(site)).toEqual(built(out));
    overwrite(site, 'index.html');
    await expect(send()).rejects.toThrow(`${address} has files that Broadsheet did not write: index.html.`);

    await expect(deploy({ target: sshTarget(`${address}/absent`) })).rejects.toThrow(
      /cannot be used \(.*absent.*\)\. Check the address, the key and the folder\.$/,
    );
    useKey(keyFile('wrong'));
    await expect(send()).rejects.toThrow(/cannot be used \(.*Permission denied.*\)/);
  },
  60_000,
);
