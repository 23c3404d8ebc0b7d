/** Slope charts: one line per category between two values, such as those before and after an event. */
import type { Element } from 'hast';
import { s } from 'hastscript';
import type { ChartFigure } from '../article/model.ts';
import { d3 } from './d3.ts';
import { partFrom } from './ends.ts';
import type { ChartFormats } from './format.ts';
import { shapeWidth, stretched } from './frame.ts';
import { muted, paintOf } from './paint.ts';
import {
  type Anchor,
  beside,
  dot,
  label,
  labels,
  plot,
  type Side,
  type Size,
  shownIn,
  sizes,
  strip,
  upright,
} from './svg.ts';
import { boldFactor, cutText, fitText, lineHeight, textWidth } from './text.ts';

/** Height of the plot, in units: at least this, and a line of text per row. */
const minimumHeight = 220;
const top = 28;
/** Part of the drawing's width for the names and values at the end. */
const share = { tiny: 0.42, narrow: 0.46, wide: 0.36 } as const;

interface Slope {
  name: string;
  colour: string;
  isMuted: boolean;
  from: number;
  to: number;
}

/** Draws a slope chart. Rows without both values have no line. */
export function drawSlopes(figure: ChartFigure, formats: ChartFormats, side: Side): Element[] {
  const slopes = slopesOf(figure, formats);
  if (slopes.length === 0) return [];
  const height = Math.max(minimumHeight, (slopes.length - 1) * (lineHeight + 2));
  const values = slopes.flatMap(({ from, to }) => [from, to]);
  const [low = 0, high = 0] = d3().extent(values);
  const scale = d3().scaleLinear([low, high === low ? low + 1 : high], [top + height, top]);
  const y = (value: number): number => scale(value);
  const whole = top + height + lineHeight;
  const [first, last] = figure.series;
  const room = Math.ceil(Math.max(...slopes.map(({ from }) => textWidth(formats.label(from)))) + 12);
  const bounds = [top, top + height] as const;
  const before = partFrom(
    slopes.map(slope => ({ ...slope, lines: [formats.label(slope.from)], y: y(slope.from) })),
    bounds,
  );
  return [
    strip(
      [
        beside(
          room,
          whole,
          // Equal values have one label.
          before
            .filter((one, index) => one.lines[0] !== before[index - 1]?.lines[0])
            .map(({ lines, at, isMuted }) =>
              label(
                lines[0]!,
                { x: room - 8, y: at + 12.5, anchor: 'end', className: isMuted ? 'chart-tick' : '' },
                side,
              ),
            ),
        ),
        plot(whole, [
          upright(['chart-grid'], side.at(0), top - 6, whole),
          upright(['chart-grid'], side.at(100), top - 6, whole),
          ...headings([first!.label, last!.label], side),
          stretched(
            whole,
            slopes.map(({ from, to, colour }) =>
              s('path', {
                className: ['chart-stroke', 'chart-line', colour],
                d: `M0,${y(from).toFixed(1)}L${shapeWidth},${y(to).toFixed(1)}`,
              }),
            ),
          ),
          ...slopes.flatMap(({ from, to, colour }) => [
            dot(['chart-part', colour], side.at(0), y(from), 4.5),
            dot(['chart-part', colour], side.at(100), y(to), 4.5),
          ]),
        ]),
        ...(['tiny', 'narrow', 'wide'] as const).map(size =>
          names(slopes, size, formats, y, whole, bounds, side),
        ),
      ],
      side,
    ),
  ];
}

/** Draws the names of both columns: over their axes, or beside them if there is little room. */
function headings([first, last]: readonly [string, string], side: Side): Element[] {
  const heading = (text: string, at: number, anchor: Anchor, width: number, ...shown: Size[]) =>
    label(
      cutText(text, width),
      { x: side.at(at), y: 13, anchor, className: ['chart-tick', ...shownIn(...shown)].join(' ') },
      side,
    );
  const half = 64;
  return [
    heading(first, 0, 'end', 44, 'tiny'),
    heading(last, 100, 'start', 44, 'tiny'),
    heading(first, 0, 'start', half, 'narrow', 'wide'),
    heading(last, 100, 'end', half, 'narrow', 'wide'),
  ];
}

/** Draws the values and names at the end. Names are cut after two lines. */
function names(
  slopes: readonly Slope[],
  size: Size,
  formats: ChartFormats,
  y: (value: number) => number,
  height: number,
  bounds: readonly [number, number],
  side: Side,
): Element {
  const limit = sizes[size] * share[size] - 14;
  const lineLimit = slopes.length > 8 ? 1 : 2;
  const wrapped = slopes.map(slope => ({
    ...slope,
    y: y(slope.to),
    lines: fitText(
      `${formats.label(slope.to).replaceAll(' ', '\u00a0')} ${slope.name}`,
      slope.isMuted ? limit : limit / boldFactor,
      lineLimit,
    ),
  }));
  const widest = Math.max(...wrapped.flatMap(({ lines }) => lines.map(textWidth)));
  return beside(
    widest * boldFactor + 14,
    height,
    partFrom(wrapped, bounds).flatMap(({ lines, at, isMuted }) =>
      labels(lines, { x: 10, y: at + 12.5, className: isMuted ? 'chart-tick' : 'chart-end' }, side),
    ),
    [size],
  );
}

/** The lines of a slope chart. `diverging` colours lines by their direction. Grey lines are first, below others. */
function slopesOf(figure: ChartFigure, formats: ChartFormats): Slope[] {
  const paint = paintOf(figure);
  const slopes = figure.rows.flatMap(({ x, y: [from, to] }): Slope[] => {
    if (from == null || to == null) return [];
    const isMuted = paint.hasRows && paint.isMutedValue(x, 0);
    const colour = isMuted
      ? muted
      : figure.palette === 'diverging'
        ? to < from
          ? 'chart-below'
          : 'chart-above'
        : 'chart-c1';
    return [{ name: formats.x(x), from, to, isMuted, colour }];
  });
  return slopes.sort((a, b) => Number(b.isMuted) - Number(a.isMuted));
}
