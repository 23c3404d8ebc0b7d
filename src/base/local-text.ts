/** Texts that a site writes in several languages: `name: {en: Letters, de: Briefe}`. */

/** A text, or its translations by language tag (BCP 47). A text without translations is the same in all languages. */
export type LocalText = string | Readonly<Record<string, string>>;

/**
 * Chooses the translation for readers of `lang`, and returns its tag: the same tag, otherwise the same language (`pt`
 * for `pt-BR`), otherwise the language in which texts without translations are written, otherwise the first one.
 */
export function langOf(text: LocalText, lang: string, usual: string): string {
  if (typeof text === 'string') return usual;
  const tags = Object.keys(text);
  for (const wanted of [lang, usual]) {
    const tag =
      tags.find(tag => sameTag(tag, wanted)) ?? tags.find(tag => languageOf(tag) === languageOf(wanted));
    if (tag !== undefined) return tag;
  }
  return tags[0]!;
}

/** Chooses the translation for readers of `lang` as `langOf` does, and returns its text. */
export const textIn = (text: LocalText, lang: string, usual: string): string =>
  typeof text === 'string' ? text : text[langOf(text, lang, usual)]!;

/** All translations of a text. */
export const textsOf = (text: LocalText): string[] =>
  typeof text === 'string' ? [text] : [...new Set(Object.values(text))];

const sameTag = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
const languageOf = (tag: string): string => tag.toLowerCase().split('-', 1)[0]!;
