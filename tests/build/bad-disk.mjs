/**
 * Preload script: at the DISK_AT-th call that changes the disk, the process fails. DISK_HOW selects the
 * failure: `full` (every later call fails), `kill`, `exit` and `memory` (only in threads), or `wait` (until
 * the file DISK_UNTIL exists). With DISK_PATH, only calls whose path contains it count. With DISK_COUNT, the
 * number of calls is printed to stderr at the end.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import workerThreads from 'node:worker_threads';

const { DISK_AT = 'Infinity', DISK_HOW, DISK_PATH = '', DISK_UNTIL, DISK_COUNT } = process.env;
const { isMainThread, Worker } = workerThreads;
const { existsSync } = fs;
let calls = 0;

const befall = {
  full(name, path) {
    const error = new Error(`ENOSPC: no space left on device, ${name} '${path}'`);
    throw Object.assign(error, { code: 'ENOSPC', errno: -28 });
  },
  kill: () => process.kill(process.pid, 'SIGKILL'),
  exit: () => isMainThread || process.exit(7),
  memory() {
    for (const hoard = []; !isMainThread; ) hoard.push(new Array(1000).fill(Math.random()));
  },
  wait() {
    const pause = new Int32Array(new SharedArrayBuffer(4));
    while (!existsSync(DISK_UNTIL)) Atomics.wait(pause, 0, 0, 10);
  },
};

function note(name, path) {
  if (!String(path).includes(DISK_PATH)) return;
  calls++;
  if (calls === Number(DISK_AT) || (DISK_HOW === 'full' && calls > Number(DISK_AT)))
    befall[DISK_HOW](name, path);
}

const takesSpace = ['copyFileSync', 'linkSync', 'mkdirSync', 'mkdtempSync', 'symlinkSync', 'writeFileSync'];
const takesNone = DISK_HOW === 'full' ? [] : ['renameSync', 'rmSync', 'rmdirSync'];
for (const name of [...takesSpace, ...takesNone]) {
  const real = fs[name];
  fs[name] = (...args) => {
    note(name, args[0]);
    return real(...args);
  };
}
const { openSync } = fs;
fs.openSync = (path, flags, ...more) => {
  // In threads, opening a file for reading counts too.
  if (flags === 'w' || !isMainThread) note('openSync', path);
  return openSync(path, flags, ...more);
};
if (DISK_HOW === 'memory') {
  workerThreads.Worker = class extends Worker {
    constructor(url, options) {
      super(url, { ...options, resourceLimits: { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 64 } });
    }
  };
}
syncBuiltinESMExports();
if (DISK_COUNT && isMainThread) process.on('exit', () => process.stderr.write(`${calls} calls\n`));
