/**
 * Writes the ids of the mutants whose code ran, into the folder MUTANT_COVERAGE. Preloaded into every process and
 * worker that a test starts, and imported by the tests' own processes. Writes every half second, because tests kill
 * many of their processes.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';

const folder = process.env.MUTANT_COVERAGE;
let written = 0;

if (folder) {
  process.on('exit', writeCoverage);
  setInterval(writeCoverage, 500).unref();
}

export function writeCoverage() {
  const ids = Object.keys(globalThis.__stryker__?.mutantCoverage?.static ?? {});
  if (!folder || ids.length === written) return;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${process.pid}-${threadId}`), ids.join('\n'));
    written = ids.length;
  } catch {
    // Some tests make every write fail.
  }
}
