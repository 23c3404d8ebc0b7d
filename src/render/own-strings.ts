/** Checks the strings of a site for names and placeholders that no template uses. */
import { createDiagnostic, type Diagnostic, type Place } from '../base/diagnostics.ts';
import { isLanguageTag, suggestLanguage } from '../base/languages.ts';
import { suggest } from '../base/suggestions.ts';

const stringsName = /^(?:\(package\)\/)?strings\/([\w-]+)\.ya?ml$/;

/** Language of a file of strings; undefined if the name is not one that Broadsheet reads. */
export function languageOf(name: string): string | undefined {
  const lang = stringsName.exec(name)?.[1];
  return lang !== undefined && isLanguageTag(lang) ? lang : undefined;
}

/** The name that a file of strings should have: `strings/en.yaml` for `strings/english.yaml`. */
export function meantStrings(name: string): string | undefined {
  const lang = stringsName.exec(name)?.[1];
  const meant = lang === undefined ? undefined : suggestLanguage(lang);
  return meant === undefined ? undefined : `strings/${meant}.yaml`;
}

/** A string or a placeholder in a file. */
interface Found {
  key: string;
  name: string;
  place: Place;
}

/** Lists the top-level keys of a file of strings, and the placeholders in their values. */
function readFile(text: string): { keys: Found[]; placeholders: Found[] } {
  const keys: Found[] = [];
  const placeholders: Found[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const key = /^([\w-]+):/.exec(line)?.[1];
    if (key !== undefined) keys.push({ key, name: key, place: { line: index + 1, column: 1 } });
    const owner = keys.at(-1)?.key;
    if (owner === undefined || /^\s*#/.test(line)) continue;
    for (const match of line.matchAll(/\{\w+\}/g))
      placeholders.push({ key: owner, name: match[0], place: { line: index + 1, column: match.index + 1 } });
  }
  return { keys, placeholders };
}

/** Minimum length of a name that is compared with others. Shorter names resemble too many. */
const shortest = 4;

/** Finds strings that resemble those of a template, and placeholders without a value. */
export function checkOwnStrings({
  files,
  own,
}: {
  files: ReadonlyMap<string, string>;
  own: readonly string[];
}): Diagnostic[] {
  const ownStrings = own.filter(name => languageOf(name) !== undefined);
  if (ownStrings.length === 0) return [];
  const isOwn = new Set(own);
  const shipped = [...files].filter(([name]) => stringsName.test(name) && !isOwn.has(name));
  const known = new Map<string, Set<string>>();
  for (const [, text] of shipped) {
    const { keys, placeholders } = readFile(text);
    for (const { key } of keys) known.set(key, known.get(key) ?? new Set());
    for (const { key, name } of placeholders) known.get(key)?.add(name);
  }
  const templates = own.filter(name => name.endsWith('.html')).map(name => files.get(name) ?? '');
  const isUsed = (key: string) => templates.some(text => text.includes(key));
  return ownStrings.flatMap(name => {
    const file = `templates/${name}`;
    const { keys, placeholders } = readFile(files.get(name) ?? '');
    const unknown = keys.flatMap(({ key, place }) => {
      if (key.length < shortest || known.has(key) || isUsed(key)) return [];
      const suggestion = suggest(key, [...known.keys()]);
      if (!('nearest' in suggestion)) return [];
      const data = { name: key, nearest: suggestion.nearest };
      return [createDiagnostic(file, 'warning', 'strings-unknown-key/label', place, data)];
    });
    const empty = placeholders.flatMap(({ key, name: written, place }) => {
      const own = known.get(key);
      if (!own || own.has(written) || isUsed(key)) return [];
      const data = { name: key, written, known: [...own].sort() };
      return [createDiagnostic(file, 'warning', 'strings-value/placeholder', place, data)];
    });
    return [...unknown, ...empty];
  });
}
