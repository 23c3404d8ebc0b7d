/** Numbers and dates of charts, as spreadsheets write them. */
import { describe, expect, test } from 'vitest';
import type { ChartFigure } from '../../src/article/model.ts';
import { parseArticle } from '../../src/article/parse.ts';
import { frontMatter, parseSettings } from '../helpers/site.ts';

/** Reads the CSV file of a chart. Returns its rows, or the codes of the problems. */
function read(csv: string, { keys = '', lang = 'en', type = 'line' } = {}) {
  const chart = `\`\`\`chart\ntype: ${type}\ntitle: A chart\ndata: data.csv\nx: x\ny: y\n${keys}\`\`\`\n`;
  const { document, diagnostics } = parseArticle(
    { path: 'content/articles/x.md', bytes: Buffer.from(frontMatter() + chart) },
    { ...parseSettings, lang },
    () => ({ bytes: Buffer.from(csv) }),
  );
  if (diagnostics.length > 0) return diagnostics.map(({ code }) => code);
  const { x, rows } = document!.body.children[0] as ChartFigure;
  return { kind: x.kind, rows: rows.map(({ x, y }) => [x, y[0]]) };
}

/** Reads one column of numbers. */
function numbers(values: string[], delimiter = ',', options: { keys?: string; lang?: string } = {}) {
  const lines = values.map((value, index) => `n${index}${delimiter}"${value}"\n`);
  const result = read(`x${delimiter}y\n${lines.join('')}`, { type: 'bar', ...options });
  return Array.isArray(result) ? result : result.rows.map(([, y]) => y);
}

const ambiguous = ['chart-number/two-meanings'];

describe('numbers', () => {
  test.each<[values: string[], delimiter: string, lang: string, expected: unknown]>([
    [['1200.5'], ',', 'en', [1200.5]],
    [['1200.5'], ',', 'de', [1200.5]],
    [['1200.5'], ';', 'de', [1200.5]],
    [['0.500'], ';', 'de', [0.5]],
    [['1.200'], ',', 'en', [1.2]],
    [['1,200'], ',', 'en', [1200]],
    [['1.200'], '\t', 'en', [1.2]],
    [['1.200'], ';', 'de', [1200]],
    [['1,200'], ';', 'fr', [1.2]],
    [['1.200'], ';', 'en', ambiguous],
    [['1,200'], ';', 'en', ambiguous],
    [['1.200'], ',', 'de', ambiguous],
    [['1.200', '12,5'], ',', 'en', [1200, 12.5]],
    [['1.200', '1.234.567'], ';', 'en', [1200, 1234567]],
    [['1,200', '12.5'], ';', 'en', [1200, 12.5]],
    [['1.200', '1.2'], ';', 'en', [1.2, 1.2]],
    [['12,34,567'], ',', 'hi', [1234567]],
    [['1 234', '1\u00a0234', '1\u2009234', '1\u202f234', "1'234", '1’234'], ';', 'en', Array(6).fill(1234)],
    [['1 234,5', "1'234,5"], ';', 'en', [1234.5, 1234.5]],
    [['1e3', '1.5e3', '.5', '-2', '+2', '\u22122'], ',', 'en', [1000, 1500, 0.5, -2, 2, -2]],
    [['12 34'], ',', 'en', ['chart-number/words']],
    [["1'234 567"], ',', 'en', ['chart-number/words']],
  ])('%j with %j in %s', (values, delimiter, lang, expected) => {
    expect(numbers(values, delimiter, { lang })).toEqual(expected);
  });

  test('follow the option `numbers`', () => {
    const option = (yaml: string) => ({ keys: `numbers: ${yaml}\n` });
    expect(numbers(['1.200'], ';', option('{decimal: "."}'))).toEqual([1.2]);
    expect(numbers(['1.200'], ',', option('{decimal: ","}'))).toEqual([1200]);
    expect(numbers(['1.200', '1 200'], ';', option('{decimal: ",", group: "."}'))).toEqual([
      'chart-number/notation',
    ]);
  });

  test('on the axis have the notation of the other numbers', () => {
    expect(read('x;y\n1.000;0,5\n1,5;2\n')).toEqual({
      kind: 'number',
      rows: [
        ['1000', 0.5],
        ['1.5', 2],
      ],
    });
  });
});

describe('dates', () => {
  test.each<[string[], string, unknown]>([
    [
      ['01/02/2026', '1.3.2026', '2026-04-05'],
      'dates: day-month-year\n',
      ['2026-02-01', '2026-03-01', '2026-04-05'],
    ],
    [['01/02/2026', '1-3-2026'], 'dates: month-day-year\n', ['2026-01-02', '2026-01-03']],
    [['01/02/2026', '31/01/2026'], '', ['2026-02-01', '2026-01-31']],
    [['2026/02/01', '2026.3.1'], '', ['2026-02-01', '2026-03-01']],
    [['01/01/2026', '2/2/2026'], '', ['2026-01-01', '2026-02-02']],
    [['01/02/2026', '02/02/2026'], '', ['chart-date/two-meanings']],
    [['01/02/26', '02/02/26'], '', ['chart-date/value', 'chart-date/value']],
    [['01/02/2026', '1/2/2026'], 'dates: day-month-year\n', ['chart-number/twice']],
  ])('%j with %j', (texts, keys, expected) => {
    const result = read(`x,y\n${texts.map(text => `${text},1\n`).join('')}`, { keys });
    if (Array.isArray(result)) expect(result).toEqual(expected);
    else expect(result).toEqual({ kind: 'date', rows: (expected as string[]).map(x => [x, 1]) });
  });

  test('are only names if most values are not dates', () => {
    expect(read('x,y\nNorth,1\nSouth,2\n01/02/2026,3\n')).toMatchObject({ kind: 'category' });
  });
});
