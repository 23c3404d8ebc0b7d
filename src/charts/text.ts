/** How wide text will be. Nothing measures it at build, so it is estimated, rather too wide than too narrow. */

/** Of all letters in a drawing, CSS pixels; `--chart-text` in templates/styles/chart.css. */
export const textSize = 13;
export const lineHeight = 16;

/** Letters of 600 are so much wider. */
export const boldFactor = 1.15;

const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}]/u;

/** By the letters of DejaVu Sans, the widest of the faces that systems have for their furniture. */
function em(character: string): number {
  if (/[\p{M}\p{Cf}]/u.test(character)) return 0;
  if (wide.test(character) || /[mMW@%\u2014\u2026]/.test(character)) return 1;
  if (/[\p{Sm}w&\u20aa]/u.test(character)) return 0.84;
  if (/[ijlIJ.,:;|!'\u2019\p{Zs}]/u.test(character)) return 0.34;
  if (/[frt()[\]\-/\u00b0\u2013"]/.test(character)) return 0.46;
  if (/[\p{Lu}\u05e7\u05e9]/u.test(character)) return 0.77;
  return 0.65;
}

/** CSS pixels. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += em(character);
  return width * textSize;
}

/** Lines of words that are each at most so wide; a longer word stands alone. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(`${last} ${word}`) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
