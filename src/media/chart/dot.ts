/** Dots on a common scale, one row a category; it need not begin at zero. */
import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import type { Element } from 'hast';
import { s } from 'hastscript';
import type { ChartFigure } from '../../article/model.ts';
import type { ChartFormats } from './format.ts';
import { drawRows, nameOf, valueLines, valueWords } from './rows.ts';
import { beside, colour, key, label, plot, roomFor, type Side } from './svg.ts';

const height = 24;
const radius = 6;

/** Of a row on a screen of 320 pixels. */
const leastWidth = 280;

export function drawDots(figure: ChartFigure, formats: ChartFormats, side: Side): Element[] {
  const { rows, series, annotations } = figure;
  const values = rows.flatMap(({ y }) => y.flatMap(value => value ?? []));
  const [low = 0, high = 0] = extent([...values, ...annotations.flatMap(one => ('y' in one ? one.y : []))]);
  const pad = low === high ? Math.abs(low) || 1 : 0;
  const scale = scaleLinear([low - pad, high + pad], [0, 100]).nice(4);
  const at = (value: number): number => scale(value);
  const room = roomFor(values.map(formats.number)) + radius;
  const ticks = ticksThatFit(scale.ticks, formats, leastWidth - 2 * room);
  const furniture = (children: Element[], height: number) => [
    beside(room, height),
    plot(height, children),
    beside(room, height),
  ];
  const line = (className: string, from: string, to: string, y1: number, y2: number) =>
    s('line', { className: [className], x1: from, x2: to, y1, y2 });
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
      label(formats.number(dot.value), {
        x: side.at(at(dot.value)),
        y: middle + 4.5,
        dx: side.shift(isBefore ? -radius - 4 : radius + 4),
        anchor: isBefore ? 'end' : 'start',
        className: 'chart-halo',
      });
    return [
      ...(dots.length > 1
        ? [line('chart-link', side.at(at(least.value)), side.at(at(most.value)), middle, middle)]
        : []),
      ...dots.map(dot =>
        s('circle', {
          className: ['chart-fill', 'chart-part', colour(dot.index)],
          cx: side.at(at(dot.value)),
          cy: middle,
          r: radius,
        }),
      ),
      ...(least.value < most.value ? [value(least, true)] : []),
      value(most, false),
    ];
  };
  const words = valueWords(figure, at, side);
  const grid = (height: number) =>
    ticks.map(tick => line('chart-grid', side.at(at(tick)), side.at(at(tick)), -6, height + 6));
  return [
    ...key(series.map(({ label }) => label)),
    drawRows(
      rows.map(({ x, y }) => ({
        name: nameOf(figure, x, formats.x(x)),
        marks: furniture([...grid(height), ...valueLines(figure, at, side, height), ...marks(y)], height),
      })),
      words ? furniture(words.children, words.height) : [],
      furniture(
        ticks.map(tick =>
          label(formats.tick(tick), {
            x: side.at(at(tick)),
            y: 14,
            anchor: 'middle',
            className: 'chart-tick',
          }),
        ),
        18,
      ),
    ),
  ];
}

/** As many as four lines, fewer where their numbers would meet on the smallest screen. */
function ticksThatFit(ticksOf: (count: number) => number[], formats: ChartFormats, width: number): number[] {
  for (let count = 4; count > 1; count--) {
    const ticks = ticksOf(count);
    if (roomFor(ticks.map(formats.tick)) * (ticks.length - 1) <= width) return ticks;
  }
  return ticksOf(1);
}
