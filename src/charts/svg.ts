/**
 * Building blocks of drawings. A plot fills the available width: horizontal positions are in per cent, vertical ones in pixels,
 * so text and lines keep their size on every screen.
 */
import type { Element, ElementContent } from 'hast';
import { h, s } from 'hastscript';
import { lineHeight, textWidth } from './text.ts';

/** Least width of a drawing, on a screen of 320 CSS pixels. CSS pixels. */
export const narrowest = 288;
/** Least width of a drawing where `.chart-wide` is shown (styles/chart.css). CSS pixels. */
export const wideFrom = 480;

/** Direction of a drawing. Positions go from 0 at its start to 100, on pages of either direction. */
export interface Side {
  /** Returns a position as an attribute's value. */
  at: (percent: number) => string;
  /** Returns a rectangle's left edge and width. */
  span: (from: number, to: number) => { x: string; width: string };
  /** Returns an offset towards the end, in pixels. */
  shift: (pixels: number) => number;
  /** Direction of the drawing if it differs from the page's. */
  dir: 'ltr' | undefined;
  /** Wraps text of the page's language in bidi isolates if the drawing has another direction. */
  words: (text: string) => string;
}

const percent = (value: number): string => `${Math.round(value * 100) / 100}%`;

/** Returns the direction of charts of categories, whose bars grow in reading direction. */
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
 * Returns the direction of charts over an axis. Axes of time and numbers run from left to right in every language, as in schoolbooks and most
 * newspapers in Hebrew and Arabic (https://gorelik.net/tag/rtl/, https://mapmeld.medium.com/charts-when-you-read-right-to-left-614f0a2cf54d).
 * Text keeps the direction of the page.
 */
export function axisSide(dir: 'ltr' | 'rtl'): Side {
  const side = readingSide('ltr');
  // A right-to-left isolate (UAX #9).
  return dir === 'ltr' ? side : { ...side, dir: 'ltr', words: text => `\u2067${text}\u2069` };
}

/** Rounds to two decimals. */
export const round = (value: number): number => Math.round(value * 100) / 100;

/** Creates a drawing that fills the remaining width. @param height CSS pixels */
export const plot = (height: number, children: ElementContent[]): Element =>
  s('svg', { className: ['chart-plot'], width: '100%', height: Math.round(height) }, children);

/** Creates a drawing of a fixed width beside a plot. Without children, it leaves room for labels that extend beyond the plot. CSS pixels. */
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

/** Returns the width of the widest text and a space before it, in CSS pixels. */
export const roomFor = (texts: readonly string[]): number => Math.max(0, ...texts.map(textWidth)) + 8;

/** Returns the class that gives a series its colour. */
export const colour = (series: number): string => `chart-c${series + 1}`;

/** Creates the key of colours. A single series needs none. */
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
