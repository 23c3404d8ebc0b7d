/** Line charts over dates, numbers or ordered categories. A line has a gap at each missing value. */
import type { Element } from 'hast';
import { s } from 'hastscript';
import type { ChartFigure } from '../article/model.ts';
import { sortedRows } from './axis.ts';
import { d3 } from './d3.ts';
import type { EndLabel } from './ends.ts';
import { type ChartFormats, valuesOf } from './format.ts';
import { drawFrame, shapeWidth } from './frame.ts';
import type { Frame } from './geometry.ts';
import type { Covers } from './notes.ts';
import { type Paint, paintOf } from './paint.ts';
import { dot, type Side } from './svg.ts';

/** Maximum number of rows for which every value has a dot. */
const dotLimit = 14;

/** Draws a line chart, with a band for the range of each series that has one. */
export function drawLines(figure: ChartFigure, formats: ChartFormats, side: Side): Element[] {
  const paint = paintOf(figure);
  // Grey lines are below the highlighted ones.
  const order = figure.series
    .map((_, index) => index)
    .sort((a, b) => Number(paint.isMuted(b)) - Number(paint.isMuted(a)));
  return drawFrame({
    figure,
    formats,
    side,
    values: valuesOf(figure),
    fromZero: false,
    padding: 1,
    single: 99,
    shapes: frame => [
      ...order.flatMap(index => bandOf(frame, index, paint.series(index))),
      ...order.map(index =>
        s('path', {
          className: ['chart-stroke', 'chart-line', paint.series(index)],
          d: linePath(frame, index),
        }),
      ),
    ],
    marks: frame => order.flatMap(index => dots(frame, index, paint, side)),
    ends: figure.series.flatMap((_, index) => endOf(figure, formats, index, paint)),
    covers,
  });
}

/** Path of a line, in the coordinates of stretched shapes. */
export function linePath({ rows, x, y }: Pick<Frame, 'rows' | 'x' | 'y'>, series: number): string {
  const path = d3()
    .line<Frame['rows'][number]>()
    .defined(row => row.y[series] !== null)
    .x(row => (x(row.x) / 100) * shapeWidth)
    .y(row => y(row.y[series]!))
    .digits(1);
  return path(rows) ?? '';
}

/** Draws the range of a series as a band around its line. */
function bandOf({ rows, x, y }: Frame, series: number, colour: string): Element[] {
  const band = d3()
    .area<Frame['rows'][number]>()
    .defined(row => row.ranges?.[series] != null)
    .x(row => (x(row.x) / 100) * shapeWidth)
    .y0(row => y(row.ranges![series]![0]))
    .y1(row => y(row.ranges![series]![1]))
    .digits(1);
  const d = band(rows) ?? '';
  return d === '' ? [] : [s('path', { className: ['chart-fill', 'chart-band', colour], d })];
}

/** Draws dots at every value of a short line, and at values between two gaps. */
function dots({ rows, x, y }: Frame, series: number, paint: Paint, side: Side): Element[] {
  const has = (index: number) => rows[index]?.y[series] != null;
  const isMuted = paint.isMuted(series);
  return rows.flatMap((row, index) => {
    const isIsolated = !has(index - 1) && !has(index + 1);
    if (!has(index) || ((rows.length > dotLimit || isMuted) && !isIsolated)) return [];
    const value = row.y[series]!;
    return [
      dot(['chart-part', paint.value(row.x, series, value)], side.at(x(row.x)), y(value), isMuted ? 3 : 4.5),
    ];
  });
}

/** Label of the last value of a line: one label, or none if the line has no values. */
function endOf(figure: ChartFigure, formats: ChartFormats, series: number, paint: Paint): EndLabel[] {
  const last = sortedRows(figure).findLast(row => row.y[series] !== null)?.y[series];
  if (last == null) return [];
  return [
    {
      name: figure.series.length > 1 ? figure.series[series]!.label : '',
      value: last,
      text: formats.label(last),
      colour: paint.series(series),
      isMuted: paint.isMuted(series),
    },
  ];
}

const covers: Covers = (row, next, low, high) =>
  row.y.some((value, series) => {
    if (value === null) return false;
    const then = next.y[series] ?? value;
    return Math.min(value, then) <= high && Math.max(value, then) >= low;
  });
