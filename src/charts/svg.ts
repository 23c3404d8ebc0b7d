/**
 * The parts that drawings are put together from. A plot is as wide as its place: what lies along its width is told in per cent,
 * what lies along its height in pixels, so that letters and lines keep their size on every screen.
 */
import type { Element, ElementContent } from 'hast';
import { h, s } from 'hastscript';
import { lineHeight, textWidth } from './text.ts';

/** CSS pixels that a drawing has at least: on a screen of 320, and where `.chart-wide` is shown (styles/chart.css). */
export const narrowest = 288;
export const wideFrom = 480;

/** Which way a drawing runs: positions from 0 to 100 where it begins, on a page of either direction. */
export interface Side {
  /** A position as the attribute of an element. */
  at: (percent: number) => string;
  /** A rectangle's beginning and width. */
  span: (from: number, to: number) => { x: string; width: string };
  /** Pixels towards the end. */
  shift: (pixels: number) => number;
  /** Of the drawing, where it is not the page's. */
  dir: 'ltr' | undefined;
  /** Words of the page's language as the drawing writes them. */
  words: (text: string) => string;
}

const percent = (value: number): string => `${Math.round(value * 100) / 100}%`;

/** Bars grow from where the reader begins. */
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
 * Axes of time and of numbers run from left to right in every language: schoolbooks and most papers in Hebrew and Arabic have them so
 * (https://gorelik.net/tag/rtl/, https://mapmeld.medium.com/charts-when-you-read-right-to-left-614f0a2cf54d). Their words keep their own direction.
 */
export function axisSide(dir: 'ltr' | 'rtl'): Side {
  const side = readingSide('ltr');
  // RIGHT-TO-LEFT ISOLATE and its end (UAX #9).
  return dir === 'ltr' ? side : { ...side, dir: 'ltr', words: text => `\u2067${text}\u2069` };
}

export const round = (value: number): number => Math.round(value * 100) / 100;

/** A drawing that takes the width that is left. */
export const plot = (height: number, children: ElementContent[]): Element =>
  s('svg', { className: ['chart-plot'], width: '100%', height: Math.round(height) }, children);

/** A drawing of a fixed width beside it; empty, it is room for what reaches over the edge. */
export const beside = (width: number, height: number, children: ElementContent[] = []): Element =>
  s('svg', { className: ['chart-side'], width: Math.ceil(width), height: Math.round(height) }, children);

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

/** Lines of text below each other. */
export const labels = (lines: readonly string[], at: LabelPlace, side: Side): Element[] =>
  lines.map((line, index) => label(line, { ...at, y: at.y + index * lineHeight }, side));

/** The widest of them, with a space before it. */
export const roomFor = (texts: readonly string[]): number => Math.max(0, ...texts.map(textWidth)) + 8;

export const colour = (series: number): string => `chart-c${series + 1}`;

/** What the colours mean; a chart of one series needs none. */
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
