/** Dot charts: dots on a common scale, one row per category. The scale need not include zero. */
import type { Element } from 'hast';
import { s } from 'hastscript';
import type { ChartFigure, ChartRow } from '../article/model.ts';
import { logTicks } from './axis.ts';
import { d3 } from './d3.ts';
import { type ChartFormats, valuesOf } from './format.ts';
import { paintOf } from './paint.ts';
import { drawRows, isMutedRow, lineThrough, nameOf, valueLines, valueWords } from './rows.ts';
import { beside, dot, em, key, label, plot, roomFor, type Side, type Size, shownIn, sizes } from './svg.ts';
import { textWidth } from './text.ts';

const height = 24;
const middle = height / 2;
const radius = 6;

/** Draws a dot chart, with a line for the range of each value that has one. */
export function drawDots(figure: ChartFigure, formats: ChartFormats, side: Side): Element[] {
  const { rows, series } = figure;
  const paint = paintOf(figure);
  const scale = dotScale(figure);
  const at = (value: number): number => scale(value);
  const labelled = rows.flatMap(row => {
    const { least, most } = endsOf(row);
    return [least, most].flatMap(end => (end ? formats.label(end.value) : []));
  });
  // Labels take a quarter of the drawing at most; otherwise the axis has to do.
  const isLabelled = labelled.every(text => textWidth(text) <= sizes.narrow / 4 - radius - 4);
  const least = isLabelled ? roomFor(labelled) + radius : radius + 2;
  const axis = ticksThatFit(scale.ticksOf, formats, sizes.narrow - 2 * least);
  // The first and the last label of the axis are centred at the ends of the plot.
  const room = Math.max(least, roomFor(axis.map(formats.ticks(axis))) / 2);
  const furniture = (children: Element[], height: number) => [
    beside(room, height),
    plot(height, children),
    beside(room, height),
  ];
  const marks = (row: ChartRow): Element[] => {
    const { dots, least, most } = endsOf(row);
    if (!least || !most) return [];
    const bounds = (row.ranges ?? []).flatMap(range => range ?? []);
    const value = (end: Dot, isBefore: boolean) => {
      const edge = isBefore ? Math.min(end.value, ...bounds) : Math.max(end.value, ...bounds);
      const gap = edge === end.value ? radius + 4 : 5;
      return label(
        formats.label(end.value),
        {
          x: side.at(at(edge)),
          y: middle + 4.5,
          dx: side.shift(isBefore ? -gap : gap),
          anchor: isBefore ? 'end' : 'start',
          className: 'chart-halo',
        },
        side,
      );
    };
    return [
      ...(dots.length > 1
        ? [
            s('line', {
              className: ['chart-link'],
              x1: side.at(at(least.value)),
              x2: side.at(at(most.value)),
              y1: em(middle),
              y2: em(middle),
            }),
          ]
        : []),
      ...dots.flatMap(({ index, value }) => {
        const range = row.ranges?.[index];
        if (!range) return [];
        const colour = paint.value(row.x, index, value);
        return [
          s('line', {
            className: ['chart-stroke', 'chart-range', colour],
            x1: side.at(at(range[0])),
            x2: side.at(at(range[1])),
            y1: em(middle),
            y2: em(middle),
          }),
        ];
      }),
      ...dots.map(({ index, value }) => {
        // Dots with the same value are offset, so that no dot hides another.
        const same = dots.filter(other => other.value === value);
        const place = same.findIndex(other => other.index === index) - (same.length - 1) / 2;
        const colour = paint.value(row.x, index, value);
        return dot(['chart-part', colour], side.at(at(value)), middle + place * radius * 1.5, radius);
      }),
      ...(isLabelled && least.value < most.value ? [value(least, true)] : []),
      ...(isLabelled ? [value(most, false)] : []),
    ];
  };
  const words = valueWords(figure, at, side);
  const grid = axis.flatMap(tick => lineThrough('chart-grid', side.at(at(tick)), height));
  return [
    ...key(series.map(({ label }, index) => ({ name: label, colour: paint.series(index) }))),
    drawRows(
      rows.map(row => ({
        name: nameOf(figure, row.x, formats.x(row.x)),
        isMuted: isMutedRow(paint, row.x, series),
        marks: furniture([...grid, ...valueLines(figure, at, side, height), ...marks(row)], height),
      })),
      words ? furniture(words.children, words.height) : [],
      furniture(axisTexts(axis, at, formats, sizes.tiny - 2 * room, side), 18),
      side,
    ),
  ];
}

interface Dot {
  index: number;
  value: number;
}

/** The dots of a row, and those with the smallest and the largest value. */
function endsOf({ y }: ChartRow): { dots: Dot[]; least: Dot | undefined; most: Dot | undefined } {
  const dots = y.flatMap((value, index) => (value === null ? [] : [{ index, value }]));
  const byValue = [...dots].sort((a, b) => a.value - b.value);
  return { dots, least: byValue[0], most: byValue.at(-1) };
}

/** Maps values to per cent of the width. `ticksOf` lists about as many round values as asked for. */
function dotScale(
  figure: ChartFigure,
): ((value: number) => number) & { ticksOf: (count: number) => number[] } {
  const noted = figure.annotations.flatMap(one => ('y' in one ? one.y : []));
  const [low = 0, high = 0] = d3().extent([...valuesOf(figure), ...noted]);
  if (figure.scale === 'log') {
    const scale = d3()
      .scaleLog([low, high === low ? low * 10 : high], [0, 100])
      .nice();
    const [from = low, to = high] = scale.domain();
    const choices = logTicks(from, to);
    const ticksOf = (count: number) =>
      choices.find(({ length }) => length <= count + 1) ?? choices.at(-1) ?? [];
    return Object.assign((value: number) => scale(value), { ticksOf });
  }
  const pad = low === high ? Math.abs(low) || 1 : 0;
  const scale = d3()
    .scaleLinear([low - pad, high + pad], [0, 100])
    .nice(4);
  return Object.assign((value: number) => scale(value), { ticksOf: (count: number) => scale.ticks(count) });
}

/**
 * Draws the labels of the axis. A tiny drawing has the first and the last one, or only the last.
 * @param tiny width of the plot in a tiny drawing, in units
 */
function axisTexts(
  ticks: readonly number[],
  at: (value: number) => number,
  formats: ChartFormats,
  tiny: number,
  side: Side,
): Element[] {
  const text = formats.ticks(ticks);
  const [first, last] = [ticks[0]!, ticks.at(-1)!];
  const needed = (textWidth(text(first)) + textWidth(text(last))) / 2;
  const inTiny = needed + 4 <= ((at(last) - at(first)) / 100) * tiny ? [first, last] : [last];
  return ticks.map(tick => {
    const shown: Size[] = inTiny.includes(tick) ? ['tiny', 'narrow', 'wide'] : ['narrow', 'wide'];
    return label(
      text(tick),
      {
        x: side.at(at(tick)),
        y: 14,
        anchor: 'middle',
        className: ['chart-tick', ...shownIn(...shown)].join(' '),
      },
      side,
    );
  });
}

/**
 * Chooses up to four ticks, or fewer if their labels would overlap in the narrow drawing.
 * @param width width of the plot, in units
 */
function ticksThatFit(ticksOf: (count: number) => number[], formats: ChartFormats, width: number): number[] {
  for (let count = 4; count > 1; count--) {
    const ticks = ticksOf(count);
    if (roomFor(ticks.map(formats.ticks(ticks))) * (ticks.length - 1) <= width) return ticks;
  }
  return ticksOf(1);
}
