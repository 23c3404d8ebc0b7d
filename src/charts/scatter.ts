/** Scatter plots: one dot per row, over two axes of numbers. */
import type { Element } from 'hast';
import type { ChartFigure } from '../article/model.ts';
import { type ChartFormats, valuesOf } from './format.ts';
import { drawFrame } from './frame.ts';
import type { Frame } from './geometry.ts';
import type { Covers } from './notes.ts';
import { axisValue } from './order.ts';
import { paintOf } from './paint.ts';
import { dot, key, label, type Side, type Size, shownIn } from './svg.ts';
import { boldFactor, lineHeight, textWidth } from './text.ts';

const radius = 5;

interface Point {
  name: string;
  x: string;
  value: number;
  colour: string;
  isMuted: boolean;
}

/** Draws a scatter plot. Names of rows are drawn where they cover no dot and no other name. */
export function drawScatter(figure: ChartFigure, formats: ChartFormats, side: Side): Element[] {
  const paint = paintOf(figure);
  const points = figure.rows
    .flatMap(({ x, y, name = '' }) =>
      y.flatMap((value, index): Point[] =>
        value === null
          ? []
          : [
              {
                name,
                x,
                value,
                colour: paint.value(name, index, value),
                isMuted: paint.isMutedValue(name, index),
              },
            ],
      ),
    )
    // Grey dots are below the highlighted ones, whose names come first.
    .sort((a, b) => Number(b.isMuted) - Number(a.isMuted));
  return [
    ...key(figure.series.map(({ label }, index) => ({ name: label, colour: paint.series(index) }))),
    ...drawFrame({
      figure,
      formats,
      side,
      values: valuesOf(figure),
      fromZero: false,
      padding: 4,
      shapes: () => [],
      marks: frame => [
        ...points.map(({ x, value, colour }) =>
          dot(['chart-part', colour], side.at(frame.x(x)), frame.y(value), radius),
        ),
        ...(['narrow', 'wide'] as const).flatMap(size => names(points, frame, size, side)),
      ],
      ends: [],
      covers,
    }),
  ];
}

interface Box {
  from: number;
  to: number;
  top: number;
  bottom: number;
}

const meets = (a: Box, b: Box): boolean =>
  a.from < b.to && b.from < a.to && a.top < b.bottom && b.top < a.bottom;

/** Places the names beside or above their dots, the highlighted ones first. */
function names(points: readonly Point[], { x, y, widths }: Frame, size: Size, side: Side): Element[] {
  const width = widths[size];
  const boxes: Box[] = points.map(point => {
    const [at, down] = [(x(point.x) / 100) * width, y(point.value)];
    return { from: at - radius, to: at + radius, top: down - radius, bottom: down + radius };
  });
  const named = points.filter(({ name }) => name !== '').toReversed();
  return named.flatMap(({ name, x: value, value: height, isMuted }) => {
    const [at, down] = [(x(value) / 100) * width, y(height)];
    const own = textWidth(name) * (isMuted ? 1 : boldFactor);
    // Names longer than a quarter of the plot would hide too much of it.
    if (own > width * (isMuted ? 0.25 : 0.4)) return [];
    const places = [
      { anchor: 'start', dx: radius + 3, dy: 4.5, from: at + radius + 3 },
      { anchor: 'end', dx: -radius - 3, dy: 4.5, from: at - radius - 3 - own },
      { anchor: 'middle', dx: 0, dy: -radius - 4, from: at - own / 2 },
      { anchor: 'middle', dx: 0, dy: radius + 13, from: at - own / 2 },
    ] as const;
    for (const { anchor, dx, dy, from } of places) {
      const box = { from, to: from + own, top: down + dy - 12, bottom: down + dy - 12 + lineHeight };
      if (box.from < 0 || box.to > width || boxes.some(other => meets(box, other))) continue;
      boxes.push(box);
      const className = [isMuted ? 'chart-tick' : 'chart-end', 'chart-halo', ...shownIn(size)].join(' ');
      return [label(name, { x: side.at(x(value)), y: down + dy, dx, anchor, className }, side)];
    }
    return [];
  });
}

const covers: Covers = ({ y }, _, low, high) =>
  y.some(value => value !== null && value >= low && value <= high);

/** Names of both axes, for the elements above and below the drawing. */
export const axisNames = ({ x, series }: ChartFigure): { across: string; up: string | undefined } => ({
  across: x.label,
  up: series.length === 1 ? series[0]!.label : undefined,
});

/** Correlation of the values of a scatter plot (Pearson), on the scales of its axes; undefined if there is none. */
export function correlationOf({ rows, x, scale }: ChartFigure, series: number): number | undefined {
  const log = (value: number, isLog: boolean) => (isLog ? Math.log10(value) : value);
  const pairs = rows.flatMap(row => {
    const value = row.y[series];
    if (value == null) return [];
    return [[log(axisValue(row.x, 'number'), x.scale === 'log'), log(value, scale === 'log')] as const];
  });
  if (pairs.length < 3) return undefined;
  const mean = (index: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[index], 0) / pairs.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  let [both, ownX, ownY] = [0, 0, 0];
  for (const [a, b] of pairs) {
    both += (a - meanX) * (b - meanY);
    ownX += (a - meanX) ** 2;
    ownY += (b - meanY) ** 2;
  }
  return ownX === 0 || ownY === 0 ? undefined : both / Math.sqrt(ownX * ownY);
}
