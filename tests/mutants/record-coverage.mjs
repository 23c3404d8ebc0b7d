/**
 * Writes the ids of the mutants whose code ran, into the folder MUTANT_COVERAGE. Preloaded into every process and
 * worker that a test starts, and imported by the tests' own processes. A process that is killed writes nothing, so
 * a mutant that runs only in such a process counts as not covered.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';

const folder = process.env.MUTANT_COVERAGE;

process.on('exit', writeCoverage);

export function writeCoverage() {
  const ids = Object.keys(globalThis.__stryker__?.mutantCoverage?.static ?? {});
  if (!folder || ids.length === 0) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${process.pid}-${threadId}`), ids.join('\n'));
}
