/** The x axis of charts over dates, numbers or ordered categories: its scale and its labels. */
import type { Element } from 'hast';
import { s } from 'hastscript';
import type { ChartFigure, ChartRow } from '../article/model.ts';
import { d3 } from './d3.ts';
import type { ChartFormats } from './format.ts';
import type { Frame } from './geometry.ts';
import { axisValue } from './order.ts';
import { label, type Side, type Size, shownIn, sizes, type Widths } from './svg.ts';
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
  { x: { kind, scale: form }, annotations }: ChartFigure,
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
  const scale = form === 'log' ? d3().scaleLog([low, high], range) : d3().scaleLinear([low, high], range);
  return value => (low === high ? single : scale(axisValue(value, kind)));
}

interface PlacedLabel {
  text: string;
  /** Position of the value, in per cent of the width. */
  at: number;
  /** Extent of the label, in units from the start of the plot. */
  from: number;
  to: number;
  /** Units from `at` to the start of the label; undefined if the label is centred on `at`. */
  dx: number | undefined;
}

/** Minimum distance between two labels, in units. */
const gap = 10;

/**
 * Draws as many labels as fit, once for each size of the drawing.
 * @param rooms units on both sides of the plot that a label may extend into
 * @param y baseline of the labels, in units
 */
export function axisLabels(
  figure: ChartFigure,
  formats: ChartFormats,
  frame: Frame,
  rooms: { before: number; after: Widths },
  side: Side,
  y: number,
): Element[] {
  return (Object.keys(sizes) as Size[]).map(size => {
    const width = frame.widths[size];
    const place = (value: string, format: (value: string) => string): PlacedLabel => {
      const text = format(value);
      const own = textWidth(text);
      const at = frame.x(value);
      const middle = (at / 100) * width;
      const about = middle - own / 2;
      const from = Math.max(-rooms.before, Math.min(about, width + rooms.after[size] - own));
      return { text, at, from, to: from + own, dx: from === about ? undefined : from - middle };
    };
    const choices = tickChoices(figure, frame).map(values => {
      const format = formats.xTicks(values);
      return values.map(value => place(value, format));
    });
    const shown = choices.find(fits) ?? [];
    return s(
      'g',
      { className: shownIn(size) },
      shown.map(({ text, at, dx }) =>
        label(
          text,
          {
            x: side.at(at),
            y,
            ...(dx === undefined ? { anchor: 'middle' } : { dx }),
            className: 'chart-tick',
          },
          side,
        ),
      ),
    );
  });
}

const fits = (labels: readonly PlacedLabel[]): boolean =>
  labels.every(({ from }, index) => index === 0 || from >= labels[index - 1]!.to + gap);

/** Maximum number of labels on an axis. More labels would be hard to read. */
const tickLimit = 12;

/**
 * Lists sets of axis values, the most detailed first: the values of all rows, then round values, then the
 * values of every second row, every third row and so on.
 */
function tickChoices({ x: { kind, scale } }: ChartFigure, { rows }: Frame): string[][] {
  const values = rows.map(({ x }) => x);
  const each = (step: number) => values.filter((_, index) => index % step === 0);
  const fewer = values.map((_, index) => each(index + 1)).filter(({ length }) => length <= tickLimit);
  if (kind === 'category') return fewer;
  if (scale === 'log') {
    const [low, high] = [values[0]!, values.at(-1)!].map(value => axisValue(value, 'number')) as [
      number,
      number,
    ];
    return logTicks(low, high).map(ticks => ticks.map(String));
  }
  const rounded = kind === 'number' ? roundNumbers : roundDates;
  const counts = Array.from({ length: tickLimit - 1 }, (_, index) => tickLimit - index);
  return [
    ...(values.length <= tickLimit ? [values] : []),
    ...counts.map(count => rounded(values, count)).filter(({ length }) => length > 1),
    ...fewer,
  ];
}

/**
 * Lists sets of round values of a logarithmic axis, the most detailed first: 1, 2 and 5 times each power of ten,
 * each power, every second power and so on.
 */
export function logTicks(low: number, high: number): number[][] {
  const first = Math.floor(Math.log10(low));
  const powers = Array.from({ length: Math.ceil(Math.log10(high)) - first + 1 }, (_, index) => first + index);
  const within = (values: number[]) =>
    values.filter(value => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9));
  const detailed = powers.flatMap(power => [1, 2, 5].map(part => Number(`${part}e${power}`)));
  const every = (step: number) =>
    powers.filter(power => (power - first) % step === 0).map(power => Number(`1e${power}`));
  return [detailed, ...powers.map((_, index) => every(index + 1))]
    .map(within)
    .filter(({ length }) => length > 0);
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
