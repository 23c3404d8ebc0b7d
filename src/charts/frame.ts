/**
 * Frame of charts over an axis: grid lines with their values, the x axis below, notes above, and labels at
 * the ends of series.
 */
import type { Element } from 'hast';
import { s } from 'hastscript';
import type { ChartFigure } from '../article/model.ts';
import { axisLabels, sortedRows, xScale } from './axis.ts';
import { d3 } from './d3.ts';
import { type EndLabel, layOutEnds } from './ends.ts';
import type { ChartFormats } from './format.ts';
import type { Frame } from './geometry.ts';
import { type Covers, layOutNotes, valueNotes } from './notes.ts';
import { beside, label, narrowest, plot, roomFor, round, type Side, strip, wideFrom } from './svg.ts';

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

/** Draws a chart's frame around its shapes and marks. */
export function drawFrame(options: FrameOptions): Element {
  const { figure, formats, side, fromZero } = options;
  const { low, high } = boundsOf(options);
  const scale = d3().scaleLinear([low, high], [0, 1]).nice(5);
  const ticks = scale.ticks(5);
  const tickRoom = Math.ceil(roomFor(ticks.map(formats.tick)));
  const ends = layOutEnds(options.ends);
  const rooms = { before: tickRoom, after: ends.width };
  const widths = {
    narrow: narrowest - tickRoom - ends.width,
    wide: wideFrom - tickRoom - ends.width,
  };

  const rows = sortedRows(figure);
  const x = xScale(figure, rows, options.padding, options.single ?? 50);
  const notes = layOutNotes(figure, x, widths.narrow);
  const top = notes.height + 10;
  const bottom = top + plotHeight;
  const height = bottom + axisHeight;
  scale.range([bottom, top]);
  const frame: Frame = { x, y: value => round(scale(value)), rows, widths };

  const across = (className: string, value: number) =>
    s('line', { className: [className], x1: '0%', x2: '100%', y1: frame.y(value), y2: frame.y(value) });
  const isZero = (tick: number) => tick === 0;
  const zero = ticks.filter(isZero).map(tick => across('chart-zero', tick));
  return strip(
    [
      beside(
        tickRoom,
        height,
        ticks.map(tick =>
          label(
            formats.tick(tick),
            { x: tickRoom - 8, y: frame.y(tick) + 4.5, anchor: 'end', className: 'chart-tick' },
            side,
          ),
        ),
      ),
      plot(height, [
        ...ticks.filter(tick => !isZero(tick)).map(tick => across('chart-grid', tick)),
        ...(fromZero ? [] : zero),
        ...notes.lines(side, bottom),
        ...valueNotes(figure, frame, options.covers, side),
        s(
          'svg',
          {
            x: '0%',
            y: 0,
            width: '100%',
            height: Math.round(height),
            viewBox: `0 0 ${shapeWidth} ${Math.round(height)}`,
            preserveAspectRatio: 'none',
            overflow: 'visible',
          },
          options.shapes(frame),
        ),
        ...notes.words(side),
        ...options.marks(frame),
        // Bars and areas must not hide their baseline at zero.
        ...(fromZero ? zero : []),
        ...axisLabels(figure, formats, frame, rooms, side, bottom + 22),
      ]),
      ...ends.draw(frame.y, height, [top, bottom], side),
    ],
    side,
  );
}

/**
 * Bounds of the scale. They include zero if shapes grow from it, if it is near the values, or if all values
 * are equal.
 */
function boundsOf({ values, figure, fromZero }: FrameOptions): { low: number; high: number } {
  const noted = figure.annotations.flatMap(one => ('y' in one ? one.y : []));
  const [low = 0, high = 0] = d3().extent([...values, ...noted]);
  const isNear = low === high || (low >= 0 && low < high * 0.5) || (high <= 0 && high > low * 0.5);
  if (!fromZero && !isNear) return { low, high };
  return { low: Math.min(0, low), high: low === high && low === 0 ? 1 : Math.max(0, high) };
}
