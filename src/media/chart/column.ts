/** Bars over dates stand upright, each at its time: beside each other, or stacked. */
import type { Element } from 'hast';
import { s } from 'hastscript';
import type { ChartFigure, ChartRow } from '../../article/model.ts';
import type { ChartFormats } from './format.ts';
import { drawFrame, type Frame } from './frame.ts';
import { stackOf } from './stack.ts';
import { colour, key, label, type Side } from './svg.ts';
import { textWidth } from './text.ts';

/** Of a plot on a screen of 320 pixels. */
const leastWidth = 210;

interface Bar {
  series: number;
  from: number;
  to: number;
  /** Parts of the row's width, from 0 to 1. */
  left: number;
  right: number;
}

export function drawColumns(figure: ChartFigure, formats: ChartFormats, side: Side): Element[] {
  const { series, chart, rows } = figure;
  const barsOf = chart === 'stacked-bar' ? stackedBars : besideEachOther;
  const share = shareOf(rows);
  const widthOf = (range: number) => share * range;
  // A column at either end stands within the plot.
  const padding = rows.length === 1 ? 35 : (50 * share) / (1 + share);
  const width = rows.length === 1 ? 30 : widthOf(100 - 2 * padding);
  const place = ({ x }: Frame, row: ChartRow, part: number) => x(row.x) + (part - 0.5) * width * 0.84;
  const texts = rows.flatMap(({ y }) => y.flatMap(value => (value === null ? [] : formats.number(value))));
  const fits = series.length === 1 && Math.max(...texts.map(textWidth)) < (width / 100) * leastWidth;
  const largest = Math.max(...rows.flatMap(({ y }) => y.map(value => Math.abs(value ?? 0))));
  return [
    ...key(series.map(({ label }) => label)),
    drawFrame({
      figure,
      formats,
      side,
      // Below zero, room for the values under their columns.
      values: rows.flatMap(row =>
        barsOf(row).flatMap(({ from, to }) => [from, to < 0 && fits ? to - largest / 10 : to]),
      ),
      fromZero: true,
      padding,
      shapes: () => [],
      marks: frame =>
        frame.rows.flatMap(row => [
          ...barsOf(row).map(({ series, from, to, left, right }) => {
            const [top, bottom] = [frame.y(Math.max(from, to)), frame.y(Math.min(from, to))];
            return s('rect', {
              className: ['chart-fill', chart === 'stacked-bar' ? 'chart-part' : 'chart-bar', colour(series)],
              ...side.span(place(frame, row, left), place(frame, row, right)),
              y: top,
              height: Math.max(0, bottom - top),
            });
          }),
          ...(fits && row.y[0] != null
            ? [
                label(formats.number(row.y[0]), {
                  x: side.at(frame.x(row.x)),
                  y: frame.y(row.y[0]) + (row.y[0] < 0 ? 15 : -5),
                  anchor: 'middle',
                  className: 'chart-halo',
                }),
              ]
            : []),
        ]),
      ends: () => [],
    }),
  ];
}

function besideEachOther({ y }: ChartRow): Bar[] {
  return y.flatMap((value, series) =>
    value === null
      ? []
      : [{ series, from: 0, to: value, left: series / y.length, right: (series + 1) / y.length }],
  );
}

const stackedBars = ({ y }: ChartRow): Bar[] => stackOf(y).map(part => ({ ...part, left: 0, right: 1 }));

/** The least time between two rows, as a part of the time between the first and the last. */
function shareOf(rows: ChartFigure['rows']): number {
  const times = rows.map(({ x }) => Date.parse(x)).sort((a, b) => a - b);
  const gaps = times.slice(1).map((time, index) => time - times[index]!);
  return gaps.length === 0 ? 1 : Math.min(...gaps) / (times.at(-1)! - times[0]!);
}
