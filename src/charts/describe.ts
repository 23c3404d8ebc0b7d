/** What a chart shows, in a sentence or two of the article's language, for those who cannot see it. */
import type { ChartFigure } from '../article/model.ts';
import { createFormats } from './format.ts';
import { axisValue } from './order.ts';
import type { ChartWords } from './words.ts';

/** With more rows not every value is told. */
const tellLimit = 8;

interface Told {
  x: string;
  value: number;
}

export function describeChart(figure: ChartFigure, { lang, t }: Omit<ChartWords, 'dir'>): string {
  const formats = createFormats(figure, lang);
  const { kind } = figure.x;
  const isCourse = kind !== 'category';
  const rows =
    kind === 'category'
      ? figure.rows
      : [...figure.rows].sort((a, b) => axisValue(a.x, kind) - axisValue(b.x, kind));
  const point = ({ x, value }: Told) => ({ x: formats.x(x), value: formats.number(value) });
  const sentences = figure.series.flatMap(({ label }, index) => {
    const told = rows.flatMap(({ x, y }): Told[] => {
      const value = y[index];
      return value == null ? [] : [{ x, value }];
    });
    const [first, last] = [told[0], told.at(-1)];
    if (!first || !last) return [];
    const low = told.reduce((best, one) => (one.value < best.value ? one : best));
    const high = told.reduce((best, one) => (one.value > best.value ? one : best));
    const range =
      told.length > 2
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
      isCourse && told.length > 1
        ? [courseOf(first.value, last.value, point(first), point(last), t), ...range].join(t('chart-join'))
        : told.length <= tellLimit
          ? told.map(one => t('chart-value', point(one))).join(t('chart-join'))
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
