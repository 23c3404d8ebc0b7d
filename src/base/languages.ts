/** Validates language tags (BCP 47), and finds a language's name, script and direction. */

/**
 * Whether a text is the tag of a known language: one for which CLDR has a likely script, in Node's own data. A code of
 * three letters is rejected if the language has one of two letters, because `eng` would be a language besides `en`.
 */
export function isLanguageTag(tag: string): boolean {
  const written = /^(?!und(?:-|$))([a-z]{2,3})(?:-|$)/i.exec(tag)?.[1];
  try {
    const { language } = new Intl.Locale(written === undefined ? '' : tag);
    return language.length >= written!.length && scriptOf(language) !== '' && !hasFormerRegion(tag);
  } catch {
    return false;
  }
}

/** Whether the region of a tag has another code now, such as `UK`. */
function hasFormerRegion(tag: string): boolean {
  const written = /^[a-z]{2,3}(?:-[a-z]{4})?-([a-z]{2})(?:-|$)/i.exec(tag)?.[1];
  return written !== undefined && new Intl.Locale(tag).region !== written.toUpperCase();
}

/**
 * Finds the tag that was probably meant by a text that is not one: a longer code (`eng`), the beginning of a
 * language's name (`sp`, `deutsch`), a country (`jp`), or a tag with a wrong separator or region (`en_GB`, `en-UK`).
 */
export function suggestLanguage(text: string): string | undefined {
  const word = /^\p{L}+/u.exec(text)?.[0].toLowerCase() ?? '';
  if (word.length < 2 || word.length > 20) return undefined;
  const corrected = correctedTag(text);
  if (corrected !== undefined) return corrected;
  if (/^[a-z]{3}$/.test(word)) {
    const { language } = new Intl.Locale(word);
    if (language.length === 2) return language;
  }
  const english = new Intl.DisplayNames('en', { type: 'language' });
  const named = twoLetterCodes()
    .filter(isLanguageTag)
    .map(code => ({ code, names: [english.of(code)!, languageName(code)].map(name => name.toLowerCase()) }));
  const exact = named.find(({ names }) => names.includes(word));
  if (exact) return exact.code;
  const [first, ...others] = named.filter(({ names }) => names.some(name => name.startsWith(word)));
  if (first && others.length === 0) return first.code;
  const countries = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const isCountry = /^[a-z]{2}$/.test(word) && countries.of(word.toUpperCase()) !== undefined;
  return isCountry ? new Intl.Locale(`und-${word}`).maximize().language : undefined;
}

/** Corrects the separator and the region of a tag: `en_GB` and `en-UK` become `en-GB`. */
function correctedTag(text: string): string | undefined {
  if (!/^[a-z]{2}[_-]\w{2,}/i.test(text)) return undefined;
  try {
    const tag = new Intl.Locale(text.replace(/[.@].*$/, '').replaceAll('_', '-')).toString();
    return isLanguageTag(tag) ? tag : undefined;
  } catch {
    return undefined;
  }
}

function twoLetterCodes(): string[] {
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  return letters.flatMap(first => letters.map(second => first + second));
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
