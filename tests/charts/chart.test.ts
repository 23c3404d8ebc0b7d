/** Text alternatives and data of charts. */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import rehypeStringify from 'rehype-stringify';
import { unified } from 'unified';
import { describe, expect, test } from 'vitest';
import { type ChartFigure, chartTypes } from '../../src/article/model.ts';
import { chartCsv, chartTable } from '../../src/charts/data.ts';
import { describeChart } from '../../src/charts/describe.ts';
import { drawChart } from '../../src/charts/draw.ts';
import { createFormats } from '../../src/charts/format.ts';
import { overlayFiles, readTemplateFiles } from '../../src/disk/templates.ts';
import { createLocale } from '../../src/render/locale.ts';
import { readStrings } from '../../src/render/strings.ts';
import { packageRoot } from '../helpers/site.ts';

const { strings } = readStrings(readTemplateFiles(overlayFiles(packageRoot, packageRoot, 'templates')));
const languages = ['ar', 'de', 'en', 'es', 'fr', 'he'];
const writer = unified().use(rehypeStringify).freeze();
const localeOf = (lang: string) => createLocale(lang, 'UTC', strings);

const seriesOf = (...labels: string[]) => labels.map(label => ({ label, range: undefined }));
const category = (label: string) => ({ label, kind: 'category' as const, scale: 'linear' as const });

