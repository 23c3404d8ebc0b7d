/**
 * Estimates how high the columns of the front page are on a desktop, in CSS pixels, so that their number of stories
 * can be chosen before any browser lays them out. The style sheet (front.css) corrects the rest: pictures fill it.
 */
import { textSize, textWidth } from '../charts/text.ts';
import type { Teaser } from './model.ts';

/** Column whose height is estimated. `package` stands for the headlines below the lead. */
type FrontColumn = 'lead' | 'beside' | 'package';

/** Longest headlines that are shown in large and in medium sizes, in characters. */
const headlineLengths = { short: 28, medium: 75 };

/** Length of a headline, which determines its size in large places. */
export function headlineLength({ length }: string): 'short' | 'medium' | 'long' {
  if (length <= headlineLengths.short) return 'short';
  return length <= headlineLengths.medium ? 'medium' : 'long';
}

interface Measures {
  /** Width of the column. */
  width: number;
  headline: { size: number; leading: number };
  standfirst: { size: number; leading: number };
  /** Label, byline and the space around a story. */
  extra: number;
  /** Aspect ratio of the picture: width divided by height. */
  ratio: number;
}

/** Sizes in front.css in a window of 1280 pixels. */
const measures: Record<'lead' | 'beside', Measures> = {
  lead: {
    width: 780,
    headline: { size: 56, leading: 1.04 },
    standfirst: { size: 23, leading: 1.34 },
    extra: 90,
    // A ratio that leaves room for the picture to be higher or lower.
    ratio: 1.8,
  },
  beside: {
    width: 370,
    headline: { size: 24, leading: 1.1 },
    standfirst: { size: 17, leading: 1.42 },
    extra: 80,
    ratio: 1.5,
  },
};

/** Height of the headlines on the lead's subject. */
const packageHeight = 150;

/** Estimated height of a column: its stories and one picture. */
export function columnHeight(column: FrontColumn, stories: readonly Teaser[]): number {
  if (column === 'package') return packageHeight;
  const { width, headline, standfirst, extra, ratio } = measures[column];
  const picture = stories.some(story => story.picture) ? width / ratio : 0;
  return stories.reduce(
    (sum, story) =>
      sum +
      linesOf(story.title, width / headline.size) * headline.size * headline.leading +
      linesOf(story.standfirst ?? '', width / standfirst.size) * standfirst.size * standfirst.leading +
      extra,
    picture,
  );
}

/** Sizes of headlines in rows, by their length. */
const rowHeadlines = { short: 30, medium: 24, long: 21 };

/** Estimated height of a story's words in a row of `count` stories. Long headlines have no standfirst there. */
export function rowHeight({ title, standfirst = '', face }: Teaser, count: number): number {
  // Between the widths in windows of 1024 and 1280 pixels.
  const width = 1080 / count - 30;
  const length = headlineLength(title);
  const size = rowHeadlines[length];
  return (
    linesOf(title, width / size) * size * 1.1 +
    (length === 'long' ? 0 : linesOf(standfirst, width / 17) * 17 * 1.42) +
    (face ? 28 : 0)
  );
}

/** Width of text in the typeface of headlines and standfirsts, relative to that in a drawing. */
const serifFactor = 0.85;

/** Estimated number of lines of a text. @param width width of the lines, in em */
const linesOf = (text: string, width: number): number =>
  Math.ceil(((textWidth(text) / textSize) * serifFactor) / width);
