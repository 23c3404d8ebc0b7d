/** Dot charts: dots on a common scale, one row per category. The scale need not include zero. */
import type { Element } from 'hast';
import { s } from 'hastscript';
import type { ChartFigure } from '../article/model.ts';
import { d3 } from './d3.ts';
import type { ChartFormats } from './format.ts';
import { drawRows, lineThrough, nameOf, valueLines, valueWords } from './rows.ts';
import { beside, colour, key, label, narrowest, plot, roomFor, type Side } from './svg.ts';

const height = 24;
const radius = 6;

/** Draws a dot chart. */
export function drawDots(figure: ChartFigure, formats: ChartFormats, side: Side): Element[] {
  const { rows, series, annotations } = figure;
  const values = rows.flatMap(({ y }) => y.flatMap(value => value ?? []));
  const [low = 0, high = 0] = d3().extent([
    ...values,
    ...annotations.flatMap(one => ('y' in one ? one.y : [])),
  ]);
  const pad = low === high ? Math.abs(low) || 1 : 0;
  const scale = d3()
    .scaleLinear([low - pad, high + pad], [0, 100])
    .nice(4);
  const at = (value: number): number => scale(value);
  const room = roomFor(values.map(formats.number)) + radius;
  const ticks = ticksThatFit(scale.ticks, formats, narrowest - 2 * room);
  const furniture = (children: Element[], height: number) => [
    beside(room, height),
    plot(height, children),
    beside(room, height),
  ];
  const marks = (y: readonly (number | null)[]): Element[] => {
    const dots = y.flatMap((value, index) => (value === null ? [] : [{ value, index }]));
    if (dots.length === 0) return [];
    const [least, most] = [dots, dots].map((list, end) =>
      list.reduce((best, dot) =>
        (end === 0 ? dot.value < best.value : dot.value > best.value) ? dot : best,
      ),
    ) as [(typeof dots)[number], (typeof dots)[number]];
    const middle = height / 2;
    const value = (dot: typeof least, isBefore: boolean) =>
      label(
        formats.number(dot.value),
        {
          x: side.at(at(dot.value)),
          y: middle + 4.5,
          dx: side.shift(isBefore ? -radius - 4 : radius + 4),
          anchor: isBefore ? 'end' : 'start',
          className: 'chart-halo',
        },
        side,
      );
    return [
      ...(dots.length > 1
        ? [
            s('line', {
              className: ['chart-link'],
              x1: side.at(at(least.value)),
              x2: side.at(at(most.value)),
              y1: middle,
              y2: middle,
            }),
          ]
        : []),
      ...dots.map(dot => {
        // Dots with the same value are offset, so that no dot hides another.
        const same = dots.filter(({ value }) => value === dot.value);
        return s('circle', {
          className: ['chart-fill', 'chart-part', colour(dot.index)],
          cx: side.at(at(dot.value)),
          cy: middle + (same.indexOf(dot) - (same.length - 1) / 2) * radius * 1.5,
          r: radius,
        });
      }),
      ...(least.value < most.value ? [value(least, true)] : []),
      value(most, false),
    ];
  };
  const words = valueWords(figure, at, side);
  const grid = ticks.flatMap(tick => lineThrough('chart-grid', side.at(at(tick)), height));
  return [
    ...key(series.map(({ label }) => label)),
    drawRows(
      rows.map(({ x, y }) => ({
        name: nameOf(figure, x, formats.x(x)),
        marks: furniture([...grid, ...valueLines(figure, at, side, height), ...marks(y)], height),
      })),
      words ? furniture(words.children, words.height) : [],
      furniture(
        ticks.map(tick =>
          label(
            formats.tick(tick),
            { x: side.at(at(tick)), y: 14, anchor: 'middle', className: 'chart-tick' },
            side,
          ),
        ),
        18,
      ),
      side,
    ),
  ];
}

/**
 * Chooses up to four ticks, or fewer if their labels would overlap on the narrowest screen.
 * @param width width of the plot, in CSS pixels
 */
function ticksThatFit(ticksOf: (count: number) => number[], formats: ChartFormats, width: number): number[] {
  for (let count = 4; count > 1; count--) {
    const ticks = ticksOf(count);
    if (roomFor(ticks.map(formats.tick)) * (ticks.length - 1) <= width) return ticks;
  }
  return ticksOf(1);
}
