/** Instruments the source files with all mutants at once. An environment variable activates one of them. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInstrumenter } from '@stryker-mutator/instrumenter';
import { createInjector } from 'typed-inject';

/** Environment variable that holds the id of the active mutant. */
export const activeMutant = '__STRYKER_ACTIVE_MUTANT__';

const no = () => false;
const ignore = () => {};
const logger = {
  isTraceEnabled: no,
  isDebugEnabled: no,
  isInfoEnabled: no,
  isWarnEnabled: () => true,
  isErrorEnabled: () => true,
  isFatalEnabled: () => true,
  trace: ignore,
  debug: ignore,
  info: ignore,
  warn: console.warn,
  error: console.error,
  fatal: console.error,
};

/**
 * Instruments source files in place.
 * @param {string} root the checkout that is changed
 * @param {string[]} files paths below it
 * @returns {Promise<Mutant[]>} all mutants
 *
 * @typedef {object} Mutant
 * @property {string} id
 * @property {string} file path below the checkout
 * @property {string} mutator name of the kind of change, as StrykerJS calls it
 * @property {number} line of the original, from 1
 * @property {number} start offset of the replaced code in the original
 * @property {number} end
 * @property {string} original
 * @property {string} replacement
 */
export async function instrument(root, files) {
  const texts = new Map(files.map(file => [join(root, file), readFileSync(join(root, file), 'utf8')]));
  const instrumenter = createInjector().provideValue('logger', logger).injectFunction(createInstrumenter);
  const result = await instrumenter.instrument(
    [...texts].map(([name, content]) => ({ name, content, mutate: true })),
    { plugins: [], excludedMutations: [], ignorers: [] },
  );
  for (const { name, content } of result.files) {
    mkdirSync(join(name, '..'), { recursive: true });
    writeFileSync(name, `// @ts-nocheck\n${content}`);
  }
  return result.mutants.map(({ id, fileName, mutatorName, location, replacement }) => {
    const text = texts.get(fileName);
    const start = offsetOf(text, location.start);
    const end = offsetOf(text, location.end);
    return {
      id,
      file: fileName.slice(root.length + 1),
      mutator: mutatorName,
      line: location.start.line + 1,
      start,
      end,
      original: text.slice(start, end),
      replacement,
    };
  });
}

/**
 * Converts a place to an offset in a text.
 * @param {{ line: number; column: number }} place both from 0
 */
function offsetOf(text, { line, column }) {
  let start = 0;
  for (let i = 0; i < line; i++) start = text.indexOf('\n', start) + 1;
  return start + column;
}
