/**
 * Drawings of charts: they must not mislead readers, and they must equal the saved drawings. After checking
 * the differences, save the new drawings:
 * UPDATE_EXPECTED=1 npx vitest run --config tests/vitest.config.ts tests/charts
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Element } from 'hast';
import rehypeStringify from 'rehype-stringify';
import { unified } from 'unified';
import { describe, expect, test } from 'vitest';
import type { ChartFigure } from '../../src/article/model.ts';
import { parseArticle } from '../../src/article/parse.ts';
import { blocksOf } from '../../src/article/walk.ts';
import { describeAll } from '../../src/build/messages.ts';
import { chartTable } from '../../src/charts/data.ts';
import { drawChart } from '../../src/charts/draw.ts';
import { frontMatter, packageRoot, parseSettings } from '../helpers/site.ts';

const writer = unified().use(rehypeStringify, { space: 'svg' }).freeze();

/** Reads a chart as an author writes it. @param csv its data file, `data.csv` */
function read(yaml: string, csv = ''): ChartFigure {
  const text = `${frontMatter()}\n\`\`\`chart\n${yaml.trim()}\n\`\`\`\n`;
  const { document, diagnostics } = parseArticle(
    { path: 'content/articles/2025/x.md', bytes: Buffer.from(text) },
    parseSettings,
    () => ({ bytes: Buffer.from(csv) }),
  );
  expect(describeAll(diagnostics)).toEqual([]);
  return blocksOf(document!.body, 'figure')[0] as ChartFigure;
}

interface Mark {
  tag: string;
  classes: string[];
  text: string;
  [attribute: string]: unknown;
}

/** Lengths in em as units, of which the font size has 13. */
const unitsOf = (value: unknown): unknown =>
  typeof value === 'string' && /^-?[\d.]+em$/.test(value)
    ? Math.round(Number.parseFloat(value) * 13 * 10) / 10
    : value;

/** All elements of a drawing, with their attributes and text. */
function marksOf(figure: ChartFigure, dir: 'ltr' | 'rtl' = 'ltr'): Mark[] {
  const found: Mark[] = [];
  const visit = (element: Element) => {
    const texts = element.children.flatMap(child => (child.type === 'text' ? child.value : []));
    found.push({
      ...Object.fromEntries(
        Object.entries(element.properties).map(([name, value]) => [name, unitsOf(value)]),
      ),
      tag: element.tagName,
      classes: (element.properties.className ?? []) as string[],
      text: texts.join(''),
    });
    for (const child of element.children) if (child.type === 'element') visit(child);
  };
  for (const element of drawChart(figure, { lang: 'en', dir })) visit(element);
  return found;
}

const having = (marks: Mark[], ...classes: string[]): Mark[] =>
  marks.filter(mark => classes.every(name => mark.classes.includes(name)));
const number = (value: unknown): number => Number.parseFloat(String(value));
/** Start and end of a horizontal rectangle, in per cent. */
const spanOf = ({ x, width }: Mark): [number, number] => [number(x), number(x) + number(width)];

const places = (rows: string, more = '') => `
type: bar
title: Votes
data:
${rows}
x: place
y: votes
${more}`;

describe('a gap in the data', () => {
  const line = read(
    `
type: line
title: Votes
data: data.csv
x: year
y: votes
`,
    'year,votes\n2001,4\n2002,6\n2003,\n2004,8\n2005,9\n',
  );

  test('is neither zero nor a line', () => {
    expect(line.rows.map(({ y }) => y[0])).toEqual([4, 6, null, 8, 9]);
    const marks = marksOf(line);
    const [path] = having(marks, 'chart-line');
    expect(String(path!.d).match(/M/g)).toHaveLength(2);
    expect(marks.filter(({ tag }) => tag === 'circle')).toHaveLength(4);
    expect(chartTable(line, 'en').rows.map(({ values }) => values)).toEqual([
      ['4'],
      ['6'],
      [''],
      ['8'],
      ['9'],
    ]);
  });

  test('is a dash in a bar chart', () => {
    const marks = marksOf(read(places('  - {place: North, votes: 4}\n  - {place: South, votes: null}')));
    expect(marks.filter(({ tag, classes }) => tag === 'rect' && classes.includes('chart-c1'))).toHaveLength(
      1,
    );
    expect(marks.filter(({ tag }) => tag === 'text').map(({ text }) => text)).toEqual(['4', '–']);
  });
});

