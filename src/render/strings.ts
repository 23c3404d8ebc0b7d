/** User-interface texts in the languages of templates/strings/. */
import * as z from 'zod';
import { type Diagnostic, reportTo } from '../base/diagnostics.ts';
import { readYaml } from '../base/yaml.ts';
import { TemplateFault } from './templates.ts';
import type { Translate } from './views.ts';

type Message = string | Partial<Record<Intl.LDMLPluralRule, string>>;

/** Messages by language, then by key. */
export type Strings = ReadonlyMap<string, Readonly<Record<string, Message>>>;

const plural = z.strictObject({
  zero: z.string().optional(),
  one: z.string().optional(),
  two: z.string().optional(),
  few: z.string().optional(),
  many: z.string().optional(),
  other: z.string(),
});
const stringsSchema = z.record(z.string(), z.union([z.string(), plural]));

/** Label of sponsored stories. Unlike other strings, it cannot be turned off. */
const sponsoredLabel = 'type-sponsored';

/**
 * Reads and checks the files of templates/strings/. Skips invalid files and reports them.
 * @param files texts by path below templates/
 * @param isRead selects languages: `lang` is in lower case, and `name` is the path of its file. By default,
 *   all languages are read.
 */
export function readStrings(
  files: ReadonlyMap<string, string>,
  isRead: (lang: string, name: string) => boolean = () => true,
): {
  strings: Strings;
  diagnostics: Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const strings = new Map<string, Record<string, Message>>();
  for (const [name, text] of files) {
    const lang = /^(?:\(package\)\/)?strings\/([\w-]+)\.ya?ml$/.exec(name)?.[1]?.toLowerCase();
    if (lang === undefined || !isRead(lang, name)) continue;
    const report = reportTo(diagnostics, `templates/${name}`);
    const yaml = readYaml({ text, origin: { line: 1, column: 1 } }, stringsSchema, 'strings', report);
    if (!yaml) continue;
    const value = yaml.value as Record<string, Message>;
    const label = value[sponsoredLabel];
    if (typeof label === 'string' && label.trim() === '')
      report('error', 'strings-label', yaml.placeOf(sponsoredLabel), { name: sponsoredLabel });
    // The package's file comes before the site's, which extends it.
    strings.set(lang, { ...strings.get(lang), ...value });
  }
  return { strings, diagnostics };
}

/**
 * Languages whose texts a language can use, best first: itself, itself without its region, and English. Tags
 * are in lower case.
 */
export function stringsFor(lang: string): string[] {
  const tag = lang.toLowerCase();
  return [tag, tag.split('-')[0]!, 'en'];
}

/**
 * Creates the function that returns a language's texts. English replaces missing languages and missing keys.
 */
export function createTranslate(strings: Strings, lang: string): Translate {
  const [tag, root, fallback] = stringsFor(lang).map(name => strings.get(name));
  const own = tag ?? root;
  const english = fallback ?? {};
  const rules = new Intl.PluralRules(own ? lang : 'en');
  const numbers = new Intl.NumberFormat(lang);
  return (key, values = {}) => {
    const message = own?.[key] ?? english[key];
    if (message === undefined) throw new TemplateFault('template/text', { name: key });
    const text =
      typeof message === 'string'
        ? message
        : (message[rules.select(Number(values.n ?? 0))] ?? message.other ?? '');
    if (!text.includes('{')) return text;
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      return value === undefined ? whole : typeof value === 'number' ? numbers.format(value) : value;
    });
  };
}
