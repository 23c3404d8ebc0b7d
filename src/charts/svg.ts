/**
 * Building blocks of drawings. A plot fills the available width: horizontal positions are in per cent. All other
 * lengths are in em, so text and lines follow the reader's text size.
 *
 * The code counts these lengths in units: 1/13 of the font size, or a CSS pixel at the usual text size.
 */
import type { Element, ElementContent } from 'hast';
import { h, s } from 'hastscript';
import { lineHeight, textSize, textWidth } from './text.ts';

/**
 * Sizes of a drawing, whose minimum widths are in units. Parts that depend on the width exist once per size, and
 * templates/styles/chart.css shows one of them.
 */
export const sizes = {
  /** A screen of 320 pixels with text twice as large. */
  tiny: 128,
  /** A screen of 320 pixels. */
  narrow: 288,
  /** Wide enough for names beside a plot. */
  wide: 480,
} as const;
export type Size = keyof typeof sizes;
/** A width in units for each size. */
export type Widths = Record<Size, number>;

/** Computes the width of the plot for each size. @param taken width of the labels beside it, in units */
export const widthsWithout = (taken: Widths | number): Widths => {
  const of = (size: Size) => sizes[size] - (typeof taken === 'number' ? taken : taken[size]);
  return { tiny: of('tiny'), narrow: of('narrow'), wide: of('wide') };
};

/** Classes that show an element only in these sizes. */
export const shownIn = (...shown: Size[]): string[] =>
  shown.length === 3 ? [] : shown.map(size => `chart-${size}`);

/**
 * Direction of a drawing. Positions go from 0 at its start to 100 at its end, on pages of either direction.
 */
export interface Side {
  /** Formats a position as an attribute value. */
  at: (percent: number) => string;
  /** Formats the left edge and the width of a rectangle as attribute values. */
  span: (from: number, to: number) => { x: string; width: string };
  /** Converts an offset towards the end of the drawing to an offset to the right. Both are in units. */
  shift: (units: number) => number;
  /** Direction of the drawing, if it differs from the page's direction. */
  dir: 'ltr' | undefined;
  /** Wraps text in the page's language in bidi isolates if the drawing has another direction. */
  words: (text: string) => string;
}

const percent = (value: number): string => `${Math.round(value * 100) / 100}%`;

/** Direction of charts with a row per category, which grow in the reading direction of the page. */
export function readingSide(dir: 'ltr' | 'rtl'): Side {
  const isMirrored = dir === 'rtl';
  const turn = (value: number) => (isMirrored ? 100 - value : value);
  return {
    at: value => percent(turn(value)),
    span(from, to) {
      const [low, high] = [Math.min(turn(from), turn(to)), Math.max(turn(from), turn(to))];
      return { x: percent(low), width: percent(high - low) };
    },
    shift: units => (isMirrored ? -units : units),
    dir: undefined,
    words: text => text,
  };
}

/**
 * Direction of charts over an axis. Axes of time and numbers run from left to right in every language, as in
 * textbooks and most newspapers in Hebrew and Arabic (https://gorelik.net/tag/rtl/,
 * https://mapmeld.medium.com/charts-when-you-read-right-to-left-614f0a2cf54d). Text keeps the page's
 * direction.
 */
export function axisSide(dir: 'ltr' | 'rtl'): Side {
  const side = readingSide('ltr');
  // U+2067 and U+2069 form a right-to-left isolate (UAX #9).
  return dir === 'ltr' ? side : { ...side, dir: 'ltr', words: text => `\u2067${text}\u2069` };
}

/** Rounds to two decimals. */
export const round = (value: number): number => Math.round(value * 100) / 100;

/** Formats a length in units as an attribute value. */
export const em = (units: number): string => {
  const value = Math.round((units / textSize) * 1000) / 1000;
  return value === 0 ? '0' : `${value}em`;
};

/** Creates a drawing that fills the remaining width. @param height units */
export const plot = (height: number, children: ElementContent[]): Element =>
  s('svg', { className: ['chart-plot'], width: '100%', height: em(height) }, children);

/**
 * Creates a fixed-width drawing beside a plot. Without children, it leaves room for labels that extend beyond
 * the plot. The width and the height are in units.
 */
export const beside = (
  width: number,
  height: number,
  children: ElementContent[] = [],
  shown: readonly Size[] = ['tiny', 'narrow', 'wide'],
): Element =>
  s(
    'svg',
    { className: ['chart-side', ...shownIn(...shown)], width: em(Math.ceil(width)), height: em(height) },
    children,
  );

/** Puts drawings side by side. */
export const strip = (children: ElementContent[], { dir }: Side): Element =>
  h('div', { className: ['chart-strip'], ...(dir && { dir }) }, children);

/** Creates a horizontal line across a plot. @param y units */
export const across = (className: string, y: number): Element =>
  s('line', { className: [className], x1: '0%', x2: '100%', y1: em(y), y2: em(y) });

/** Creates a vertical line. @param x attribute value @param from start and end, in units */
export const upright = (classNames: string[], x: string, from: number, to: number): Element =>
  s('line', { className: classNames, x1: x, x2: x, y1: em(from), y2: em(to) });

/** Creates a dot. @param x attribute value @param y units */
export const dot = (classNames: string[], x: string, y: number, radius: number): Element =>
  s('circle', { className: ['chart-fill', ...classNames], cx: x, cy: em(y), r: em(radius) });

export type Anchor = 'start' | 'middle' | 'end';

interface LabelPlace {
  /** An attribute value, or units. */
  x: string | number;
  /** Baseline, in units. */
  y: number;
  /** Offset to the right, in units. */
  dx?: number;
  anchor?: Anchor;
  /** Class names, separated by spaces. */
  className?: string;
}

/** Creates a line of text. */
export function label(text: string, { x, y, dx, anchor, className }: LabelPlace, side: Side): Element {
  return s(
    'text',
    {
      x: typeof x === 'number' ? em(x) : x,
      y: em(y),
      ...(dx ? { dx: em(dx) } : {}),
      ...(anchor && anchor !== 'start' ? { textAnchor: anchor } : {}),
      ...(className && { className: className.split(' ') }),
    },
    side.words(text),
  );
}

/** Creates several lines of text. @param at position of the first line */
export const labels = (lines: readonly string[], at: LabelPlace, side: Side): Element[] =>
  lines.map((line, index) => label(line, { ...at, y: at.y + index * lineHeight }, side));

/** Width of the widest text plus a gap, in units. */
export const roomFor = (texts: readonly string[]): number => Math.max(0, ...texts.map(textWidth)) + 8;

/**
 * Creates a list of colours with their names, unless it has only one.
 * @param entries names, and the class that gives each its colour
 */
export function key(
  entries: readonly { name: string; colour: string }[],
  shown: readonly Size[] = ['tiny', 'narrow', 'wide'],
): Element[] {
  if (entries.length < 2 || shown.length === 0) return [];
  return [
    h(
      'ul',
      { className: ['chart-key', ...shownIn(...shown)] },
      entries.map(({ name, colour }) =>
        h('li', [
          s('svg', { className: ['chart-swatch'], width: em(12), height: em(12) }, [
            s('rect', { className: ['chart-fill', colour], width: em(12), height: em(12) }),
          ]),
          h('span', name),
        ]),
      ),
    ),
  ];
}
