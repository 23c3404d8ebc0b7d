/** Runs web servers of the system on a free port until the test ends. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './site.ts';

/** Whether a program can be run. */
export const isInstalled = (program: string, ...args: string[]): boolean =>
  spawnSync(program, args, { encoding: 'utf8' }).error === undefined;

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}

/** Finds nginx's table of media types on Debian, other Linux distributions and Homebrew. */
export function mimeTypes(): string {
  const path = [
    '/etc/nginx/mime.types',
    '/usr/local/etc/nginx/mime.types',
    '/opt/homebrew/etc/nginx/mime.types',
  ].find(existsSync);
  if (path === undefined) throw new Error("nginx's mime.types is not where it is known to be");
  return path;
}

/** Lets everyone read a site: only the owner can read a temporary folder, but servers may run as another user. */
export function makeReadable(site: string): void {
  spawnSync('chmod', ['-R', 'a+rX', join(site, '..')]);
}

/**
 * Runs a server in the foreground.
 * @param configOf returns its configuration
 * @param argsOf returns its arguments
 * @returns its address
 */
export async function runServer(
  program: string,
  configOf: (values: { folder: string; port: number }) => string,
  argsOf: (folder: string, config: string) => string[],
): Promise<string> {
  const folder = temporaryFolder();
  spawnSync('chmod', ['a+rX', folder]);
  const port = await freePort();
  const config = join(folder, 'server.conf');
  writeFileSync(config, configOf({ folder, port }));
  const child: ChildProcess = spawn(program, argsOf(folder, config), {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
  });
  let errors = '';
  child.stderr!.on('data', chunk => {
    errors += chunk;
  });
  const ended = new Promise(resolve => child.once('exit', resolve));
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  const address = `http://127.0.0.1:${port}/`;
  for (let attempt = 0; ; attempt++) {
    try {
      await fetch(address, { redirect: 'manual' });
      return address;
    } catch {
      if (attempt > 200 || child.exitCode !== null) throw new Error(`${program} does not answer: ${errors}`);
      await setTimeout(25);
    }
  }
}

/**
 * Requests a path exactly as written, because fetch would normalize it.
 * @returns the status, and the path or address to which a redirect leads
 */
export function answerOf(address: string, path: string): Promise<string> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, agent: false }, response => {
      response.resume();
      const { location } = response.headers;
      const target = location?.replace(
        new RegExp(`^http://(?:127\\.0\\.0\\.1|localhost)(?::${port})?/`),
        '/',
      );
      resolve([response.statusCode, target].filter(Boolean).join(' '));
    })
      .on('error', reject)
      .end();
  });
}