describe('negative values', () => {
  test('are bars on the other side of zero, with their label beyond the end', () => {
    const marks = marksOf(read(places('  - {place: North, votes: 6}\n  - {place: South, votes: -4}')));
    const [north, south] = having(marks, 'chart-fill').map(spanOf);
    const zero = number(having(marks, 'chart-zero')[0]!.x1);
    expect([zero, north, south]).toEqual([40, [40, 100], [0, 40]]);
    const [, label] = having(marks, 'chart-halo');
    expect(label).toMatchObject({ text: '−4', x: '0%', textAnchor: 'end', dx: -5 });
  });

  test('run to the other side on a page from right to left', () => {
    const marks = marksOf(read(places('  - {place: North, votes: 6}\n  - {place: South, votes: -4}')), 'rtl');
    const [north, south] = having(marks, 'chart-fill').map(spanOf);
    expect([north, south]).toEqual([
      [0, 60],
      [60, 100],
    ]);
    expect(having(marks, 'chart-halo')[1]).toMatchObject({ text: '−4', x: '100%', textAnchor: 'end', dx: 5 });
  });

  test('are stacked below zero, and positive ones above it', () => {
    const figure = read(`
type: stacked-bar
title: Votes
data: [{place: North, gain: 20, loss: -10, more: 30, less: -40}]
x: place
y: [gain, loss, more, less]
`);
    const spans = having(marksOf(figure), 'chart-part').map(spanOf);
    expect(spans).toEqual([
      [50, 70],
      [40, 50],
      [70, 100],
      [0, 40],
    ]);
  });

  test('are columns below the zero line, with their label below', () => {
    const figure = read(`
type: bar
title: Balance
data: [{year: "2001", votes: 5}, {year: "2002", votes: -5}]
x: year
y: votes
`);
    const marks = marksOf(figure);
    const [up, down] = having(marks, 'chart-bar');
    const zero = number(having(marks, 'chart-zero')[0]!.y1);
    expect(number(up!.y) + number(up!.height)).toBeCloseTo(zero);
    expect(number(down!.y)).toBeCloseTo(zero);
    const [above, below] = having(marks, 'chart-halo');
    expect([above!.text, number(above!.y) - number(up!.y)]).toEqual(['5', -5]);
    expect([below!.text, number(below!.y) - number(down!.y) - number(down!.height)]).toEqual([
      '−5',
      expect.closeTo(15),
    ]);
  });
});

test('rows in any order are drawn in the order of time', () => {
  const csv = (...rows: string[]) => `year,votes\n${rows.join('\n')}\n`;
  const yaml = 'type: line\ntitle: Votes\ndata: data.csv\nx: year\ny: votes';
  const sorted = read(yaml, csv('1999,1', '2000,5', '2004,2'));
  const shuffled = read(yaml, csv('2004,2', '1999,1', '2000,5'));
  expect(marksOf(shuffled)).toEqual(marksOf(sorted));
  const xs = marksOf(shuffled)
    .filter(({ tag }) => tag === 'circle')
    .map(({ cx }) => number(cx));
  expect(xs).toEqual([1, expect.closeTo(1 + 98 / 5, 0), 99]);
});

describe('numbers', () => {
  test('may have a minus sign (U+2212), a plus sign or an exponent', () => {
    const figure = read(
      places('  - {place: A, votes: −1.5}\n  - {place: B, votes: "+2"}\n  - {place: C, votes: 1e2}'),
    );
    expect(figure.rows.map(({ y }) => y[0])).toEqual([-1.5, 2, 100]);
    expect(
      marksOf(figure)
        .filter(({ tag }) => tag === 'text')
        .map(({ text }) => text),
    ).toEqual(['−1.5', '2.0', '100.0']);
  });

  test.each([
    ['commas', ','],
    ['semicolons', ';'],
    ['tabs', '\t'],
  ])('in a data file can be separated by %s', (_, mark) => {
    const csv = [
      ['place', 'votes', 'note'],
      ['North', '1.5', 'a'],
      ['South', '2', 'b'],
    ];
    const figure = read(
      'type: bar\ntitle: Votes\ndata: data.csv\nx: place\ny: votes',
      csv.map(cells => `${cells.join(mark)}\n`).join(''),
    );
    expect(figure.rows).toEqual([
      { x: 'North', y: [1.5] },
      { x: 'South', y: [2] },
    ]);
  });
});

