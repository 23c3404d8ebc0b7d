/**
 * Bundles the page scripts and the packages that are loaded on demand, like `npm run compile`, before all
 * tests.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export function setup(): void {
  // Mutation testing bundles once, before all its runs.
  if (process.env.TEST_SET === 'mutants') return;
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  execFileSync('npm', ['run', '--silent', 'bundle'], {
    cwd,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
}
