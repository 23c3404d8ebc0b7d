/** Forms of charts: what they highlight, how they use the width, and their direction. */
import type { Element } from 'hast';
import { describe, expect, test } from 'vitest';
import type { ChartFigure, ChartType } from '../../src/article/model.ts';
import { singleValue } from '../../src/charts/data.ts';
import { drawChart } from '../../src/charts/draw.ts';
import { sizes } from '../../src/charts/svg.ts';
import { boldFactor, textWidth } from '../../src/charts/text.ts';

const figureOf = (fields: Partial<ChartFigure>): ChartFigure => ({
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
  rows: [
    { x: 'North', y: [6] },
    { x: 'South', y: [4] },
  ],
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
const seriesOf = (...labels: string[]) => labels.map(label => ({ label, range: undefined }));
const dates = { label: 'year', kind: 'date', scale: 'linear' } as const;

interface Mark {
  tag: string;
  classes: string[];
  text: string;
  properties: Record<string, unknown>;
}

/** All elements of a drawing. Lengths in em become units, of which the font size has 13. */
function marksOf(figure: ChartFigure, dir: 'ltr' | 'rtl' = 'ltr'): Mark[] {
  const found: Mark[] = [];
  const visit = ({ tagName, properties, children }: Element) => {
    const text = children.flatMap(child => (child.type === 'text' ? child.value : [])).join('');
    found.push({ tag: tagName, classes: (properties.className ?? []) as string[], text, properties });
    for (const child of children) if (child.type === 'element') visit(child);
  };
  for (const element of drawChart(figure, { lang: dir === 'rtl' ? 'he' : 'en', dir })) visit(element);
  return found;
}
const units = (value: unknown): number => {
  const text = String(value);
  return Number.parseFloat(text) * (text.endsWith('em') ? 13 : 1);
};
const having = (marks: Mark[], ...classes: string[]) =>
  marks.filter(mark => classes.every(name => mark.classes.includes(name)));
/** Classes of colours, in the order of the marks. */
const coloursOf = (marks: Mark[], tag: string) =>
  marks
    .filter(mark => mark.tag === tag)
    .flatMap(({ classes }) => classes.find(name => /^chart-([cst]\d|muted|above|below)$/.test(name)) ?? []);

describe('highlighted', () => {
  test('rows have the first colour, and others are grey', () => {
    const marks = marksOf(figureOf({ highlight: { series: [], rows: ['South'] } }));
    expect(coloursOf(marks, 'rect')).toEqual(['chart-muted', 'chart-c1']);
    expect(having(marks, 'chart-name-muted').map(({ text }) => text)).toEqual(['North']);
  });

  test('lines are drawn last, and are named first', () => {
    const marks = marksOf(
      figureOf({
        chart: 'line',
        x: dates,
        series: seriesOf('a', 'b', 'c'),
        rows: [
          { x: '2024', y: [1, 2, 3] },
          { x: '2025', y: [2, 3, 4] },
        ],
        highlight: { series: [1], rows: [] },
      }),
    );
    expect(coloursOf(marks, 'path')).toEqual(['chart-muted', 'chart-muted', 'chart-c1']);
    expect(having(marks, 'chart-end').map(({ text }) => text)).toEqual(['b 3', 'b 3']);
  });
});

describe('palettes', () => {
  test('have one colour above zero and another below', () => {
    const rows = [
      { x: 'North', y: [6] },
      { x: 'South', y: [-4] },
    ];
    expect(coloursOf(marksOf(figureOf({ rows, palette: 'diverging' })), 'rect')).toEqual([
      'chart-above',
      'chart-below',
    ]);
  });

  test.each([
    ['sequential', 3, ['chart-s1', 'chart-s4', 'chart-s6']],
    ['diverging', 5, ['chart-s1', 'chart-s3', 'chart-muted', 'chart-t2', 'chart-t1']],
  ] as const)('%s spread %i parts over a scale', (palette, count, expected) => {
    const labels = Array.from({ length: count }, (_, index) => `part ${index}`);
    const figure = figureOf({
      chart: 'stacked-bar',
      series: seriesOf(...labels),
      rows: [{ x: 'North', y: labels.map(() => 1) }],
      palette,
    });
    expect(coloursOf(marksOf(figure), 'rect').slice(count)).toEqual(expected);
  });
});

describe('on pages from right to left', () => {
  const rows = [
    { x: 'North', y: [6] },
    { x: 'South', y: [4] },
  ];

  test.each<[ChartType, string, string]>([
    ['bar', 'rect', 'x'],
    ['lollipop', 'circle', 'cx'],
    ['dot', 'circle', 'cx'],
  ])('a %s chart of categories grows to the left', (chart, tag, attribute) => {
    const ends = (dir: 'ltr' | 'rtl') =>
      marksOf(figureOf({ chart, rows }), dir)
        .filter(mark => mark.tag === tag)
        .map(({ properties }) => units(properties[attribute]));
    const [larger, smaller] = ends('rtl') as [number, number];
    expect(larger).toBeLessThan(smaller);
    if (tag === 'circle') {
      const [right, left] = ends('ltr') as [number, number];
      expect([larger, smaller]).toEqual([100 - right, 100 - left]);
    }
  });

  test.each<[ChartType, string]>([
    ['bar', 'rect'],
    ['line', 'circle'],
    ['slope', 'circle'],
    ['scatter', 'circle'],
  ])('a %s chart over an axis runs to the right', (chart, tag) => {
    const isNumbers = chart === 'scatter';
    const figure = figureOf({
      chart,
      x: isNumbers ? { ...dates, kind: 'number' } : chart === 'slope' ? figureOf({}).x : dates,
      series: chart === 'slope' ? seriesOf('a', 'b') : seriesOf('a'),
      rows: [
        { x: isNumbers ? '1' : '2024', y: chart === 'slope' ? [1, 2] : [1] },
        { x: isNumbers ? '2' : '2025', y: chart === 'slope' ? [3, 4] : [2] },
      ],
      names: isNumbers ? 'name' : undefined,
    });
    const marks = marksOf(figure, 'rtl');
    const [first, second] = marks
      .filter(mark => mark.tag === tag)
      .map(({ properties }) => units(properties.x ?? properties.cx)) as [number, number];
    expect(first).toBeLessThan(second);
    expect(having(marks, 'chart-strip')[0]!.properties.dir).toBe('ltr');
  });
});

describe('labels', () => {
  const long = 'A series whose name is far too long for the end of a line';

  test.each<[ChartType, string[]]>([
    ['line', ['Short', long]],
    ['area', ['Donaudampfschifffahrtsgesellschaft', 'b']],
    ['line', [long, `${long} indeed`, `Not ${long}`]],
  ])('of a %s chart take at most a quarter of its width', (chart, names) => {
    const figure = figureOf({
      chart,
      x: dates,
      series: seriesOf(...names),
      rows: [
        { x: '2024', y: names.map((_, index) => 1e7 * (index + 1)) },
        { x: '2025', y: names.map((_, index) => 2e7 * (index + 1)) },
      ],
    });
    const marks = marksOf(figure);
    const ends = having(marks, 'chart-side').filter(({ classes }) => classes.length > 1);
    for (const { classes, properties } of ends)
      for (const size of Object.keys(sizes) as (keyof typeof sizes)[])
        if (classes.includes(`chart-${size}`))
          expect(units(properties.width)).toBeLessThanOrEqual(sizes[size] / 4 + 1);
    // Names that labels do not contain are in the key.
    expect(having(marks, 'chart-key')).toHaveLength(1);
  });

  test('of bars take at most a quarter of the width, or there are none', () => {
    for (const suffix of ['', ' t', ' tonnes', ' tonnes per inhabitant and year']) {
      const marks = marksOf(figureOf({ suffix, rows: [{ x: 'North', y: [1234567890] }] }));
      for (const { properties } of having(marks, 'chart-side'))
        expect(units(properties.width)).toBeLessThanOrEqual(sizes.narrow / 4 + 8);
    }
  });

  test('of twelve lines name the highlighted ones', () => {
    const names = Array.from({ length: 12 }, (_, index) => `Town number ${index}`);
    const marks = marksOf(
      figureOf({
        chart: 'line',
        x: dates,
        series: seriesOf(...names),
        rows: ['2024', '2025'].map(x => ({ x, y: names.map((_, index) => index * 10) })),
        highlight: { series: [3, 7], rows: [] },
      }),
    );
    const wide = having(marks, 'chart-end').map(({ text }) => text);
    expect(wide.join(' ')).toContain('number 3');
    expect(wide.join(' ')).not.toContain('number 4');
    expect(having(marks, 'chart-key')).toHaveLength(1);
  });
});

describe('scales', () => {
  test('of a logarithmic axis have equal distances for equal ratios', () => {
    const figure = figureOf({
      chart: 'line',
      x: dates,
      scale: 'log',
      rows: [
        { x: '2000', y: [1e-6] },
        { x: '2010', y: [1] },
        { x: '2020', y: [1e12] },
      ],
    });
    const [low, middle, high] = marksOf(figure)
      .filter(({ tag }) => tag === 'circle')
      .map(({ properties }) => units(properties.cy)) as [number, number, number];
    expect((low - middle) * 2).toBeCloseTo(middle - high, 0);
  });

  test('include ranges, whose lines reach from the lower to the upper bound', () => {
    const figure = figureOf({
      chart: 'dot',
      series: [{ label: 'share', range: { low: 'lo', high: 'hi' } }],
      rows: [
        { x: 'North', y: [5], ranges: [[0, 10]] },
        { x: 'South', y: [5], ranges: [null] },
      ],
    });
    const [range, ...others] = having(marksOf(figure), 'chart-range');
    expect(range!.properties).toMatchObject({ x1: '0%', x2: '100%' });
    expect(others).toEqual([]);
  });
});

test('names of a scatter plot cover neither dots nor other names', () => {
  const figure = figureOf({
    chart: 'scatter',
    x: { label: 'income', kind: 'number', scale: 'linear' },
    names: 'place',
    rows: Array.from({ length: 40 }, (_, index) => ({
      x: String((index * 37) % 40),
      y: [(index * 23) % 40],
      name: `Place ${index}`,
    })),
  });
  const marks = marksOf(figure);
  const width = sizes.wide - units(having(marks, 'chart-side')[0]!.properties.width);
  const boxOf = (at: number, y: number, half: number) => [at - half, at + half, y - half, y + half];
  const dots = marks
    .filter(({ tag }) => tag === 'circle')
    .map(({ properties: { cx, cy } }) => boxOf((units(cx) / 100) * width, units(cy), 4.9));
  const names = having(marks, 'chart-end', 'chart-wide').map(({ text, properties }) => {
    const own = textWidth(text) * boldFactor;
    const at = (units(properties.x) / 100) * width + units(properties.dx ?? 0);
    const from = { start: at, middle: at - own / 2, end: at - own }[
      (properties.textAnchor ?? 'start') as 'start' | 'middle' | 'end'
    ];
    return [from, from + own, units(properties.y) - 11.9, units(properties.y) + 3.9];
  });
  expect(names.length).toBeGreaterThan(3);
  const meets = (a: number[], b: number[]) =>
    a[0]! < b[1]! && b[0]! < a[1]! && a[2]! < b[3]! && b[2]! < a[3]!;
  for (const [index, name] of names.entries())
    expect([...dots, ...names.slice(index + 1)].filter(other => meets(name, other))).toEqual([]);
});

describe('a chart with a single value', () => {
  test('is a sentence', () => {
    const figure = figureOf({ rows: [{ x: 'Turnout', y: [61.4] }], suffix: '%' });
    expect(singleValue(figure, 'en')).toEqual({ label: 'Turnout', value: '61.4%' });
    const two = figureOf({
      series: seriesOf('Left', 'Right'),
      rows: [{ x: 'North', y: [null, -3] }],
    });
    expect(singleValue(two, 'en')).toEqual({ label: 'Right, North', value: '−3' });
  });

  test('is a chart if it has more', () => {
    expect(singleValue(figureOf({}), 'en')).toBeUndefined();
  });
});
