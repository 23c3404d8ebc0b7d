/**
 * A process that builds sites on request, and that a build can be killed in. A request has `root` and `options` of
 * the build, `ahead`, the milliseconds by which the clock is ahead, and `killAt`: at that call that changes the disk,
 * the process ends without notice.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

let calls = 0;
let killAt;

const changing = [
  'copyFileSync',
  'linkSync',
  'mkdirSync',
  'renameSync',
  'rmSync',
  'rmdirSync',
  'writeFileSync',
];
for (const name of changing) {
  const real = fs[name];
  fs[name] = (...args) => {
    if (++calls === killAt) process.kill(process.pid, 'SIGKILL');
    return real(...args);
  };
}
syncBuiltinESMExports();

let ahead = 0;
const now = Date.now;
Date.now = () => now() + ahead;

const { build } = await import(new URL('../../lib/index.js', import.meta.url));

process.on('message', async request => {
  const { id, root, options } = request;
  ahead = request.ahead;
  calls = 0;
  killAt = request.killAt;
  const { ok, articles, files, nextChange, diagnostics } = await build({ root, ...options });
  process.send({ id, calls, ok, articles, files, nextChange, diagnostics });
});
process.send('ready');
