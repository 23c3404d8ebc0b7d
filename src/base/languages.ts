/** Validates language tags (BCP 47), and finds a language's name, script and direction. */

/**
 * Whether a text is a language tag. Its language code must have two or three letters, as all registered codes
 * have, although the syntax of BCP 47 allows more.
 */
export function isLanguageTag(tag: string): boolean {
  try {
    return /^[a-z]{2,3}(?:-|$)/i.test(tag) && Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/** Name of a language in that language (`עברית` for `he`), or the tag itself if Node does not know the name. */
export function languageName(lang: string): string {
  return new Intl.DisplayNames(lang, { type: 'language' }).of(lang) ?? lang;
}

/** Likely script of a language (ISO 15924), such as `Latn` or `Hebr`; empty if it is unknown. */
export function scriptOf(lang: string): string {
  return new Intl.Locale(lang).maximize().script ?? '';
}

/** Right-to-left scripts (UAX #24 with Bidi_Class R or AL; ISO 15924 codes). */
const rtlScripts = new Set([
  'Adlm',
  'Arab',
  'Hebr',
  'Mand',
  'Mend',
  'Nkoo',
  'Rohg',
  'Samr',
  'Syrc',
  'Thaa',
  'Yezi',
]);

/**
 * Direction of a language's likely script. `Intl.Locale.textInfo` cannot replace this function: it is missing
 * from some Node versions, and is wrong for Dhivehi in Node 20.
 */
export function directionOf(lang: string): 'ltr' | 'rtl' {
  return rtlScripts.has(scriptOf(lang)) ? 'rtl' : 'ltr';
}
