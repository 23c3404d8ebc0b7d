/**
 * Runs a command and measures the wall time, processor time and peak memory of it and its child processes.
 */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/**
 * @typedef {{ code: number, wall: number, cpu: number | undefined, memory: number | undefined, output: string }} Measured
 * `wall` and `cpu` (user and system) in seconds, `memory` in bytes; undefined if the platform does not report
 * them
 */

const interval = 50;

/**
 * Runs a command and measures it. Starts it in a shell, because the shell's `times` reports the processor
 * time of all child processes.
 * @param {string[]} command
 * @param {{ cwd: string, env?: Record<string, string> }} options
 * @returns {Promise<Measured>}
 */
export function measure(command, { cwd, env = {} }) {
  const shell = process.platform !== 'win32';
  const [file, ...args] = shell
    ? ['/bin/sh', '-c', '"$@"; code=$?; times >&3; exit $code', 'sh', ...command]
    : command;
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(file, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    let output = '';
    let times = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', data => {
        output += data;
      });
    child.stdio[3].on('data', data => {
      times += data;
    });
    const memory = process.platform === 'linux' ? watchMemory(child.pid) : undefined;
    child.on('error', reject);
    let wall = 0;
    child.on('exit', () => {
      wall = (performance.now() - start) / 1000;
    });
    child.on('close', code =>
      resolve({ code: code ?? 1, wall, cpu: parseTimes(times), memory: memory?.(), output }),
    );
  });
}

/**
 * Parses the second line of `times`, for child processes: `0m1.500000s 0m0.250000s`.
 * @returns seconds; undefined if the text has another form
 */
function parseTimes(text) {
  const found = [...(text.split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
  if (found.length !== 2) return undefined;
  return found.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
}

/**
 * Samples the processes below `root` every 50 ms. The peak is the greater of two values: the largest sum of
 * resident memory in one sample, and the kernel's largest high-water mark of one process, which also covers
 * the time between samples.
 *
 * @returns {() => number} stops sampling and returns the peak in bytes
 */
function watchMemory(root) {
  let peak = 0;
  const look = () => {
    let sum = 0;
    for (const pid of descendants(root)) {
      const { resident, highest } = memoryOf(pid);
      sum += resident;
      peak = Math.max(peak, highest);
    }
    peak = Math.max(peak, sum);
  };
  const timer = setInterval(look, interval);
  return () => {
    clearInterval(timer);
    return peak;
  };
}

function* descendants(pid) {
  let tasks = [];
  try {
    tasks = readdirSync(`/proc/${pid}/task`);
  } catch {}
  for (const task of tasks) {
    let children = '';
    try {
      children = readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8');
    } catch {}
    for (const child of children.split(' ').filter(Boolean)) {
      yield child;
      yield* descendants(child);
    }
  }
}

function memoryOf(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const bytes = key => Number(new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024;
    return { resident: bytes('VmRSS'), highest: bytes('VmHWM') };
  } catch {
    return { resident: 0, highest: 0 };
  }
}
