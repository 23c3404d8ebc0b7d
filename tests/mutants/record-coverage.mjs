/**
 * Preloaded into every process and worker of a test file: writes the ids of the mutants whose code ran. A process
 * that is killed writes none, so a mutant that runs only in such a process counts as not covered.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';

const folder = process.env.MUTANT_COVERAGE;

process.on('exit', write);
// Vitest kills its processes, so setup.ts calls this at the end of each test file.
globalThis.writeMutantCoverage = write;

function write() {
  const ids = Object.keys(globalThis.__stryker__?.mutantCoverage?.static ?? {});
  if (!folder || ids.length === 0) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${process.pid}-${threadId}`), ids.join('\n'));
}
