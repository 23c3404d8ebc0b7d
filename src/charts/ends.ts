/**
 * Labels beside the last values of series. Overlapping labels are moved apart, and short lines connect them
 * to their values.
 */
import type { Element } from 'hast';
import { s } from 'hastscript';
import { beside, colour, labels, roomFor, round, type Side } from './svg.ts';
import { boldFactor, lineHeight, textWidth, wrapText } from './text.ts';

export interface EndLabel {
  text: string;
  series: number;
  /** The value beside which the label is drawn. */
  value: number;
}

/** Maximum width of a label's line, in CSS pixels. */
const lineWidth = 90;

/**
 * Whether a name is short enough for a label. A longer word would leave too little room for the plot on a
 * narrow screen.
 */
export const isShortName = (name: string): boolean =>
  name.split(/\s+/).every(word => textWidth(word) * boldFactor <= lineWidth * 1.25);

interface Ends {
  /** Width of the labels, in CSS pixels; 0 if there are no labels. */
  width: number;
  /** Draws the labels. @param bounds top and bottom of the plot, in CSS pixels from the top of the drawing */
  draw: (
    y: (value: number) => number,
    height: number,
    bounds: readonly [top: number, bottom: number],
    side: Side,
  ) => Element[];
}

/**
 * Lays out the labels at the ends of series.
 * @returns their width, and a function that draws them
 */
export function layOutEnds(ends: readonly EndLabel[]): Ends {
  if (ends.length === 0) return { width: 0, draw: () => [] };
  const isLed = ends.length > 1;
  const leader = isLed ? 14 : 6;
  const wrapped = ends.map(end => ({ ...end, lines: wrapText(end.text, lineWidth) }));
  const width = Math.ceil(leader + roomFor(wrapped.flatMap(({ lines }) => lines)) * boldFactor);
  return {
    width,
    draw: (y, height, bounds, side) => [
      beside(
        width,
        height,
        partFrom(
          wrapped.map(end => ({ ...end, y: y(end.value) })),
          bounds,
        ).flatMap(({ lines, at, y, size, series }) => [
          ...(isLed
            ? [
                s('line', {
                  className: ['chart-stroke', 'chart-leader', colour(series)],
                  x1: 3,
                  x2: leader - 3,
                  y1: round(y),
                  y2: round(at + size / 2),
                }),
              ]
            : []),
          ...labels(lines, { x: leader, y: at + 12.5, className: 'chart-end' }, side),
        ]),
      ),
    ],
  };
}

/**
 * Moves labels apart, each as near its value as possible. `at` is in CSS pixels from the top of the drawing.
 */
function partFrom<T extends { lines: string[]; y: number }>(
  ends: readonly T[],
  [top, bottom]: readonly [number, number],
): (T & { at: number; size: number })[] {
  const boxes = [...ends]
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
  return boxes;
}