const figureOf = (fields: Partial<ChartFigure>): ChartFigure => ({
  type: 'figure',
  kind: 'chart',
  id: 'chart',
  caption: 'A chart',
  credit: undefined,
  chart: 'line',
  subtitle: undefined,
  source: undefined,
  note: undefined,
  x: { label: 'year', kind: 'date', scale: 'linear' },
  series: seriesOf('votes'),
  rows: [],
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

const rows = (...pairs: [string, number | null][]) => pairs.map(([x, y]) => ({ x, y: [y] }));

describe('the description', () => {
  const english = localeOf('en');

  test('of a trend gives its start, its end, its minimum and its maximum', () => {
    const figure = figureOf({ rows: rows(['2003', 9], ['1997', 3], ['2000', 12]) });
    expect(describeChart(figure, english)).toBe(
      'Rises by 200% from 3 (1997) to 9 (2003); lowest 3 (1997), highest 12 (2000).',
    );
  });

  test('of a trend that falls, or ends where it started', () => {
    expect(describeChart(figureOf({ rows: rows(['2024', 9], ['2025', 3]) }), english)).toBe(
      'Falls by 67% from 9 (2024) to 3 (2025).',
    );
    expect(describeChart(figureOf({ rows: rows(['2024', 3], ['2025', 3]) }), english)).toBe(
      'Is 3 at the beginning (2024) and 3 at the end (2025).',
    );
  });

  test('of few categories gives every value; with several series, each with its name', () => {
    const figure = figureOf({
      chart: 'bar',
      x: category('place'),
      series: seriesOf('Left', 'Right'),
      rows: [
        { x: 'North', y: [1, 2000] },
        { x: 'South', y: [null, 4] },
      ],
    });
    expect(describeChart(figure, english)).toBe('Left: North: 1. Right: North: 2,000; South: 4.');
  });

  test('is in the language of the article', () => {
    const figure = figureOf({ rows: rows(['2024-01', 1.5], ['2025-03', 3000]) });
    expect(describeChart(figure, localeOf('de'))).toBe(
      'Steigt von 1,5 (Januar 2024) auf 3.000,0 (März 2025).',
    );
  });

  const towns = figureOf({
    chart: 'bar',
    x: category('place'),
    rows: rows(['North', 4], ['South', 12], ['West', -1]),
  });
  const crossing = figureOf({
    series: seriesOf('Left', 'Right'),
    rows: [
      { x: '2023', y: [1, 3] },
      { x: '2024', y: [2, 2] },
      { x: '2025', y: [4, 1] },
    ],
  });

  test.each<[lang: string, most: string, crosses: string, rises: string]>([
    ['en', 'Largest 12 (South), smallest −1 (West);', 'Left overtakes Right (2025).', 'by 300%'],
    ['de', 'Größter Wert 12 (South), kleinster −1 (West);', 'Left überholt Right (2025).', 'um 300 %'],
    [
      'fr',
      'Valeur la plus élevée 12 (South), la plus faible −1 (West) ;',
      'Left dépasse Right (2025).',
      'hausse de 300 %',
    ],
    ['es', 'Valor más alto 12 (South), más bajo −1 (West);', 'Left supera a Right (2025).', 'un 300 %'],
    ['he', 'הערך הגבוה ביותר 12 (South), הנמוך ביותר −1 (West);', 'עקיפה: Left מעל Right (2025).', 'של 300%'],
    ['ar', 'أعلى قيمة 12 (South)، وأدنى قيمة −1 (West)؛', 'تجاوز: Left فوق Right (2025).', 'بنسبة 300%'],
  ])('begins with the finding, in %s', (lang, most, crosses, rises) => {
    const plain = (text: string) => text.replace(/[\u2066-\u2069]/g, '').replace(/[\u00a0\u202f]/g, ' ');
    const locale = localeOf(lang);
    expect(plain(describeChart(towns, locale)).startsWith(most)).toBe(true);
    const course = plain(describeChart(crossing, locale));
    expect(course.startsWith(crosses)).toBe(true);
    expect(course).toContain(rises);
  });

  test('of a slope chart names the largest rise and the largest fall', () => {
    const slope = figureOf({
      chart: 'slope',
      x: category('place'),
      series: seriesOf('2005', '2025'),
      rows: [
        { x: 'Capital', y: [14, 9] },
        { x: 'Islands', y: [10, 12] },
        { x: 'Coast', y: [10, 11] },
      ],
    });
    expect(describeChart(slope, english)).toMatch(
      /^Largest rise: Islands, from 10 to 12\. Largest fall: Capital, from 14 to 9\. /,
    );
  });

  test('of a scatter plot says how the axes are related', () => {
    const scatter = (values: number[]) =>
      figureOf({
        chart: 'scatter',
        x: { label: 'Income', kind: 'number', scale: 'linear' },
        series: seriesOf('Years'),
        names: 'place',
        rows: values.map((value, index) => ({ x: String(index), y: [value], name: `p${index}` })),
      });
    expect(describeChart(scatter([1, 2, 4, 5]), english)).toMatch(
      /^The higher “Income”, the higher “Years”\. /,
    );
    expect(describeChart(scatter([5, 4, 2, 1]), english)).toMatch(
      /^The higher “Income”, the lower “Years”\. /,
    );
    expect(describeChart(scatter([1, 5, 5, 1]), english)).toMatch(/^No clear relation /);
  });

  test('of many series tells of the last row, and of those that are highlighted', () => {
    const names = Array.from({ length: 12 }, (_, index) => `s${index}`);
    const many = figureOf({
      series: seriesOf(...names),
      rows: ['2024', '2025'].map((x, row) => ({ x, y: names.map((_, index) => index * (row + 1)) })),
      highlight: { series: [3], rows: [] },
    });
    expect(describeChart(many, english)).toBe(
      '2025: largest 22 (s11), smallest 0 (s0). S3: rises by 100% from 3 (2024) to 6 (2025).',
    );
  });

  const value = fc.option(fc.double({ noNaN: true, min: -1e12, max: 1e12 }), { nil: null });
  const small = fc.option(fc.double({ noNaN: true, min: 1e-9, max: 1e-3 }), { nil: null });
  const anyFigure = fc
    .record({
      chart: fc.constantFrom(...chartTypes),
      kind: fc.constantFrom('category', 'date', 'number'),
      count: fc.integer({ min: 1, max: 6 }),
      names: fc.uniqueArray(fc.integer({ min: 1, max: 9998 }), { minLength: 1, maxLength: 40 }),
      values: fc.oneof(...[value, small].map(one => fc.array(one, { minLength: 240, maxLength: 240 }))),
      note: fc.string(),
      isLog: fc.boolean(),
      hasRanges: fc.boolean(),
      isHighlighted: fc.boolean(),
      palette: fc.constantFrom('categorical', 'sequential', 'diverging'),
      currency: fc.constantFrom(undefined, 'GBP', 'ILS', 'USD'),
      prefix: fc.option(fc.string(), { nil: undefined }),
      suffix: fc.option(fc.string(), { nil: undefined }),
      format: fc.constantFrom(undefined, ',.1f', '.0%', '+,', '.2s'),
    })
    .map(({ chart, count, names, values, note, isLog, hasRanges, isHighlighted, ...rest }): ChartFigure => {
      const { kind: any, ...options } = rest;
      const kind = chart === 'scatter' ? 'number' : any;
      const series = chart === 'slope' ? 2 : count;
      const scale = isLog && ['line', 'dot', 'scatter', 'small-multiples'].includes(chart) ? 'log' : 'linear';
      const isPositive = scale === 'log' || (chart === 'area' && series > 1);
      const all = names.map((name, index): ChartFigure['rows'][number] => {
        const y = Array.from({ length: series }, (_, at) => {
          const one = values[index * 6 + at]!;
          return isPositive ? Math.abs(one ?? 0) + (scale === 'log' ? 1e-9 : 0) : one;
        });
        return {
          x: kind === 'date' ? String(name).padStart(4, '0') : String(name),
          y,
          ...(hasRanges && { ranges: y.map(one => one && [one - Math.abs(one) / 2, one + Math.abs(one)]) }),
          ...(chart === 'scatter' && { name: `${note}${index}` }),
        } as ChartFigure['rows'][number];
      });
      return figureOf({
        ...(options as Partial<ChartFigure>),
        chart,
        x: {
          label: note,
          kind: kind as ChartFigure['x']['kind'],
          scale: chart === 'scatter' ? scale : 'linear',
        },
        series: seriesOf(...Array.from({ length: series }, (_, index) => `${note}${index}`)),
        rows: all,
        scale,
        names: chart === 'scatter' ? note : undefined,
        highlight: isHighlighted ? { series: [0], rows: [all[0]!.x] } : { series: [], rows: [] },
        annotations: [
          { x: all[0]!.x, text: note },
          { y: 3, text: note },
        ],
      });
    });

  test('of any chart has its first and last value, and the drawing has no invalid number', () => {
    fc.assert(
      fc.property(anyFigure, fc.constantFrom(...languages), (figure, lang) => {
        const locale = localeOf(lang);
        const text = describeChart(figure, locale);
        const { number } = createFormats(figure, lang);
        const ordered =
          figure.x.kind === 'category'
            ? figure.rows
            : [...figure.rows].sort((a, b) => Number(a.x) - Number(b.x));
        for (const index of figure.series.keys()) {
          const told = ordered.flatMap(({ y }) => y[index] ?? []);
          for (const end of [told[0], told.at(-1)])
            if (end !== undefined) expect(text.toLowerCase()).toContain(number(end).toLowerCase());
        }
        expect(writer.stringify({ type: 'root', children: drawChart(figure, locale) })).not.toMatch(
          /="[^"]*(NaN|Infinity|undefined)/,
        );
        expect(chartTable(figure, lang).rows.length).toBe(figure.rows.length);
      }),
      { numRuns: 150 },
    );
  });
});

describe('the downloadable data', () => {
  test('have no cells that spreadsheets treat as formulas, and numbers as numbers', () => {
    const figure = figureOf({
      x: category('=HYPERLINK("x")'),
      series: seriesOf('+votes'),
      rows: rows(['@SUM(1)', -5], ['-1+1', 1.5], ['\t=1', null], [' =1', 2], ['A, "b"', 1e21]),
    });
    const text = chartCsv(figure);
    expect(text.startsWith('\ufeff')).toBe(true);
    expect(parse(text, { bom: true })).toEqual([
      ['\'=HYPERLINK("x")', "'+votes"],
      ["'@SUM(1)", '-5'],
      ["'-1+1", '1.5'],
      ["'\t=1", ''],
      ["' =1", '2'],
      ['A, "b"', '1e+21'],
    ]);
  });
});
