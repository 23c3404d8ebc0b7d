/**
 * Plain-text fixtures in markdown-it's format: a title, then the input and the output, each ended by a line
 * with a single dot.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface FixtureCase {
  title: string;
  input: string;
  output: string;
}

export function readFixtures(folder: string): { file: string; cases: FixtureCase[] }[] {
  return readdirSync(folder)
    .filter(name => name.endsWith('.txt'))
    .sort()
    .map(name => ({ file: name, cases: readCases(readFileSync(join(folder, name), 'utf8')) }));
}

function readCases(text: string): FixtureCase[] {
  const parts = text.split(/^\.\n/m);
  const cases: FixtureCase[] = [];
  for (let i = 0; i + 2 < parts.length; i += 3) {
    cases.push({ title: parts[i]!.trim(), input: parts[i + 1]!, output: parts[i + 2]!.trimEnd() });
  }
  return cases;
}
