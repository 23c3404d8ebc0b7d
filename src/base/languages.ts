/** Language tags (BCP 47): whether one is valid, and what is known of its language. */

/** Whether a text is a language tag. Only two or three letters are accepted for the language: BCP 47's syntax has longer ones, but none is registered. */
export function isLanguageTag(tag: string): boolean {
  try {
    return /^[a-z]{2,3}(?:-|$)/i.test(tag) && Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/** A language's own name for itself: `עברית` for `he`. */
export function languageName(lang: string): string {
  return new Intl.DisplayNames(lang, { type: 'language' }).of(lang) ?? lang;
}

/** The likely script of a language (ISO 15924): `Latn`, `Hebr`. */
export function scriptOf(lang: string): string {
  return new Intl.Locale(lang).maximize().script ?? '';
}

/** Scripts written from right to left (UAX #24 with Bidi_Class R or AL; ISO 15924 codes). */
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

/** The direction of a language's likely script. `Intl.Locale.textInfo` is not in every Node, and is wrong for Dhivehi in Node 20. */
export function directionOf(lang: string): 'ltr' | 'rtl' {
  return rtlScripts.has(scriptOf(lang)) ? 'rtl' : 'ltr';
}
