/** What charts over an axis share: values upwards with lines across, the x axis below, notes above, and names at the end of what they name. */
import { extent } from 'd3-array';
import { scaleLinear, scaleUtc } from 'd3-scale';
import type { Element, ElementContent } from 'hast';
import { s } from 'hastscript';
import type { ChartFigure } from '../../article/model.ts';
import type { ChartFormats } from './format.ts';
import { axisValue } from './order.ts';
import { type Anchor, beside, colour, label, labels, plot, roomFor, round, type Side, strip } from './svg.ts';
import { lineHeight, textWidth, wrapText } from './text.ts';

const plotHeight = 240;
const axisHeight = 24;

/** Of a plot between its two sides on a screen of 320 pixels, and where the page is wide. */
const narrow = 190;
const wide = 420;

/** Of the drawing of shapes, which is stretched to the plot's width. */
export const shapeWidth = 1000;

export interface Frame {
  /** Per cent of the width. */
  x: (value: string) => number;
  /** Pixels from the top of the drawing. */
  y: (value: number) => number;
  /** Its rows in the order of the axis. */
  rows: ChartFigure['rows'];
}

export interface EndLabel {
  text: string;
  series: number;
  y: number;
}

export interface FrameOptions {
  figure: ChartFigure;
  formats: ChartFormats;
  side: Side;
  /** The least and the largest value that is drawn. */
  values: readonly number[];
  /** Whether what is drawn grows from zero. */
  fromZero: boolean;
  /** Room at both ends of the axis for marks that have a width, per cent. */
  padding: number;
  /** Shapes, whose x goes from 0 to `shapeWidth`. */
  shapes: (frame: Frame) => Element[];
  /** What keeps its form: dots and words. */
  marks: (frame: Frame) => Element[];
  ends: (frame: Frame) => EndLabel[];
}

export function drawFrame(options: FrameOptions): Element {
  const { figure, formats, side } = options;
  const rows = sorted(figure);
  const x = xScale(figure, rows, options.padding);
  const notes = layOutNotes(figure, x);
  const top = notes.height + 10;
  const [low = 0, high = 0] = extent([
    ...options.values,
    ...figure.annotations.flatMap(one => ('y' in one ? one.y : [])),
  ]);
  const zero =
    options.fromZero || low === high || (low >= 0 && low < high * 0.5) || (high <= 0 && high > low * 0.5);
  const bounds = zero ? [Math.min(0, low), Math.max(0, high)] : [low, high];
  if (bounds[0] === bounds[1]) bounds[1] = bounds[0]! + 1;
  const scale = scaleLinear(bounds, [top + plotHeight, top]).nice(5);
  const frame: Frame = { x, y: value => round(scale(value)), rows };
  const height = top + plotHeight + axisHeight;
  const ticks = scale.ticks(5);
  const tickRoom = roomFor(ticks.map(formats.tick));
  const across = (className: string, y: number) =>
    s('line', { className: [className], x1: '0%', x2: '100%', y1: y, y2: y });
  const isZeroSeen = ticks.includes(0);
  const shapes = options.shapes(frame);
  return strip([
    beside(
      tickRoom,
      height,
      ticks.map(tick =>
        label(formats.tick(tick), {
          x: side.isMirrored ? 8 : Math.ceil(tickRoom) - 8,
          y: frame.y(tick) + 4.5,
          anchor: 'end',
          className: 'chart-tick',
        }),
      ),
    ),
    plot(height, [
      ...ticks.map(tick => across(tick === 0 && isZeroSeen ? 'chart-zero' : 'chart-grid', frame.y(tick))),
      ...notes.lines(side, top),
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
        side.isMirrored ? [s('g', { transform: `matrix(-1 0 0 1 ${shapeWidth} 0)` }, shapes)] : shapes,
      ),
      ...notes.words(side),
      ...valueNotes(figure, frame, side),
      ...options.marks(frame),
      ...axisLabels(figure, formats, frame, side, top + plotHeight + 18),
    ]),
    ...endLabels(options.ends(frame), side, height, [top, top + plotHeight]),
  ]);
}

