/** Chart annotations. Annotations at positions on the x axis are above the plot; those at values are in it. */
import type { Element } from 'hast';
import { h } from 'hastscript';
import type { ChartAnnotation, ChartFigure, ChartRow } from '../article/model.ts';
import type { ChartFormats } from './format.ts';
import type { Frame } from './geometry.ts';
import { type Anchor, across, labels, roomFor, type Side, shownIn, upright } from './svg.ts';
import { lineHeight, wrapText } from './text.ts';

interface Notes {
  /** Height that the annotations need above the plot, in units. */
  height: number;
  /** Draws the lines. @param bottom bottom of the plot, in units from the top of the drawing */
  lines: (side: Side, bottom: number) => Element[];
  words: (side: Side) => Element[];
}

/**
 * Lays out the annotations at positions on the x axis. Stacks annotations that would overlap.
 * @param x returns a value's position, in per cent of the width
 * @param width width of the narrow plot, in units
 */
export function layOutNotes(
  { annotations }: ChartFigure,
  x: (value: string) => number,
  width: number,
): Notes {
  const levels: { from: number; to: number }[][] = [];
  const notes = annotations.flatMap(annotation => {
    if (!('x' in annotation)) return [];
    const at = x(annotation.x);
    const lines = wrapText(annotation.text, 110);
    const size = roomFor(lines);
    const anchor: Anchor = at > 50 ? 'end' : 'start';
    const middle = (at / 100) * width;
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
    lines: (side, bottom) =>
      notes.map(({ at, level }) => upright(['chart-mark-line'], side.at(at), topOf(level) + 2, bottom)),
    words: side =>
      notes.flatMap(({ at, lines, anchor, level }) =>
        labels(
          lines,
          {
            x: side.at(at),
            y: topOf(level) + 12,
            dx: side.shift(anchor === 'end' ? -5 : 5),
            anchor,
            className: 'chart-words',
          },
          side,
        ),
      ),
  };
}

/** Lists all annotations below a drawing that is too small to contain them, such as each of small multiples. */
export function noteList({ annotations, chart }: ChartFigure, formats: ChartFormats): Element[] {
  if (annotations.length === 0) return [];
  const placeOf = (annotation: ChartAnnotation) =>
    'x' in annotation ? formats.x(annotation.x) : formats.label(annotation.y);
  return [
    h(
      'ul',
      { className: ['chart-notes', ...(chart === 'small-multiples' ? [] : shownIn('tiny'))] },
      annotations.map(annotation => h('li', `${placeOf(annotation)}: ${annotation.text}`)),
    ),
  ];
}

/** Whether a chart's marks or lines, from a row to the next one, overlap the range from `low` to `high`. */
export type Covers = (row: ChartRow, next: ChartRow, low: number, high: number) => boolean;

/**
 * Draws the annotations at values: a line across the plot with its text above or below, at the start or the
 * end. Each text is placed where it covers the least of the drawing.
 */
export function valueNotes(
  { annotations }: ChartFigure,
  frame: Frame,
  covers: Covers,
  side: Side,
): Element[] {
  return annotations.flatMap(annotation => {
    if (!('y' in annotation)) return [];
    const at = frame.y(annotation.y);
    const lines = wrapText(annotation.text, Math.max(90, frame.widths.narrow / 2));
    const height = lines.length * lineHeight;
    const share = (roomFor(lines) / frame.widths.narrow) * 100;
    const places = ([-1, 1] as const).flatMap(way =>
      (['start', 'end'] as const).map(anchor => ({ way, anchor })),
    );
    const hidden = places.map(({ way, anchor }) => {
      const across = anchor === 'start' ? [0, share] : [100 - share, 100];
      const down = way < 0 ? [at - height - 4, at] : [at, at + height + 4];
      return countCovered(frame, covers, across as [number, number], down as [number, number]);
    });
    const { way, anchor } = places[hidden.indexOf(Math.min(...hidden))]!;
    return [
      across('chart-mark-line', at),
      ...labels(
        lines,
        {
          x: side.at(anchor === 'start' ? 0 : 100),
          y: way < 0 ? at - 5 - (lines.length - 1) * lineHeight : at + 14,
          dx: side.shift(anchor === 'start' ? 2 : -2),
          anchor,
          className: 'chart-words',
        },
        side,
      ),
    ];
  });
}

/**
 * Counts the rows that a text would cover.
 * @param across horizontal extent, in per cent of the width
 * @param down vertical extent, in units from the top
 */
function countCovered(
  { rows, x, valueAt }: Frame,
  covers: Covers,
  across: readonly [number, number],
  down: readonly [number, number],
): number {
  const [high, low] = [valueAt(down[0]), valueAt(down[1])];
  return rows.filter((row, index) => {
    const next = rows[index + 1] ?? row;
    return x(next.x) >= across[0] && x(row.x) <= across[1] && covers(row, next, low, high);
  }).length;
}
