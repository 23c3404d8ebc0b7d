/** Explains commas within values of maps in braces: `{name: Sport, Leisure}` has a key `Leisure` without a value. */
import type { YAMLMap } from 'yaml';
import { quote, shorten, shownLength, type YamlMistake } from './yaml-mistakes.ts';

const thousands = /^[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;

/** Number of mistakes to explain in one map. */
const explainedLimit = 20;

interface Ranged {
  range?: [number, number, number] | null;
}
interface Entry {
  key: { value: unknown } & Ranged;
  value: Ranged | null;
}

/**
 * Finds the keys without a colon in a map in braces.
 * @param isData whether numbers are data, so that they need no separators of thousands
 */
export function explainCommas({ items, flow }: YAMLMap, yaml: string, isData: boolean): YamlMistake[] {
  const mistakes: YamlMistake[] = [];
  if (!flow) return mistakes;
  const entries = items as unknown as Entry[];
  for (const [index, { key, value }] of entries.entries()) {
    const previous = entries[index - 1];
    if (mistakes.length >= explainedLimit) break;
    if (value !== null || !key.range || (previous && previous.value === null)) continue;
    const name = String(key.value);
    const start = previous?.value?.range?.[0];
    if (!previous?.key.range || start === undefined || yaml.includes(`${name}:`)) {
      mistakes.push({ ending: 'yaml/no-value', offset: key.range[0], data: { key: name } });
      continue;
    }
    const after = entries.slice(index);
    const next = after.findIndex(one => one.value !== null);
    const last = after[(next < 0 ? after.length : next) - 1]!;
    const written = yaml.slice(start, last.key.range?.[1]).replace(/\s+/g, ' ').trim();
    const owner = `${yaml.slice(previous.key.range[0], previous.key.range[1])}:`;
    const fixed =
      isData && thousands.test(written)
        ? written.replaceAll(',', '')
        : quote(shorten(written, shownLength - owner.length));
    mistakes.push({ ending: 'yaml/comma', offset: start, data: { line: `${owner} ${fixed}` } });
  }
  return mistakes;
}