function sorted({ rows, x: { kind } }: ChartFigure): ChartFigure['rows'] {
  if (kind === 'category') return rows;
  return [...rows].sort((a, b) => axisValue(a.x, kind) - axisValue(b.x, kind));
}

function xScale(
  { x: { kind }, annotations }: ChartFigure,
  rows: ChartFigure['rows'],
  padding: number,
): (value: string) => number {
  const range = [padding, 100 - padding];
  if (kind === 'category') {
    const indexes = new Map(rows.map(({ x }, index) => [x, index]));
    const scale = scaleLinear([0, rows.length - 1], range);
    return value => (rows.length === 1 ? 50 : scale(indexes.get(value) ?? 0));
  }
  const noted = annotations.flatMap(one => ('x' in one ? axisValue(one.x, kind) : []));
  const [low = 0, high = 0] = extent([...rows.map(({ x }) => axisValue(x, kind)), ...noted]);
  const scale = scaleLinear([low, high], range);
  return value => (low === high ? 50 : scale(axisValue(value, kind)));
}

/** As many labels as have room, once for narrow and once for wide screens; the style sheet shows one set. */
function axisLabels(
  figure: ChartFigure,
  formats: ChartFormats,
  frame: Frame,
  side: Side,
  y: number,
): Element[] {
  const set = (className: string, width: number) => {
    const ticks = tickValues(figure, frame, Math.floor(width / 70)).map(value => ({
      text: formats.xTick(value),
      at: frame.x(value),
    }));
    let free = Number.NEGATIVE_INFINITY;
    const shown = ticks.flatMap(({ text, at }) => {
      const size = textWidth(text);
      const middle = (at / 100) * width;
      // The sides give a label this much room beyond the plot.
      const anchor: Anchor =
        middle < size / 2 - 16 ? 'start' : middle > width + 8 - size / 2 ? 'end' : 'middle';
      const from = anchor === 'start' ? middle : anchor === 'end' ? middle - size : middle - size / 2;
      if (from < free) return [];
      free = from + size + 10;
      return [label(text, { x: side.at(at), y, anchor, className: 'chart-tick' })];
    });
    return s('g', { className: [className] }, shown);
  };
  return [set('chart-narrow', narrow), set('chart-wide', wide)];
}

/** Values of the axis as the data would write them. */
function tickValues({ x: { kind } }: ChartFigure, { rows }: Frame, count: number): string[] {
  const values = rows.map(({ x }) => x);
  if (kind === 'category' || values.length <= count) return values;
  const [first, last] = [values[0]!, values.at(-1)!];
  if (kind === 'number') {
    const [low, high] = [axisValue(first, kind), axisValue(last, kind)];
    return scaleLinear([low, high], [0, 1]).ticks(count).map(String);
  }
  const ticks = scaleUtc([Date.parse(first), Date.parse(last)], [0, 1]).ticks(count);
  const detail = Math.max(...values.map(value => value.length));
  const written = ticks.map(date => date.toISOString());
  const isYears = written.every(text => text.slice(4, 10) === '-01-01');
  const isMonths = written.every(text => text.slice(7, 10) === '-01');
  const length = isYears ? 4 : isMonths ? 7 : 10;
  return [...new Set(written.map(text => text.slice(0, Math.min(length, detail))))];
}

interface Notes {
  height: number;
  lines: (side: Side, top: number) => Element[];
  words: (side: Side) => Element[];
}

