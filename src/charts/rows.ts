/**
 * Charts of categories, one row per category. The name is ordinary page text, so it wraps; the marks are
 * beside or below it.
 */
import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import type { ChartFigure } from '../article/model.ts';
import type { Paint } from './paint.ts';
import { beside, label, plot, roomFor, type Side, sizes, strip, upright } from './svg.ts';
import { lineHeight, textWidth, wrapText } from './text.ts';

export interface Row {
  name: string;
  /** Whether `highlight` leaves the row in grey. */
  isMuted: boolean;
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
    ...rows.map(({ name, isMuted, marks }) =>
      h('div', { className: ['chart-row'] }, [
        h('span', { className: ['chart-name', ...(isMuted ? ['chart-name-muted'] : [])] }, name),
        strip(marks, side),
      ]),
    ),
    ...furniture(foot),
  ]);
}

/** Gap of `.chart-rows` in templates/styles/chart.css, in units. */
const rowGap = 12;

/**
 * Draws a line through a row. On wide screens, where names are beside the rows, it also crosses the gaps
 * between rows.
 */
export const lineThrough = (className: string, x: string, height: number): Element[] => [
  upright([className, 'chart-narrow', 'chart-tiny'], x, 0, height),
  upright([className, 'chart-wide'], x, -rowGap / 2, height + rowGap / 2),
];

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
 * @returns undefined if there are none; `height` is in units
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

/** Whether `highlight` leaves a whole row in grey. */
export const isMutedRow = (paint: Paint, x: string, series: readonly unknown[]): boolean =>
  paint.hasRows && series.every((_, index) => paint.isMutedValue(x, index));

/** Largest room beside a plot for the labels of its marks: a quarter of the narrow drawing. */
const roomLimit = sizes.narrow / 4;

/**
 * Lays out the labels at the ends of marks that grow from zero.
 * @param texts labels of negative values, and of the others
 * @returns a function that puts a plot between the rooms for the labels; undefined if a label would take more than
 * a quarter of the drawing
 */
export function roomsFor(texts: {
  negative: readonly string[];
  other: readonly string[];
}): ((children: Element[], height: number) => Element[]) | undefined {
  if ([...texts.negative, ...texts.other].some(text => textWidth(text) > roomLimit)) return undefined;
  const before = texts.negative.length > 0 ? roomFor(texts.negative) : 0;
  const after = roomFor(texts.other);
  return (children, height) => [
    ...(before > 0 ? [beside(before, height)] : []),
    plot(height, children),
    beside(after, height),
  ];
}
