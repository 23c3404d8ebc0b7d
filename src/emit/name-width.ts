/** Width of the publication's name, from which the style sheet calculates the largest size that fits on one line. */

/** Widths of characters in em, in a serif typeface for headlines. The first class that contains a character counts. */
const classes: [characters: RegExp, width: number][] = [
  [/[\u0300-\u036f\u0591-\u05c7\u064b-\u065f]/, 0],
  [/[ iljtfr.,:;'’!|()[\]]/, 0.32],
  [/[mwMW@%&]/, 0.9],
  [/[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]/, 1],
  [/\p{Lu}/u, 0.72],
];
const usualWidth = 0.53;

/** Estimates the width of a name in em. The estimate is rather too wide than too narrow. */
export function nameWidth(name: string): number {
  const sum = [...name].reduce(
    (width, character) =>
      width + (classes.find(([characters]) => characters.test(character))?.[1] ?? usualWidth),
    0,
  );
  return Math.round(Math.max(1, sum) * 100) / 100;
}
