/** Width of the publication's name, from which the style sheet calculates the largest size that fits on one line. */
import { textSize, textWidth } from '../charts/text.ts';

/** Width of the typeface of headlines, relative to that of drawings. Rather too wide than too narrow. */
const titleFactor = 0.92;

/** Estimates the width of a name in em. */
export const nameWidth = (name: string): number =>
  Math.round(Math.max(1, (textWidth(name) / textSize) * titleFactor) * 100) / 100;
