/** Runs the compiled command line as a user does. */
import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { packageRoot } from './site.ts';

const cli = join(packageRoot, 'lib/cli.js');

export interface Result {
  status: number | null;
  stdout: string;
  stderr: string;
}

export function run(cwd: string, ...args: string[]): Result {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd,
    encoding: 'utf8',
    timeout: 50_000,
    env: { ...process.env, NO_COLOR: '1', BROADSHEET_DEBUG: '' },
  });
  return { status, stdout, stderr };
}

export interface Process {
  child: ChildProcessByStdio<null, Readable, Readable>;
  ended: Promise<Result & { signal: NodeJS.Signals | null }>;
}

export interface Circumstances {
  /** Module to load before the command, including in its threads. */
  preload?: string;
  /** Program and arguments that run the command, such as `unshare`. */
  within?: readonly string[];
  env?: NodeJS.ProcessEnv;
}

/** Starts a command without waiting for it to finish. */
export function begin(
  cwd: string,
  args: readonly string[],
  { preload, within = [], env }: Circumstances = {},
): Process {
  const before = preload === undefined ? [] : ['--import', preload];
  const [program, ...rest] = [...within, process.execPath, ...before, cli, ...args];
  const child = spawn(program!, rest, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', BROADSHEET_DEBUG: '', ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', chunk => {
    stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', chunk => {
    stderr += chunk;
  });
  const ended = new Promise<Result & { signal: NodeJS.Signals | null }>(resolve =>
    child.on('close', (status, signal) => resolve({ status, signal, stdout, stderr })),
  );
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return { child, ended };
}

export interface Server {
  /** Address as it was printed: `http://127.0.0.1:40123/`. */
  address: string;
  child: ChildProcessByStdio<null, Readable, Readable>;
  ended: Promise<{ status: number | null; signal: NodeJS.Signals | null }>;
  /** Returns everything printed so far, on both streams. */
  output(): string;
}

/** Runs `serve` on a free port until the test ends. */
export const serve = (cwd: string, ...args: string[]): Promise<Server> =>
  start(cwd, ['serve', '--port', '0', ...args]);

/** Runs `dev` on a free port until the test ends. */
export const dev = (cwd: string, ...args: string[]): Promise<Server> =>
  start(cwd, ['dev', '--port', '0', ...args]);

/** Runs a command that serves, until the test ends. */
export async function start(cwd: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<Server> {
  const child = spawn(process.execPath, [cli, ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', ...env },
  });
  const ended = new Promise<{ status: number | null; signal: NodeJS.Signals | null }>(resolve =>
    child.on('exit', (status, signal) => resolve({ status, signal })),
  );
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let text = '';
  const address = await new Promise<string>((resolve, reject) => {
    const take = (chunk: Buffer) => {
      text += chunk;
      const match = /http:\/\/\S+/.exec(text);
      if (match) resolve(match[0]);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('exit', () => reject(new Error(`${args[0]} ended: ${text}`)));
  });
  return { address, child, ended, output: () => text };
}
