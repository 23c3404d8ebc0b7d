/** Line charts over dates, numbers or ordered categories. A line has a gap at each missing value. */
import type { Element } from 'hast';
import { s } from 'hastscript';
import type { ChartFigure } from '../article/model.ts';
import { sortedRows } from './axis.ts';
import { d3 } from './d3.ts';
import { type EndLabel, isShortName } from './ends.ts';
import type { ChartFormats } from './format.ts';
import { drawFrame, shapeWidth } from './frame.ts';
import type { Frame } from './geometry.ts';
import type { Covers } from './notes.ts';
import { colour, key, type Side } from './svg.ts';

/** Maximum number of rows for which every value has a dot. */
const dotLimit = 14;

/** Draws a line chart. */
export function drawLines(figure: ChartFigure, formats: ChartFormats, side: Side): Element[] {
  const { series } = figure;
  const names = series.map(({ label }) => label);
  const isNamed = names.length > 1 && names.every(isShortName);
  return [
    ...(isNamed ? [] : key(names)),
    drawFrame({
      figure,
      formats,
      side,
      values: figure.rows.flatMap(({ y }) => y.flatMap(value => value ?? [])),
      fromZero: false,
      padding: 1,
      single: 99,
      shapes: frame =>
        series.map((_, index) =>
          s('path', { className: ['chart-stroke', 'chart-line', colour(index)], d: pathOf(frame, index) }),
        ),
      marks: frame => series.flatMap((_, index) => dots(frame, index, side)),
      ends: series.flatMap((_, index) => endOf(figure, formats, index, isNamed)),
      covers,
    }),
  ];
}

function pathOf({ rows, x, y }: Frame, series: number): string {
  const path = d3()
    .line<Frame['rows'][number]>()
    .defined(row => row.y[series] !== null)
    .x(row => (x(row.x) / 100) * shapeWidth)
    .y(row => y(row.y[series]!))
    .digits(1);
  return path(rows) ?? '';
}

/** Draws dots at every value of a short line, and at values between two gaps. */
function dots({ rows, x, y }: Frame, series: number, side: Side): Element[] {
  const has = (index: number) => rows[index]?.y[series] != null;
  return rows.flatMap((row, index) => {
    const isIsolated = !has(index - 1) && !has(index + 1);
    if (!has(index) || (rows.length > dotLimit && !isIsolated)) return [];
    return [
      s('circle', {
        className: ['chart-fill', 'chart-part', colour(series)],
        cx: side.at(x(row.x)),
        cy: y(row.y[series]!),
        r: 4.5,
      }),
    ];
  });
}

/**
 * Label of the last value of a line.
 * @param isNamed whether the label includes the line's name
 * @returns one label, or none if the line has no values
 */
function endOf(figure: ChartFigure, formats: ChartFormats, series: number, isNamed: boolean): EndLabel[] {
  const last = sortedRows(figure).findLast(row => row.y[series] !== null)?.y[series];
  if (last == null) return [];
  const name = isNamed ? `${figure.series[series]!.label} ` : '';
  return [{ text: name + formats.number(last), series, value: last }];
}

const covers: Covers = (row, next, low, high) =>
  row.y.some((value, series) => {
    if (value === null) return false;
    const then = next.y[series] ?? value;
    return Math.min(value, then) <= high && Math.max(value, then) >= low;
  });
