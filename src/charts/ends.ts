/**
 * Labels beside the last values of series. Overlapping labels are moved apart, and short lines connect them
 * to their values. Their names are in a key instead if they would take more than a quarter of the drawing.
 */
import type { Element } from 'hast';
import { s } from 'hastscript';
import { beside, em, key, labels, type Side, type Size, sizes, type Widths } from './svg.ts';
import { boldFactor, lineHeight, textWidth, wrapText } from './text.ts';

export interface EndLabel {
  /** Name of the series; empty if the chart has only one. */
  name: string;
  /** The value beside which the label is drawn. */
  value: number;
  /** The formatted number of the label. */
  text: string;
  /** Class of the series' colour. */
  colour: string;
  /** Whether the series is grey. Such labels are left out if there is little room. */
  isMuted: boolean;
}

interface Ends {
  /** Width of the labels, in units; 0 if there are no labels. */
  widths: Widths;
  /** The colour key, for the sizes in which labels have no names. */
  key: Element[];
  /** Draws the labels. @param bounds top and bottom of the plot, in units from the top of the drawing */
  draw: (
    y: (value: number) => number,
    height: number,
    bounds: readonly [top: number, bottom: number],
    side: Side,
  ) => Element[];
}

/** A label whose text is broken into lines. */
type Wrapped = EndLabel & { lines: string[] };

interface Layout {
  width: number;
  leader: number;
  labels: Wrapped[];
  isNamed: boolean;
}

/** Maximum number of lines of a label. */
const lineLimit = 3;
/** Part of the drawing's width that labels may take. */
const share = 1 / 4;
const pad = 4;

/**
 * Lays out the labels at the ends of series.
 * @param height height of the plot, in units
 */
export function layOutEnds(ends: readonly EndLabel[], height: number): Ends {
  const layouts: Record<Size, Layout> = {
    tiny: noLabels,
    narrow: layOut(ends, 'narrow', height),
    wide: layOut(ends, 'wide', height),
  };
  const hasKey = (Object.keys(sizes) as Size[]).filter(size => !layouts[size].isNamed);
  return {
    widths: { tiny: 0, narrow: layouts.narrow.width, wide: layouts.wide.width },
    key: key(
      ends.filter(({ name, isMuted }) => name !== '' && !isMuted),
      hasKey,
    ),
    draw: (y, height, bounds, side) =>
      (['narrow', 'wide'] as const).flatMap(size =>
        layouts[size].width === 0 ? [] : drawLayout(layouts[size], size, y, height, bounds, side),
      ),
  };
}

const noLabels: Layout = { width: 0, leader: 0, labels: [], isNamed: false };

function layOut(ends: readonly EndLabel[], size: Size, height: number): Layout {
  const leader = ends.length > 1 ? 14 : 6;
  const limit = (sizes[size] * share - leader - pad) / boldFactor;
  const shown = ends.filter(({ isMuted }) => !isMuted);
  const choices: { labels: Wrapped[]; isNamed: boolean }[] = [
    { labels: ends.map(end => wrapEnd(end, limit)), isNamed: true },
    { labels: shown.map(end => wrapEnd(end, limit)), isNamed: true },
    {
      labels: shown.map(end => ({ ...end, lines: [end.text] })),
      isNamed: shown.every(({ name }) => name === ''),
    },
  ];
  const fits = ({ labels }: (typeof choices)[number]) =>
    labels.length > 0 &&
    labels.every(({ lines }) => lines.length <= lineLimit && lines.every(line => textWidth(line) <= limit)) &&
    labels.reduce((sum, label) => sum + heightOf(label), 0) <= height + lineHeight;
  const choice = choices.find(fits);
  if (!choice) return noLabels;
  const widest = Math.max(...choice.labels.flatMap(({ lines }) => lines.map(textWidth)));
  return { width: Math.ceil(leader + widest * boldFactor + pad), leader, ...choice };
}

const wrapEnd = (end: EndLabel, limit: number): Wrapped => ({
  ...end,
  // The number stays in one line, without a space where it could break.
  lines: wrapText(`${end.name} ${end.text.replaceAll(' ', '\u00a0')}`.trim(), limit),
});

const heightOf = ({ lines }: Wrapped): number => lines.length * lineHeight + 2;

function drawLayout(
  { width, leader, labels: wrapped }: Layout,
  size: Size,
  y: (value: number) => number,
  height: number,
  bounds: readonly [number, number],
  side: Side,
): Element[] {
  const placed = partFrom(
    wrapped.map(end => ({ ...end, y: y(end.value) })),
    bounds,
  );
  return [
    beside(
      width,
      height,
      placed.flatMap(end => [
        ...(wrapped.length > 1
          ? [
              s('line', {
                className: ['chart-stroke', 'chart-leader', end.colour],
                x1: em(3),
                x2: em(leader - 3),
                y1: em(end.y),
                y2: em(end.at + end.size / 2),
              }),
            ]
          : []),
        ...labels(
          end.lines,
          { x: leader, y: end.at + 12.5, className: end.isMuted ? 'chart-tick' : 'chart-end' },
          side,
        ),
      ]),
      [size],
    ),
  ];
}

/**
 * Moves labels apart, each as near its value as possible. `at` is in units from the top of the drawing.
 */
export function partFrom<T extends { lines: string[]; y: number }>(
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