/** Words at places of the axis stand over the plot, each on lines of its own where two would meet. */
function layOutNotes({ annotations }: ChartFigure, x: (value: string) => number): Notes {
  const levels: { from: number; to: number }[][] = [];
  const notes = annotations.flatMap(annotation => {
    if (!('x' in annotation)) return [];
    const at = x(annotation.x);
    const lines = wrapText(annotation.text, 110);
    const size = roomFor(lines);
    const anchor: Anchor = at > 50 ? 'end' : 'start';
    const middle = (at / 100) * narrow;
    const span = anchor === 'end' ? { from: middle - size, to: middle } : { from: middle, to: middle + size };
    const own = levels.findIndex(level => level.every(({ from, to }) => span.from > to || span.to < from));
    const level = own < 0 ? levels.push([]) - 1 : own;
    levels[level]!.push(span);
    return [{ at, lines, anchor, level }];
  });
  const heights = levels.map((_, index) =>
    Math.max(...notes.filter(({ level }) => level === index).map(({ lines }) => lines.length * lineHeight)),
  );
  const topOf = (level: number) => heights.slice(0, level).reduce((sum, height) => sum + height + 4, 0);
  return {
    height: topOf(levels.length),
    lines: (side, top) =>
      notes.map(({ at, level }) =>
        s('line', {
          className: ['chart-mark-line'],
          x1: side.at(at),
          x2: side.at(at),
          y1: topOf(level) + 2,
          y2: top + plotHeight,
        }),
      ),
    words: side =>
      notes.flatMap(({ at, lines, anchor, level }) =>
        labels(lines, {
          x: side.at(at),
          y: topOf(level) + 12,
          dx: side.shift(anchor === 'end' ? -5 : 5),
          anchor,
          className: 'chart-words',
        }),
      ),
  };
}

/** Lines across at values, with their words upon them at the beginning. */
function valueNotes({ annotations }: ChartFigure, { y }: Frame, side: Side): Element[] {
  return annotations.flatMap(annotation => {
    if (!('y' in annotation)) return [];
    const at = y(annotation.y);
    const lines = wrapText(annotation.text, 170);
    return [
      s('line', { className: ['chart-mark-line'], x1: '0%', x2: '100%', y1: at, y2: at }),
      ...labels(lines, {
        x: side.at(0),
        y: at - 5 - (lines.length - 1) * lineHeight,
        dx: side.shift(2),
        className: 'chart-words',
      }),
    ];
  });
}

/** Names beside the ends of their lines. Where two would stand on each other they part, and a short line leads to each. */
function endLabels(
  ends: readonly EndLabel[],
  side: Side,
  height: number,
  [top, bottom]: readonly [number, number],
): ElementContent[] {
  if (ends.length === 0) return [];
  const leader = ends.length > 1 ? 14 : 6;
  const boxes = ends
    .map(end => ({ ...end, lines: wrapText(end.text, 90) }))
    .sort((a, b) => a.y - b.y)
    .map(end => ({ ...end, size: end.lines.length * lineHeight + 2, at: 0 }));
  let free = top - lineHeight / 2;
  for (const box of boxes) {
    box.at = Math.max(free, box.y - box.size / 2);
    free = box.at + box.size;
  }
  let limit = Math.max(
    bottom + lineHeight,
    boxes.reduce((sum, { size }) => sum + size, top - lineHeight / 2),
  );
  for (const box of boxes.toReversed()) {
    box.at = Math.min(box.at, limit - box.size);
    limit = box.at;
  }
  // Bold letters are a tenth wider.
  const width = Math.ceil(leader + roomFor(boxes.flatMap(({ lines }) => lines)) * 1.1);
  const turn = (x: number) => (side.isMirrored ? width - x : x);
  return [
    beside(
      width,
      height,
      boxes.flatMap(({ lines, at, y, size, series }) => [
        ...(ends.length > 1
          ? [
              s('line', {
                className: ['chart-stroke', 'chart-leader', colour(series)],
                x1: turn(3),
                x2: turn(leader - 3),
                y1: round(y),
                y2: round(at + size / 2),
              }),
            ]
          : []),
        ...labels(lines, { x: turn(leader), y: at + 12.5, className: 'chart-end' }),
      ]),
    ),
  ];
}