/** Charts of every type, with data that is hard to draw, such as long names and negative or missing values. */
const drawings: Record<string, string> = {
  bar: places(
    '  - {place: North, votes: 1200.5}\n  - {place: A very long name of a place, votes: -300}',
    'annotations: [{y: 500, text: Half}]\nsuffix: " t"',
  ),
  'bar-grouped': `
type: bar
title: Votes
data: [{place: North, left: 12, right: 9}, {place: South, left: null, right: 4}]
x: place
y: [left, right]
prefix: $`,
  'bar-years': `
type: bar
title: Votes
data: [{year: "2001", votes: 5}, {year: "2002", votes: -2}, {year: "2004", votes: 8}]
x: year
y: votes
annotations: [{x: "2002", text: The works close}, {y: 6, text: Goal}]`,
  'bar-long-notes': `
type: bar
title: Votes
data: [{year: "2001", votes: 5}, {year: "2002", votes: 7}, {year: "2003", votes: 8}, {year: "2004", votes: 9}]
x: year
y: votes
annotations:
  - {x: "2001", text: Short}
  - {x: "2003", text: At the next level}
  - {x: "2004", text: The works close after a vote of the whole council in the town hall}
  - {y: 2, text: The goal that the council set itself and everybody else in the town and in its neighbourhood for the year}`,
  'bar-months-grouped': `
type: bar
title: Votes
data: [{month: 2001-01, a: 5, b: 2}, {month: 2001-02, a: 6, b: null}]
x: month
y: [a, b]`,
  'stacked-bar': `
type: stacked-bar
title: Shares
data: [{place: North, a: 41, b: 33, c: 26}, {place: South, a: 1, b: -2, c: 99}]
x: place
y: [a, b, c]
suffix: "%"
annotations: [{y: 50, text: Half}]`,
  'stacked-bar-years': `
type: stacked-bar
title: Shares
data: [{year: "2001", a: 41, b: 33}, {year: "2002", a: 12, b: 66}]
x: year
y: [a, b]`,
  line: `
type: line
title: Rates
data:
  - {month: 2024-01, a: 4.5, b: 4.7, c: 12}
  - {month: 2024-02, a: 5.5, b: null, c: 14}
  - {month: 2024-03, a: null, b: 4.9, c: 13}
  - {month: 2024-05, a: 6.25, b: 6.1, c: 20}
x: month
y: [a, b, {column: c, label: A rather long name}]
annotations: [{x: 2024-02, text: Strike}, {x: 2024-05, text: Settled}, {y: 10, text: Limit}]`,
  'line-single': `
type: line
title: Rates
data: [{year: "2024", a: 4}]
x: year
y: a`,
  'line-numbers': `
type: line
title: Distance
data: [{km: 0, t: 0}, {km: 2.5, t: 100000}, {km: 10, t: 2500000}]
x: km
y: t`,
  'line-days': `
type: line
title: Cases
data:
${Array.from({ length: 40 }, (_, index) => `  - {day: ${new Date(Date.UTC(2024, 11, 10 + index)).toISOString().slice(0, 10)}, n: ${(index * 37) % 50}}`).join('\n')}
x: day
y: n`,
  'line-categories': `
type: line
title: Steps
data: [{step: First, n: 3}, {step: Second, n: 9}, {step: Third, n: 4}]
x: step
y: n
format: ",.1f"`,
  area: `
type: area
title: Sources
data: [{year: "2020", coal: 5, wind: 3}, {year: "2021", coal: 4, wind: 6}, {year: "2023", coal: 0, wind: 9}]
x: year
y: [coal, wind]
annotations: [{x: "2021", text: New law}]`,
  'area-single': `
type: area
title: Sources
data: [{year: "2020", coal: 5}]
x: year
y: coal`,
  'bar-years-single': `
type: bar
title: Votes
data: [{year: "2001", votes: 21}, {year: "2002", votes: 0}, {year: "2003", votes: 7}]
x: year
y: votes`,
  'bar-highlight': places(
    '  - {place: North, votes: 1200000}\n  - {place: South, votes: 15300000}',
    'currency: EUR\nhighlight: South',
  ),
  'bar-diverging': places(
    '  - {place: North, votes: 4}\n  - {place: South, votes: -5}',
    'palette: diverging\nsuffix: "%"',
  ),
  'bar-wide-labels': places(
    '  - {place: North, votes: 1200000000}\n  - {place: South, votes: 300000000}',
    'prefix: "about "\nsuffix: " per year"',
  ),
  'stacked-bar-sequential': `
type: stacked-bar
title: Shares
data: [{place: North, a: 41, b: 33, c: 26}]
x: place
y: [a, b, c]
palette: sequential`,
  lollipop: `
type: lollipop
title: Waiting
data: [{place: North, days: 21}, {place: South, days: -4}, {place: West, days: null}]
x: place
y: days`,
  'dot-range': `
type: dot
title: Poll
data: [{party: Left, share: 31, lo: 28, hi: 34}, {party: Right, share: 6, lo: null, hi: null}]
x: party
y: {column: share, label: Share, lower: lo, upper: hi}
suffix: "%"`,
  'dot-log': `
type: dot
title: Sizes
data: [{thing: Virus, size: 0.0000001}, {thing: Tower, size: 320}]
x: thing
y: size
scale: log`,
  'line-highlight': `
type: line
title: Rents
data: [{year: "2024", a: 4, b: 5, c: 6}, {year: "2025", a: 9, b: 5, c: 7}]
x: year
y: [a, b, {column: c, label: A rather long name}]
highlight: [a]`,
  'line-range': `
type: line
title: Forecast
data: [{year: "2024", a: 4, lo: null, hi: null}, {year: "2025", a: 5, lo: 4.5, hi: 6}, {year: "2026", a: 6, lo: 4, hi: 9}]
x: year
y: {column: a, label: Rate, lower: lo, upper: hi}`,
  'line-log': `
type: line
title: Growth
data: [{year: "2000", a: 0.000001}, {year: "2010", a: 1}, {year: "2020", a: 10000000000000}]
x: year
y: a
scale: log`,
  slope: `
type: slope
title: Births
data: [{place: Capital, a: 14.2, b: 9.1}, {place: A place with a name that is much too long, a: 12, b: 12.5}, {place: Nowhere, a: 3, b: null}]
x: place
y: [{column: a, label: "2005"}, {column: b, label: "2025"}]
highlight: Capital`,
  scatter: `
type: scatter
title: Health
data: [{place: North, income: 900, years: 52}, {place: South, income: 41000, years: 79}, {place: Next to South, income: 41500, years: 79}]
x: {column: income, label: Income, scale: log}
y: {column: years, label: Years}
names: place
highlight: South`,
  'small-multiples': `
type: small-multiples
title: Rents
data: [{year: "2024", a: 4, b: 150}, {year: "2025", a: null, b: 120}, {year: "2026", a: 60, b: 90}]
x: year
y: [a, b]
highlight: b
annotations: [{y: 100, text: Average}]`,
  'line-below-zero': `
type: line
title: Balance
data: [{year: "2020", deficit: -96}, {year: "2021", deficit: -91}, {year: "2022", deficit: -99}]
x: year
y: deficit`,
  'line-near-zero': `
type: line
title: Balance
data: [{year: "2020", deficit: -96}, {year: "2021", deficit: -11}, {year: "2022", deficit: -99}]
x: year
y: deficit`,
  'line-above-zero': `
type: line
title: Balance
data: [{year: "2020", surplus: 96}, {year: "2021", surplus: 91}, {year: "2022", surplus: 99}]
x: year
y: surplus`,
  dot: `
type: dot
title: Before and after
data: [{place: North, before: 31, after: 46}, {place: East, before: -28, after: -5}, {place: West, before: 7, after: 7}, {place: South, before: null, after: 12}]
x: place
y: [before, after]
annotations: [{y: 20, text: Average}]`,
};

describe('whole drawings equal the saved ones', () => {
  const folder = join(packageRoot, 'tests/charts/drawings');
  test.each(
    Object.entries(drawings).flatMap(([name, yaml]) =>
      (['ltr', 'rtl'] as const).map(dir => [`${name}-${dir}`, dir, yaml] as const),
    ),
  )('%s', (name, dir, yaml) => {
    const children = drawChart(read(yaml), { lang: dir === 'rtl' ? 'he' : 'en', dir });
    const html = `${writer.stringify({ type: 'root', children }).replaceAll('><', '>\n<')}\n`;
    const file = join(folder, `${name}.txt`);
    if (process.env.UPDATE_EXPECTED === '1') {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, html);
    }
    expect(existsSync(file), 'UPDATE_EXPECTED=1 saves it').toBe(true);
    expect(html).toBe(readFileSync(file, 'utf8'));
  });
});
