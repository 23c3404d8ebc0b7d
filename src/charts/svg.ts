/**
 * Building blocks of drawings. A plot fills the available width: horizontal positions are in per cent and
 * vertical positions in pixels, so text and lines have the same size on every screen.
 */
import type { Element, ElementContent } from 'hast';
import { h, s } from 'hastscript';
import { lineHeight, textWidth } from './text.ts';

/** Width of a drawing on the narrowest screen, in CSS pixels. That screen is 320 pixels wide. */
export const narrowest = 288;
/** Minimum width of a drawing, in CSS pixels, when `.chart-wide` is shown (styles/chart.css). */
export const wideFrom = 480;

/**
 * Direction of a drawing. Positions go from 0 at its start to 100 at its end, on pages of either direction.
 */
export interface Side {
  /** Formats a position as an attribute value. */
  at: (percent: number) => string;
  /** Formats the left edge and the width of a rectangle as attribute values. */
  span: (from: number, to: number) => { x: string; width: string };
  /** Converts an offset towards the end of the drawing to an offset to the right. Both are in CSS pixels. */
  shift: (pixels: number) => number;
  /** Direction of the drawing, if it differs from the page's direction. */
  dir: 'ltr' | undefined;
  /** Wraps text in the page's language in bidi isolates if the drawing has another direction. */
  words: (text: string) => string;
}

const percent = (value: number): string => `${Math.round(value * 100) / 100}%`;

/** Direction of bar charts of categories, whose bars grow in the reading direction of the page. */
export function readingSide(dir: 'ltr' | 'rtl'): Side {
  const isMirrored = dir === 'rtl';
  const turn = (value: number) => (isMirrored ? 100 - value : value);
  return {
    at: value => percent(turn(value)),
    span(from, to) {
      const [low, high] = [Math.min(turn(from), turn(to)), Math.max(turn(from), turn(to))];
      return { x: percent(low), width: percent(high - low) };
    },
    shift: pixels => (isMirrored ? -pixels : pixels),
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

/** Creates a drawing that fills the remaining width. @param height CSS pixels */
export const plot = (height: number, children: ElementContent[]): Element =>
  s('svg', { className: ['chart-plot'], width: '100%', height: Math.round(height) }, children);

/**
 * Creates a fixed-width drawing beside a plot. Without children, it leaves room for labels that extend beyond
 * the plot. Sizes are in CSS pixels.
 */
export const beside = (width: number, height: number, children: ElementContent[] = []): Element =>
  s('svg', { className: ['chart-side'], width: Math.ceil(width), height: Math.round(height) }, children);

/** Puts drawings side by side. */
export const strip = (children: ElementContent[], { dir }: Side): Element =>
  h('div', { className: ['chart-strip'], ...(dir && { dir }) }, children);

export type Anchor = 'start' | 'middle' | 'end';

interface LabelPlace {
  x: string | number;
  y: number;
  dx?: number;
  anchor?: Anchor;
  className?: string;
}

/** Creates a line of text. */
export function label(text: string, { x, y, dx, anchor, className }: LabelPlace, side: Side): Element {
  return s(
    'text',
    {
      x,
      y: round(y),
      ...(dx ? { dx } : {}),
      ...(anchor && anchor !== 'start' ? { textAnchor: anchor } : {}),
      ...(className && { className: [className] }),
    },
    side.words(text),
  );
}

/** Creates several lines of text. @param at position of the first line */
export const labels = (lines: readonly string[], at: LabelPlace, side: Side): Element[] =>
  lines.map((line, index) => label(line, { ...at, y: at.y + index * lineHeight }, side));

/** Width of the widest text plus a gap, in CSS pixels. */
export const roomFor = (texts: readonly string[]): number => Math.max(0, ...texts.map(textWidth)) + 8;

/** Class that gives a series its colour. */
export const colour = (series: number): string => `chart-c${series + 1}`;

/** Creates the colour key, unless there is only one series. */
export function key(names: readonly string[]): Element[] {
  if (names.length < 2) return [];
  return [
    h(
      'ul',
      { className: ['chart-key'] },
      names.map((name, index) =>
        h('li', [
          s('svg', { className: ['chart-swatch'], width: 12, height: 12 }, [
            s('rect', { className: ['chart-fill', colour(index)], width: 12, height: 12 }),
          ]),
          h('span', name),
        ]),
      ),
    ),
  ];
}
