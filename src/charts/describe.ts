/** Text alternatives of charts, in the article's language: first the finding, then the values. */
import type { ChartFigure, ChartRow } from '../article/model.ts';
import { type ChartFormats, createFormats } from './format.ts';
import { createNumberWriter } from './numbers.ts';
import { axisValue } from './order.ts';
import { correlationOf } from './scatter.ts';
import type { ChartWords } from './words.ts';

/** Maximum number of values that a description lists in full. */
const fullLimit = 8;
/** Maximum number of series of which each has its own sentence. */
const seriesLimit = 6;
/** Maximum number of crossings of lines that a description mentions. */
const crossingLimit = 3;
/** Correlation from which two columns are related. */
const related = 0.5;

type Words = Omit<ChartWords, 'dir'>;

interface Point {
  x: string;
  value: number;
}

/** Values and words for the sentences of a description. */
interface Telling extends Words {
  figure: ChartFigure;
  formats: ChartFormats;
  /** Rows in the order of the axis. */
  rows: readonly ChartRow[];
  /** Formats a point for a text. */
  point: (point: Point) => { x: string; value: string };
}

/** Describes a chart: what it shows as a whole, and each series by its values, or by its trend and range. */
export function describeChart(figure: ChartFigure, { lang, t }: Words): string {
  const formats = createFormats(figure, lang);
  const { kind } = figure.x;
  const rows =
    kind === 'category'
      ? figure.rows
      : [...figure.rows].sort((a, b) => axisValue(a.x, kind) - axisValue(b.x, kind));
  const point = ({ x, value }: Point) => ({ x, value: formats.number(value) });
  const telling: Telling = { figure, formats, rows, point, lang, t };
  const sentences = [...findings(telling), ...described(figure).flatMap(index => ofSeries(telling, index))];
  return sentences
    .map(text => t('sentence', { text: text.charAt(0).toLocaleUpperCase(lang) + text.slice(1) }))
    .join(' ');
}

/** Series that have a sentence each: all, or those that are highlighted if there are too many. */
function described({ series, highlight }: ChartFigure): number[] {
  const all = series.map((_, index) => index);
  if (highlight.series.length > 0) {
    const others = all.filter(index => !highlight.series.includes(index));
    return series.length > seriesLimit ? highlight.series : [...highlight.series, ...others];
  }
  return series.length > seriesLimit ? [] : all;
}

/** Sentences about the whole chart. */
function findings(telling: Telling): string[] {
  const { figure, t } = telling;
  switch (figure.chart) {
    case 'scatter':
      return figure.series.flatMap(({ label }, index) => {
        const correlation = correlationOf(figure, index);
        if (correlation === undefined) return [];
        const key =
          correlation >= related
            ? 'chart-related'
            : correlation <= -related
              ? 'chart-inverse'
              : 'chart-unrelated';
        return [t(key, { x: figure.x.label, y: label })];
      });
    case 'dot':
    case 'slope':
      return figure.series.length === 2 ? changes(telling) : [];
    case 'line':
    case 'small-multiples':
      return [...(figure.series.length > seriesLimit ? atEnd(telling) : []), ...crossings(telling)];
    default:
      return [];
  }
}

/** The rows with the largest rise and the largest fall between two columns. */
function changes({ rows, formats, t }: Telling): string[] {
  const both = rows.flatMap(({ x, y: [first, last] }) =>
    first == null || last == null ? [] : [{ x, first, last, change: last - first }],
  );
  const most = (sign: 1 | -1) =>
    both.reduce<(typeof both)[number] | undefined>(
      (best, one) => (one.change * sign > (best ? best.change * sign : 0) ? one : best),
      undefined,
    );
  return ([1, -1] as const).flatMap(sign => {
    const one = most(sign);
    if (!one) return [];
    const values = { x: formats.x(one.x), first: formats.number(one.first), last: formats.number(one.last) };
    return [t(sign > 0 ? 'chart-rise-most' : 'chart-fall-most', values)];
  });
}

