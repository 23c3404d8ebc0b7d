/** Numbers of charts as newspapers write them: units, currencies and signs by language. */
import { describe, expect, test } from 'vitest';
import type { ChartFigure } from '../../src/article/model.ts';
import { createFormats } from '../../src/charts/format.ts';
import { createNumberWriter, magnitudeOf } from '../../src/charts/numbers.ts';
import { textWidth } from '../../src/charts/text.ts';

const figureOf = (values: number[], fields: Partial<ChartFigure> = {}): ChartFigure => ({
  type: 'figure',
  kind: 'chart',
  id: 'chart',
  caption: 'A chart',
  credit: undefined,
  chart: 'bar',
  subtitle: undefined,
  source: undefined,
  note: undefined,
  x: { label: 'place', kind: 'category', scale: 'linear' },
  series: [{ label: 'votes', range: undefined }],
  rows: values.map((value, index) => ({ x: `n${index}`, y: [value] })),
  format: undefined,
  dateFormat: undefined,
  prefix: undefined,
  suffix: undefined,
  currency: undefined,
  highlight: { series: [], rows: [] },
  palette: 'categorical',
  scale: 'linear',
  names: undefined,
  annotations: [],
  children: [],
  ...fields,
});

const labels = (values: number[], lang: string, fields: Partial<ChartFigure> = {}): string[] => {
  const { label } = createFormats(figureOf(values, fields), lang);
  return values.map(label);
};
/** Makes isolates (UAX #9) and spaces visible: `[` from left to right, `{` from right to left, `_` no break. */
const visible = (text: string): string =>
  text
    .replaceAll('\u2066', '[')
    .replaceAll('\u2067', '{')
    .replaceAll('\u2069', ']')
    .replace(/[\u00a0\u202f]/g, '_');

