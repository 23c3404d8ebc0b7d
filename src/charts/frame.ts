/**
 * Frame of charts over an axis: grid lines with their values, the x axis below, notes above, and labels at
 * the ends of series.
 */
import type { Element } from 'hast';
import { s } from 'hastscript';
import type { ChartFigure } from '../article/model.ts';
import { axisLabels, logTicks, sortedRows, xScale } from './axis.ts';
import { d3 } from './d3.ts';
import { type EndLabel, layOutEnds } from './ends.ts';
import type { ChartFormats } from './format.ts';
import type { Frame } from './geometry.ts';
import { type Covers, layOutNotes, valueNotes } from './notes.ts';
import { across, beside, em, label, plot, roomFor, round, type Side, strip, widthsWithout } from './svg.ts';

const plotHeight = 240;
const axisHeight = 28;

/** Width of the shapes' coordinate system, which is stretched to the plot's width. */
export const shapeWidth = 1000;

export interface FrameOptions {
  figure: ChartFigure;
  formats: ChartFormats;
  side: Side;
  /** All values that are drawn, which determine the scale. */
  values: readonly number[];
  /** Whether shapes grow from zero. */
  fromZero: boolean;
  /** Free space at both ends of the axis, in per cent, for marks that have a width. */
  padding: number;
  /** Position of a single row, in per cent; 50 by default. */
  single?: number;
  /** Draws stretched shapes, whose x coordinates range from 0 to `shapeWidth`. */
  shapes: (frame: Frame) => Element[];
  /** Draws marks that must not be stretched, such as dots and text. */
  marks: (frame: Frame) => Element[];
  ends: readonly EndLabel[];
  covers: Covers;
}

/** Draws a chart's frame around its shapes and marks, below the key if the ends have no names. */
export function drawFrame(options: FrameOptions): Element[] {
  const { figure, formats, side, fromZero } = options;
  const { scale, ticks } = valueScale(options);
  const tickText = formats.ticks(ticks);
  const tickRoom = Math.ceil(roomFor(ticks.map(tickText)));
  const ends = layOutEnds(options.ends, plotHeight);
  const { tiny, narrow, wide } = ends.widths;
  const widths = widthsWithout({ tiny: tickRoom + tiny, narrow: tickRoom + narrow, wide: tickRoom + wide });

  const rows = sortedRows(figure);
  const x = xScale(figure, rows, options.padding, options.single ?? 50);
  const notes = layOutNotes(figure, x, widths.narrow);
  const top = notes.height + 10;
  const bottom = top + plotHeight;
  const height = bottom + axisHeight;
  scale.range([bottom, top]);
  const frame: Frame = { x, y: value => round(scale(value)), valueAt: y => scale.invert(y), rows, widths };

  const isZero = (tick: number) => tick === 0;
  const zero = ticks.filter(isZero).map(tick => across('chart-zero', frame.y(tick)));
  return [
    ...ends.key,
    strip(
      [
        beside(
          tickRoom,
          height,
          ticks.map(tick =>
            label(
              tickText(tick),
              { x: tickRoom - 8, y: frame.y(tick) + 4.5, anchor: 'end', className: 'chart-tick' },
              side,
            ),
          ),
        ),
        plot(height, [
          ...ticks.filter(tick => !isZero(tick)).map(tick => across('chart-grid', frame.y(tick))),
          ...(fromZero ? [] : zero),
          ...notes.lines(side, bottom),
          ...valueNotes(figure, frame, options.covers, side),
          stretched(height, options.shapes(frame)),
          ...notes.words(side),
          ...options.marks(frame),
          // Bars and areas must not hide their baseline at zero.
          ...(fromZero ? zero : []),
          ...axisLabels(figure, formats, frame, { before: tickRoom, after: ends.widths }, side, bottom + 22),
        ]),
        ...ends.draw(frame.y, height, [top, bottom], side),
      ],
      side,
    ),
  ];
}

/**
 * Creates a drawing whose shapes are stretched to the plot's width.
 * @param height units, which are those of the shapes' y coordinates
 */
export const stretched = (height: number, shapes: Element[]): Element =>
  s(
    'svg',
    {
      x: '0%',
      y: 0,
      width: '100%',
      height: em(height),
      viewBox: `0 0 ${shapeWidth} ${round(height)}`,
      preserveAspectRatio: 'none',
      overflow: 'visible',
    },
    shapes,
  );

/** The scale of the values, whose range is still to be set, and the values of its grid lines. */
function valueScale(options: FrameOptions): {
  scale: ((value: number) => number) & { invert(y: number): number; range(range: [number, number]): unknown };
  ticks: number[];
} {
  const { low, high } = boundsOf(options);
  if (options.figure.scale === 'log') {
    const scale = d3()
      .scaleLog([low, high === low ? low * 10 : high], [0, 1])
      .nice();
    const [from = low, to = high] = scale.domain();
    const choices = logTicks(from, to);
    return { scale, ticks: choices.find(({ length }) => length <= 7) ?? choices.at(-1) ?? [] };
  }
  const scale = d3().scaleLinear([low, high], [0, 1]).nice(5);
  return { scale, ticks: scale.ticks(5) };
}

/**
 * Bounds of the scale. They include zero if shapes grow from it, if it is near the values, or if all values
 * are equal.
 */
function boundsOf({ values, figure, fromZero }: FrameOptions): { low: number; high: number } {
  const noted = figure.annotations.flatMap(one => ('y' in one ? one.y : []));
  const [low = 0, high = 0] = d3().extent([...values, ...noted]);
  if (figure.scale === 'log') return { low, high };
  const isNear = low === high || (low >= 0 && low < high * 0.5) || (high <= 0 && high > low * 0.5);
  if (!fromZero && !isNear) return { low, high };
  return { low: Math.min(0, low), high: low === high && low === 0 ? 1 : Math.max(0, high) };
}
