/** Column charts: vertical bars over dates, grouped or stacked. */
import type { Element } from 'hast';
import { s } from 'hastscript';
import type { ChartFigure, ChartRow } from '../article/model.ts';
import { sortedRows } from './axis.ts';
import type { EndLabel } from './ends.ts';
import type { ChartFormats } from './format.ts';
import { drawFrame } from './frame.ts';
import type { Frame } from './geometry.ts';
import { type Paint, paintOf } from './paint.ts';
import { coversStack, stackOf } from './stack.ts';
import { em, key, label, type Side, type Size, shownIn, sizes } from './svg.ts';
import { textWidth } from './text.ts';

interface Bar {
  series: number;
  value: number;
  from: number;
  to: number;
  /** Left and right edge within the row's width, from 0 to 1. */
  left: number;
  right: number;
}

/** Draws a bar chart or a stacked bar chart over dates. */
export function drawColumns(figure: ChartFigure, formats: ChartFormats, side: Side): Element[] {
  const { chart, rows } = figure;
  const paint = paintOf(figure);
  const isStacked = chart === 'stacked-bar';
  const barsOf = isStacked ? stackedBars : groupedBars;
  const share = shareOf(rows);
  const widthOf = (range: number) => share * range;
  // The first and the last column must fit within the plot.
  const padding = rows.length === 1 ? 35 : (50 * share) / (1 + share);
  const width = rows.length === 1 ? 30 : widthOf(100 - 2 * padding);
  const place = ({ x }: Frame, row: ChartRow, part: number) => x(row.x) + (part - 0.5) * width * 0.84;
  const isSingle = figure.series.length === 1;
  const largest = Math.max(...rows.flatMap(({ y }) => y.map(value => Math.abs(value ?? 0))));
  const ends = isStacked ? endsOf(figure, formats, paint) : [];
  return [
    ...(ends.length > 0
      ? []
      : key(figure.series.map(({ label }, index) => ({ name: label, colour: paint.series(index) })))),
    ...drawFrame({
      figure,
      formats,
      side,
      // Leaves room for the labels below negative columns.
      values: rows.flatMap(row =>
        barsOf(row).flatMap(({ from, to }) => [from, to < 0 && isSingle ? to - largest / 10 : to]),
      ),
      fromZero: true,
      padding,
      shapes: () => [],
      marks: frame => [
        ...frame.rows.flatMap(row =>
          barsOf(row).map(({ series, value, from, to, left, right }) => {
            const [top, bottom] = [frame.y(Math.max(from, to)), frame.y(Math.min(from, to))];
            return s('rect', {
              className: [
                'chart-fill',
                isStacked ? 'chart-part' : 'chart-bar',
                paint.value(row.x, series, value),
              ],
              ...side.span(place(frame, row, left), place(frame, row, right)),
              y: em(top),
              height: em(Math.max(0, bottom - top)),
            });
          }),
        ),
        ...(isSingle ? valueLabels(frame, formats, paint, width, side) : []),
      ],
      ends,
      covers: coversStack,
    }),
  ];
}

/**
 * Draws the value at the end of each column, in the sizes in which all values fit. If there is no such size, only
 * highlighted columns have values.
 * @param width width of a column, in per cent of the plot
 */
function valueLabels(
  { rows, x, y, widths }: Frame,
  formats: ChartFormats,
  paint: Paint,
  width: number,
  side: Side,
): Element[] {
  const all = rows.flatMap(({ x, y: [value] }) =>
    value == null ? [] : [{ x, value, text: formats.label(value) }],
  );
  const widest = Math.max(...all.map(({ text }) => textWidth(text)));
  const fitting = (Object.keys(sizes) as Size[]).filter(size => widest <= (width / 100) * widths[size]);
  const isPart = fitting.length === 0 && paint.hasRows;
  const values = isPart ? all.filter(({ x }) => !paint.isMutedValue(x, 0)) : all;
  const shown: Size[] = isPart ? ['narrow', 'wide'] : fitting;
  if (shown.length === 0) return [];
  return values.map(({ x: at, value, text }) =>
    label(
      text,
      {
        x: side.at(x(at)),
        y: y(value) + (value < 0 ? 15 : -5),
        anchor: 'middle',
        className: ['chart-halo', ...shownIn(...shown)].join(' '),
      },
      side,
    ),
  );
}

/**
 * Labels for the parts of the last column.
 * @returns an empty list if there is only one series, or a part is missing
 */
function endsOf(figure: ChartFigure, formats: ChartFormats, paint: Paint): EndLabel[] {
  const { series } = figure;
  const parts = stackOf(sortedRows(figure).at(-1)!.y);
  if (parts.length < series.length || series.length < 2) return [];
  return parts.map(({ series: index, value, from, to }) => ({
    name: series[index]!.label,
    text: formats.label(value),
    value: (from + to) / 2,
    colour: paint.series(index),
    isMuted: paint.isMuted(index),
  }));
}

function groupedBars({ y }: ChartRow): Bar[] {
  return y.flatMap((value, series) =>
    value === null
      ? []
      : [{ series, value, from: 0, to: value, left: series / y.length, right: (series + 1) / y.length }],
  );
}

const stackedBars = ({ y }: ChartRow): Bar[] => stackOf(y).map(part => ({ ...part, left: 0, right: 1 }));

/** Smallest gap between two rows, as a fraction of the whole time span; 1 if there is only one row. */
function shareOf(rows: ChartFigure['rows']): number {
  const times = rows.map(({ x }) => Date.parse(x)).sort((a, b) => a - b);
  const gaps = times.slice(1).map((time, index) => time - times[index]!);
  return gaps.length === 0 ? 1 : Math.min(...gaps) / (times.at(-1)! - times[0]!);
}