describe('labels', () => {
  test.each<[lang: string, currency: string, values: number[], expected: string[]]>([
    ['en', 'GBP', [1.2e9, -3.4e9], ['£1.2bn', '−£3.4bn']],
    ['en', 'GBP', [3.4e6], ['£3.4m']],
    ['en', 'USD', [15_000, -2500], ['$15.0k', '−$2.5k']],
    ['en', 'USD', [7.3e12], ['$7.3tn']],
    ['de', 'EUR', [1.2e9], ['1,2_Mrd._€']],
    ['de', 'EUR', [3.4e6], ['3,4_Mio._€']],
    ['de', 'EUR', [15_000], ['15.000_€']],
    ['fr', 'EUR', [1.2e9], ['1,2_Md_€']],
    ['fr', 'EUR', [3.4e6], ['3,4_M_€']],
    ['fr', 'EUR', [15_000], ['15_k_€']],
    ['es', 'EUR', [1.2e9], ['1200_M_€']],
    ['es', 'EUR', [3.4e6], ['3,4_M_€']],
    ['es', 'EUR', [15_000], ['15_mil_€']],
    ['he', 'ILS', [1.25, -3.5], ['{[1.25]_₪]', '{[−3.50]_₪]']],
    ['ar', 'EUR', [1.25, -3.5], ['{[1.25]_€]', '{[−3.50]_€]']],
  ])('in %s with %s: %j', (lang, currency, values, expected) => {
    expect(labels(values, lang, { currency }).map(visible)).toEqual(expected);
  });

  test.each<[lang: string, expected: string]>([
    ['he', '{[3.4] מיליון]'],
    ['ar', '{[3.4]_مليون]'],
    ['ar-EG', '{{٣٫٤]_مليون]'],
  ])('have the unit after the number in reading order in %s', (lang, expected) => {
    const write = createNumberWriter(lang, { prefix: undefined, suffix: undefined, currency: undefined });
    expect(visible(write(3.4e6, { decimals: 1, magnitude: magnitudeOf(lang, 6) }))).toBe(expected);
  });

  test('have a minus sign before the currency, and a percent sign where the language has it', () => {
    expect(labels([-4], 'en', { prefix: '$' })).toEqual(['−$4']);
    expect(labels([-4], 'en', { suffix: '%' })).toEqual(['−4%']);
    expect(labels([-4], 'de', { suffix: '%' }).map(visible)).toEqual(['−4_%']);
    expect(labels([-4], 'he', { suffix: '%' }).map(visible)).toEqual(['[−4%]']);
    expect(labels([-4], 'he', { suffix: ' שקלים' }).map(visible)).toEqual(['{[−4] שקלים]']);
    expect(labels([-4], 'he', { prefix: '$' }).map(visible)).toEqual(['[−$4]']);
    expect(labels([-4], 'ar-EG', { suffix: '%' }).map(visible)).toEqual(['{{−٤]٪]']);
  });

  test('have the same decimals and the same unit, and zero has neither', () => {
    expect(labels([21.55, 42.8, 110.4, 0], 'en')).toEqual(['21.6', '42.8', '110.4', '0']);
    expect(labels([0.5, 0.25, 1], 'en')).toEqual(['0.50', '0.25', '1.00']);
    expect(labels([4.25, 3.5], 'en', { suffix: '%' })).toEqual(['4.25%', '3.50%']);
    expect(labels([1.234e9], 'en')).toEqual(['1.2bn']);
    expect(labels([480e9, 12.4e12], 'en')).toEqual(['0.5tn', '12.4tn']);
    expect(labels([1, 2, 30], 'en')).toEqual(['1', '2', '30']);
  });

  test('keep thousands that are not round', () => {
    expect(labels([15_234, 900], 'en')).toEqual(['15,234', '900']);
  });

  test('have their own units if values differ by more than a thousand times', () => {
    expect(labels([3, 12_000_000], 'en')).toEqual(['3', '12m']);
    expect(labels([1e-6, 1, 1e13], 'en')).toEqual(['10⁻⁶', '1', '10tn']);
  });

  test('do not lose values between 10⁻⁶ and 10¹³', () => {
    for (let exponent = -6; exponent <= 13; exponent++) {
      const value = Number(`2.5e${exponent}`);
      for (const lang of ['en', 'de', 'fr', 'es', 'he', 'ar']) {
        const [label] = labels([value], lang);
        expect(label, `${value} in ${lang}`).toMatch(/2.?5|250/);
        expect(textWidth(label!)).toBeLessThanOrEqual(80);
      }
    }
  });

  test('leave a unit that is too long to the text above the drawing', () => {
    const figure = figureOf([1.2e9], { suffix: ' of all households' });
    const { label, unit, number } = createFormats(figure, 'en');
    expect([label(1.2e9), unit, number(1.2e9)]).toEqual([
      '1.2bn',
      'of all households',
      '1,200,000,000 of all households',
    ]);
    const { label: hebrew, unit: above } = createFormats(figureOf([182.4e9], { currency: 'ILS' }), 'he');
    expect([visible(hebrew(182.4e9)), visible(above!)]).toEqual(['[182.4]', 'מיליארד_₪']);
    expect(createFormats(figureOf([-3.4e9], { currency: 'EUR' }), 'de').unit).toBe('Mrd.\u00a0€');
  });
});

describe('values of an axis', () => {
  const ticks = (values: number[], data: number[], lang = 'en', fields: Partial<ChartFigure> = {}) =>
    values.map(createFormats(figureOf(data, fields), lang).ticks(values));

  test('have the same decimals, and zero has no unit', () => {
    expect(ticks([0, 0.5, 1, 1.5], [1.4])).toEqual(['0', '0.5', '1.0', '1.5']);
    expect(ticks([-2e9, 0, 2e9], [1.4e9], 'en', { currency: 'GBP' })).toEqual(['−£2bn', '0', '£2bn']);
    expect(ticks([0, 5e5, 1e6], [1e6])).toEqual(['0', '0.5m', '1.0m']);
    expect(ticks([0, 2e-6, 4e-6], [4.3e-6]).map(visible)).toEqual(['0', '2_×_10⁻⁶', '4_×_10⁻⁶']);
  });

  test('have their own units on a logarithmic axis', () => {
    const values = [1e-6, 0.001, 1, 1000, 1e6, 1e9, 1e12];
    expect(ticks(values, values, 'en', { scale: 'log' })).toEqual([
      '10⁻⁶',
      '0.001',
      '1',
      '1k',
      '1m',
      '1bn',
      '1tn',
    ]);
    expect(ticks([1000, 10_000], [1000, 20_000], 'en', { scale: 'log' })).toEqual(['1,000', '10,000']);
  });
});
