/**
 * Charts of categories, one row per category. The name is ordinary page text, so it wraps; the marks are
 * beside or below it.
 */
import type { Element, ElementContent } from 'hast';
import { h, s } from 'hastscript';
import type { ChartFigure } from '../article/model.ts';
import { label, type Side, strip } from './svg.ts';
import { lineHeight, wrapText } from './text.ts';

export interface Row {
  name: string;
  marks: ElementContent[];
}

/**
 * Draws the rows of a chart.
 * @param head elements above all rows, in the column of the marks
 * @param foot elements below all rows, in the same column
 */
export function drawRows(
  rows: readonly Row[],
  head: ElementContent[],
  foot: ElementContent[],
  side: Side,
): Element {
  const furniture = (children: ElementContent[]) =>
    children.length > 0
      ? [h('div', { className: ['chart-row', 'chart-row-axis'] }, [strip(children, side)])]
      : [];
  return h('div', { className: ['chart-rows'] }, [
    ...furniture(head),
    ...rows.map(({ name, marks }) =>
      h('div', { className: ['chart-row'] }, [
        h('span', { className: ['chart-name'] }, name),
        strip(marks, side),
      ]),
    ),
    ...furniture(foot),
  ]);
}

/** Gap of `.chart-rows` in templates/styles/chart.css, in CSS pixels. */
const rowGap = 12;

/**
 * Draws a line through a row. On wide screens, where names are beside the rows, it also crosses the gaps
 * between rows.
 */
export function lineThrough(className: string, x: string, height: number): Element[] {
  const line = (shown: string, beyond: number) =>
    s('line', { className: [className, shown], x1: x, x2: x, y1: -beyond, y2: height + beyond });
  return [line('chart-narrow', 0), line('chart-wide', rowGap / 2)];
}

/** Draws the part of each value annotation's line that crosses one row. */
export const valueLines = (
  { annotations }: ChartFigure,
  at: (value: number) => number,
  side: Side,
  height: number,
): Element[] =>
  annotations.flatMap(annotation =>
    'y' in annotation ? lineThrough('chart-mark-line', side.at(at(annotation.y)), height) : [],
  );

/**
 * Draws the texts of annotations at values.
 * @returns undefined if there are none; `height` is in CSS pixels
 */
export function valueWords(
  { annotations }: ChartFigure,
  at: (value: number) => number,
  side: Side,
): { height: number; children: Element[] } | undefined {
  const words = annotations.flatMap(annotation =>
    'y' in annotation ? [{ at: at(annotation.y), lines: wrapText(annotation.text, 130) }] : [],
  );
  if (words.length === 0) return undefined;
  let y = 0;
  const children = words.flatMap(({ at, lines }) => {
    const anchor = at > 50 ? 'end' : 'start';
    const own = lines.map((line, index) =>
      label(
        line,
        {
          x: side.at(at),
          y: y + 12 + index * lineHeight,
          dx: side.shift(anchor === 'end' ? 3 : -3),
          anchor,
          className: 'chart-words',
        },
        side,
      ),
    );
    y += lines.length * lineHeight;
    return own;
  });
  return { height: y + 2, children };
}

/** Name of a row, followed by its annotations in parentheses. @param shown the formatted name */
export function nameOf(figure: ChartFigure, x: string, shown: string): string {
  const notes = figure.annotations.flatMap(annotation =>
    'x' in annotation && annotation.x === x ? [annotation.text] : [],
  );
  return notes.length > 0 ? `${shown} (${notes.join('; ')})` : shown;
}
