/** Area charts: one area from zero, or several stacked areas. */
import type { Element } from 'hast';
import { s } from 'hastscript';
import type { ChartFigure, ChartRow } from '../article/model.ts';
import { sortedRows } from './axis.ts';
import { d3 } from './d3.ts';
import type { ChartFormats } from './format.ts';
import { drawFrame, shapeWidth } from './frame.ts';
import type { Frame } from './geometry.ts';
import { type Paint, paintOf } from './paint.ts';
import { coversStack, type StackPart, stackOf } from './stack.ts';
import { type Side, upright } from './svg.ts';

/** Draws an area chart. */
export function drawAreas(figure: ChartFigure, formats: ChartFormats, side: Side): Element[] {
  const { series } = figure;
  const paint = paintOf(figure);
  const parts = (row: ChartRow) => stackOf(row.y);
  const last = sortedRows(figure).findLast(row => row.y.some(value => value !== null));
  return drawFrame({
    figure,
    formats,
    side,
    values: figure.rows.flatMap(row => parts(row).flatMap(({ from, to }) => [from, to])),
    fromZero: true,
    padding: 0,
    single: 97,
    shapes: frame =>
      series.map((_, index) =>
        s('path', {
          className: ['chart-fill', 'chart-part', paint.series(index)],
          d: pathOf(frame, row => parts(row).find(part => part.series === index)),
        }),
      ),
    marks: frame => (frame.rows.length === 1 ? singleRow(frame, parts(frame.rows[0]!), paint, side) : []),
    ends: (last ? parts(last) : []).map(({ series: index, value, from, to }) => ({
      name: series.length > 1 ? series[index]!.label : '',
      text: formats.label(value),
      value: series.length > 1 ? (from + to) / 2 : to,
      colour: paint.series(index),
      isMuted: paint.isMuted(index),
    })),
    covers: coversStack,
  });
}

function pathOf({ rows, x, y }: Frame, partOf: (row: ChartRow) => StackPart | undefined): string {
  const shape = d3()
    .area<ChartRow>()
    .defined(row => partOf(row) !== undefined)
    .x(row => (x(row.x) / 100) * shapeWidth)
    .y0(row => y(partOf(row)!.from))
    .y1(row => y(partOf(row)!.to))
    .digits(1);
  return shape(rows) ?? '';
}

/** Draws a single row as a line, because an area would have no width. */
const singleRow = ({ rows, x, y }: Frame, parts: readonly StackPart[], paint: Paint, side: Side): Element[] =>
  parts.map(({ series, from, to }) =>
    upright(['chart-stroke', 'chart-column', paint.series(series)], side.at(x(rows[0]!.x)), y(from), y(to)),
  );
