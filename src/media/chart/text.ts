/** How wide text will be. Nothing measures it at build, so it is estimated, rather too wide than too narrow. */

/** Of all letters in a drawing, CSS pixels; `--chart-text` in templates/styles/chart.css. */
export const textSize = 13;
export const lineHeight = 16;

const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}]/u;

function em(character: string): number {
  if (wide.test(character)) return 1;
  if (/[mwMW@%]/.test(character)) return 0.9;
  if (/[ilj.,:;|!' ]/.test(character)) return 0.32;
  if (/\p{Lu}/u.test(character)) return 0.74;
  return /\p{Nd}/u.test(character) ? 0.65 : 0.61;
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
