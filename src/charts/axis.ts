/** The x axis of charts over dates, numbers or an order of categories: where a value stands, and which are named. */
import type { Element } from 'hast';
import { s } from 'hastscript';
import type { ChartFigure, ChartRow } from '../article/model.ts';
import { d3 } from './d3.ts';
import type { ChartFormats } from './format.ts';
import type { Frame } from './geometry.ts';
import { axisValue } from './order.ts';
import { label, round, type Side } from './svg.ts';
import { textWidth } from './text.ts';

export function sortedRows({ rows, x: { kind } }: ChartFigure): ChartRow[] {
  if (kind === 'category') return rows;
  return [...rows].sort((a, b) => axisValue(a.x, kind) - axisValue(b.x, kind));
}

/**
 * @param padding per cent that is left free at both ends
 * @param alone where a single value stands
 * @returns per cent of the width
 */
export function xScale(
  { x: { kind }, annotations }: ChartFigure,
  rows: readonly ChartRow[],
  padding: number,
  alone: number,
): (value: string) => number {
  const range = [padding, 100 - padding];
  if (kind === 'category') {
    const indexes = new Map(rows.map(({ x }, index) => [x, index]));
    const scale = d3().scaleLinear([0, rows.length - 1], range);
    return value => (rows.length === 1 ? alone : scale(indexes.get(value) ?? 0));
  }
  const noted = annotations.flatMap(one => ('x' in one ? axisValue(one.x, kind) : []));
  const [low = 0, high = 0] = d3().extent([...rows.map(({ x }) => axisValue(x, kind)), ...noted]);
  const scale = d3().scaleLinear([low, high], range);
  return value => (low === high ? alone : scale(axisValue(value, kind)));
}

interface PlacedLabel {
  text: string;
  /** Per cent of the width. */
  at: number;
  /** CSS pixels from the beginning of the plot. */
  from: number;
  to: number;
  /** CSS pixels from `at` to where it begins, if it does not stand about it. */
  dx: number | undefined;
}

/** Between two names. */
const gap = 10;

/**
 * As many names as have room, once for narrow and once for wide screens; the style sheet shows one set.
 * @param rooms CSS pixels beside the plot that a name may reach into
 */
export function axisLabels(
  figure: ChartFigure,
  formats: ChartFormats,
  frame: Frame,
  rooms: { before: number; behind: number },
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
      const from = Math.max(-rooms.before, Math.min(about, width + rooms.behind - size));
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

/** More are not read. */
const tickLimit = 12;

/** Values of the axis as the data would write them: those of all rows, then round ones, then those of each second row, each third. */
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
