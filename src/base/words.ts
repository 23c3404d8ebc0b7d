/** Removes invisible characters that word processors leave in text. */

/** Soft hyphens, zero-width spaces and byte order marks. Persian and Hindi need the joiners U+200C and U+200D. */
const invisible = /[\u00ad\u200b\ufeff]/g;

/** Removes soft hyphens and zero-width spaces, and replaces non-breaking spaces with ordinary ones. */
export function plainWords(text: string): string {
  return text.replace(invisible, '').replaceAll('\u00a0', ' ');
}
