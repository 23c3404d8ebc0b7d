/** The x axis of charts over dates, numbers or ordered categories: its scale and its labels. */
import type { Element } from 'hast';
import { s } from 'hastscript';
import type { ChartFigure, ChartRow } from '../article/model.ts';
import { d3 } from './d3.ts';
import type { ChartFormats } from './format.ts';
import type { Frame } from './geometry.ts';
import { axisValue } from './order.ts';
import { label, round, type Side } from './svg.ts';
import { textWidth } from './text.ts';

/** Sorts the rows in the order of the x axis. Categories keep the author's order. */
export function sortedRows({ rows, x: { kind } }: ChartFigure): ChartRow[] {
  if (kind === 'category') return rows;
  return [...rows].sort((a, b) => axisValue(a.x, kind) - axisValue(b.x, kind));
}

/**
 * Creates the scale of the x axis.
 * @param padding free space at both ends, in per cent of the width
 * @param single position of a single value, in per cent of the width
 * @returns a function from a value of the x column to its position, in per cent of the width
 */
export function xScale(
  { x: { kind }, annotations }: ChartFigure,
  rows: readonly ChartRow[],
  padding: number,
  single: number,
): (value: string) => number {
  const range = [padding, 100 - padding];
  if (kind === 'category') {
    const indexes = new Map(rows.map(({ x }, index) => [x, index]));
    const scale = d3().scaleLinear([0, rows.length - 1], range);
    return value => (rows.length === 1 ? single : scale(indexes.get(value) ?? 0));
  }
  const noted = annotations.flatMap(one => ('x' in one ? axisValue(one.x, kind) : []));
  const [low = 0, high = 0] = d3().extent([...rows.map(({ x }) => axisValue(x, kind)), ...noted]);
  const scale = d3().scaleLinear([low, high], range);
  return value => (low === high ? single : scale(axisValue(value, kind)));
}

interface PlacedLabel {
  text: string;
  /** Position of the value, in per cent of the width. */
  at: number;
  /** Extent of the label, in CSS pixels from the start of the plot. */
  from: number;
  to: number;
  /** CSS pixels from `at` to the start of the label; undefined if the label is centred on `at`. */
  dx: number | undefined;
}

/** Minimum distance between two labels, in CSS pixels. */
const gap = 10;

/**
 * Draws as many labels as fit, once for narrow and once for wide screens. The style sheet shows one of the
 * two sets.
 * @param rooms CSS pixels on both sides of the plot that a label may extend into
 * @param y baseline of the labels, in CSS pixels
 */
export function axisLabels(
  figure: ChartFigure,
  formats: ChartFormats,
  frame: Frame,
  rooms: { before: number; after: number },
  side: Side,
  y: number,
): Element[] {
  const set = (className: string, width: number) => {
    const place = (value: string): PlacedLabel => {
      const text = formats.xTick(value);
      const size = textWidth(text);
      const at = frame.x(value);
      const middle = (at / 100) * width;
      const about = middle - size / 2;
      const from = Math.max(-rooms.before, Math.min(about, width + rooms.after - size));
      return { text, at, from, to: from + size, dx: from === about ? undefined : from - middle };
    };
    const choices = tickChoices(figure, frame).map(values => values.map(place));
    const shown = choices.find(fits) ?? [];
    return s(
      'g',
      { className: [className] },
      shown.map(({ text, at, dx }) =>
        label(
          text,
          {
            x: side.at(at),
            y,
            ...(dx === undefined ? { anchor: 'middle' } : { dx: round(dx) }),
            className: 'chart-tick',
          },
          side,
        ),
      ),
    );
  };
  return [set('chart-narrow', frame.widths.narrow), set('chart-wide', frame.widths.wide)];
}

const fits = (labels: readonly PlacedLabel[]): boolean =>
  labels.every(({ from }, index) => index === 0 || from >= labels[index - 1]!.to + gap);

/** Maximum number of labels on an axis. More labels would be hard to read. */
const tickLimit = 12;

/**
 * Lists sets of axis values, the most detailed first: the values of all rows, then round values, then the
 * values of every second row, every third row and so on.
 */
function tickChoices({ x: { kind } }: ChartFigure, { rows }: Frame): string[][] {
  const values = rows.map(({ x }) => x);
  const each = (step: number) => values.filter((_, index) => index % step === 0);
  const fewer = values.map((_, index) => each(index + 1)).filter(({ length }) => length <= tickLimit);
  if (kind === 'category') return fewer;
  const rounded = kind === 'number' ? roundNumbers : roundDates;
  const counts = Array.from({ length: tickLimit - 1 }, (_, index) => tickLimit - index);
  return [
    ...(values.length <= tickLimit ? [values] : []),
    ...counts.map(count => rounded(values, count)).filter(({ length }) => length > 1),
    ...fewer,
  ];
}

function roundNumbers(values: readonly string[], count: number): string[] {
  const [low, high] = [values[0]!, values.at(-1)!].map(value => axisValue(value, 'number')) as [
    number,
    number,
  ];
  return d3().scaleLinear([low, high], [0, 1]).ticks(count).map(String);
}

function roundDates(values: readonly string[], count: number): string[] {
  const ticks = d3()
    .scaleUtc([Date.parse(values[0]!), Date.parse(values.at(-1)!)], [0, 1])
    .ticks(count);
  const written = ticks.map(date => date.toISOString());
  const isYears = written.every(text => text.slice(4, 10) === '-01-01');
  const isMonths = written.every(text => text.slice(7, 10) === '-01');
  const detail = Math.max(...values.map(value => value.length));
  const length = Math.min(isYears ? 4 : isMonths ? 7 : 10, detail);
  return [...new Set(written.map(text => text.slice(0, length)))];
}
