/**
 * Compiles Broadsheet before npm packs it, or installs it from Git or from a folder. In a copy without
 * node_modules, installs the packages that compiling needs first. After `npm ci` in the repository, does
 * nothing, because every command of the repository compiles first.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const cwd = fileURLToPath(new URL('..', import.meta.url));
const isInside = folder => !/^(\.\.|[A-Z]:|\/)/i.test(relative(cwd, folder));
// With --json, only npm may write to standard output.
const npm = (...args) =>
  execFileSync('npm', args, { cwd, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });

if (process.env.npm_command !== 'ci' || !isInside(process.env.INIT_CWD ?? cwd)) {
  if (!existsSync(`${cwd}/node_modules/esbuild`)) npm('ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund');
  npm('run', '--silent', 'compile');
}
