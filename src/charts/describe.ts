/** Text alternatives of charts, in the article's language. */
import type { ChartFigure } from '../article/model.ts';
import { createFormats } from './format.ts';
import { axisValue } from './order.ts';
import type { ChartWords } from './words.ts';

/** Maximum number of values that a description lists in full. */
const fullLimit = 8;

interface Point {
  x: string;
  value: number;
}

/** Describes a chart in one sentence per series: its values, or its trend and range. */
export function describeChart(figure: ChartFigure, { lang, t }: Omit<ChartWords, 'dir'>): string {
  const formats = createFormats(figure, lang);
  const { kind } = figure.x;
  const isCourse = kind !== 'category';
  const rows =
    kind === 'category'
      ? figure.rows
      : [...figure.rows].sort((a, b) => axisValue(a.x, kind) - axisValue(b.x, kind));
  const point = ({ x, value }: Point) => ({ x: formats.x(x), value: formats.number(value) });
  const sentences = figure.series.flatMap(({ label }, index) => {
    const points = rows.flatMap(({ x, y }): Point[] => {
      const value = y[index];
      return value == null ? [] : [{ x, value }];
    });
    const [first, last] = [points[0], points.at(-1)];
    if (!first || !last) return [];
    const low = points.reduce((best, one) => (one.value < best.value ? one : best));
    const high = points.reduce((best, one) => (one.value > best.value ? one : best));
    const range =
      points.length > 2
        ? [
            t('chart-range', {
              low: point(low).value,
              lowAt: point(low).x,
              high: point(high).value,
              highAt: point(high).x,
            }),
          ]
        : [];
    const text =
      isCourse && points.length > 1
        ? [courseOf(first.value, last.value, point(first), point(last), t), ...range].join(t('chart-join'))
        : points.length <= fullLimit
          ? points.map(one => t('chart-value', point(one))).join(t('chart-join'))
          : [t('chart-value', point(first)), t('chart-value', point(last)), ...range].join(t('chart-join'));
    return [figure.series.length > 1 ? t('chart-series', { series: label, text }) : text];
  });
  return sentences
    .map(text => t('sentence', { text: text.charAt(0).toLocaleUpperCase(lang) + text.slice(1) }))
    .join(' ');
}

function courseOf(
  before: number,
  after: number,
  first: { x: string; value: string },
  last: { x: string; value: string },
  t: ChartWords['t'],
): string {
  const values = { first: first.value, from: first.x, last: last.value, to: last.x };
  if (before === after) return t('chart-stays', values);
  return after > before ? t('chart-rises', values) : t('chart-falls', values);
}