/** The series with the highest and the lowest value in the last row. */
function atEnd({ rows, figure, formats, t }: Telling): string[] {
  const last = rows.findLast(({ y }) => y.some(value => value !== null));
  const values = (last?.y ?? []).flatMap((value, index) =>
    value === null ? [] : [{ value, name: figure.series[index]!.label }],
  );
  const sorted = values.sort((a, b) => a.value - b.value);
  const [low, high] = [sorted[0], sorted.at(-1)];
  if (!last || !low || !high || low === high) return [];
  const text = t('chart-most', {
    high: formats.number(high.value),
    highAt: high.name,
    low: formats.number(low.value),
    lowAt: low.name,
  });
  return [t('chart-series', { series: formats.x(last.x), text })];
}

/** Lines that are below another one at the beginning and above it at the end. */
function crossings({ rows, figure, formats, t }: Telling): string[] {
  const shown = described(figure);
  const found = shown.flatMap(a =>
    shown.flatMap(b => {
      if (a === b) return [];
      const gaps = rows.flatMap(({ x, y }) => {
        const [one, other] = [y[a], y[b]];
        return one == null || other == null ? [] : [{ x, gap: one - other }];
      });
      if (!(gaps.length > 1 && gaps[0]!.gap < 0 && gaps.at(-1)!.gap > 0)) return [];
      const at = gaps[gaps.findLastIndex(({ gap }) => gap <= 0) + 1]!;
      return [
        t('chart-crosses', { a: figure.series[a]!.label, b: figure.series[b]!.label, x: formats.x(at.x) }),
      ];
    }),
  );
  return found.slice(0, crossingLimit);
}

/** The sentence about one series. */
function ofSeries(telling: Telling, index: number): string[] {
  const { figure, rows, formats, t, point } = telling;
  const isCourse = figure.x.kind !== 'category' && figure.chart !== 'scatter';
  const points = rows.flatMap(({ x, y, name }): Point[] => {
    const value = y[index];
    return value == null ? [] : [{ x: name ?? formats.x(x), value }];
  });
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return [];
  const low = points.reduce((best, one) => (one.value < best.value ? one : best));
  const high = points.reduce((best, one) => (one.value > best.value ? one : best));
  const extremes = {
    low: point(low).value,
    lowAt: low.x,
    high: point(high).value,
    highAt: high.x,
  };
  const hasExtremes = points.length > 2 && low.value < high.value;
  const texts =
    isCourse && points.length > 1
      ? [courseOf(telling, first, last), ...(hasExtremes ? [t('chart-range', extremes)] : [])]
      : [
          ...(hasExtremes ? [t('chart-most', extremes)] : []),
          ...(points.length <= fullLimit ? points : [first, last]).map(one => t('chart-value', point(one))),
        ];
  const text = texts.join(t('chart-join'));
  return [figure.series.length > 1 ? t('chart-series', { series: figure.series[index]!.label, text }) : text];
}

/** The change from the first value to the last, in per cent if that makes sense. */
function courseOf(telling: Telling, before: Point, after: Point): string {
  const { t, point } = telling;
  const [first, last] = [point(before), point(after)];
  const values = { first: first.value, from: first.x, last: last.value, to: last.x };
  if (before.value === after.value) return t('chart-stays', values);
  const isRise = after.value > before.value;
  const change = changeOf(telling, before.value, after.value);
  if (change === undefined) return t(isRise ? 'chart-rises' : 'chart-falls', values);
  return t(isRise ? 'chart-rises-by' : 'chart-falls-by', { ...values, change });
}

/** Largest change that is written in per cent: ten times as much. */
const changeLimit = 10;

/** A change in per cent. Percentages of percentages would be ambiguous. */
function changeOf({ figure, lang }: Telling, before: number, after: number): string | undefined {
  const isPercentage = `${figure.suffix ?? ''}${figure.format ?? ''}`.includes('%');
  if (before <= 0 || after < 0 || isPercentage) return undefined;
  const change = Math.abs(after - before) / before;
  if (change > changeLimit) return undefined;
  const write = createNumberWriter(lang, { prefix: undefined, suffix: '%', currency: undefined });
  return write(change * 100, { decimals: change < 0.01 ? 2 : change < 0.1 ? 1 : 0 });
}
