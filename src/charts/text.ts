/**
 * Estimates the width of text, because a build cannot measure it. The estimates are generous, so that text fits
 * in every usual font. Widths are in units (svg.ts).
 */

/** Font size of all text in a drawing, in units. */
export const textSize = 13;
/** Height of a line of text, in units. */
export const lineHeight = 16;

/** Width of text in weight 600, relative to weight 400. */
export const boldFactor = 1.15;

const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}]/u;

/** Width of a character in em, based on DejaVu Sans, the widest of the usual system fonts. */
function em(character: string): number {
  if (/[\p{M}\p{Cf}]/u.test(character)) return 0;
  if (wide.test(character) || /[mMW@%\u2014\u2026]/.test(character)) return 1;
  if (/[\u2070-\u207f\u00b2\u00b3\u00b9]/.test(character)) return 0.46;
  if (/[\p{Sm}w&\u20aa]/u.test(character)) return 0.84;
  if (/[ijlIJ.,:;|!'\u2019\p{Zs}]/u.test(character)) return 0.34;
  if (/[frt()[\]\-/\u00b0\u2013"]/.test(character)) return 0.46;
  if (/[\p{Lu}\u05e7\u05e9]/u.test(character)) return 0.77;
  return 0.65;
}

/** Estimates the width of a line of text. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += em(character);
  return width * textSize;
}

/** Breaks text into lines. A word that is wider than a line gets its own line. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/[^\S\u00a0\u202f]+/)) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(`${last} ${word}`) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Breaks text into lines, and cuts lines that are too wide, and those after the last allowed one. */
export function fitText(text: string, width: number, limit: number): string[] {
  const lines = wrapText(text, width);
  const shown = lines.slice(0, limit);
  const isCut = lines.length > limit;
  return shown.map((line, index) => cutText(isCut && index === limit - 1 ? `${line}…` : line, width));
}

/** Cuts a line of text that is too wide, and ends it with an ellipsis. */
export function cutText(line: string, width: number): string {
  if (textWidth(line) <= width) return line;
  const characters = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(line)].map(
    ({ segment }) => segment,
  );
  while (characters.length > 1 && textWidth(`${characters.join('')}…`) > width) characters.pop();
  return `${characters.join('').replace(/[\s…]+$/, '')}…`;
}
