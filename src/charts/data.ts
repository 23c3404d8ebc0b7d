/** The numbers of a chart: as a table for the page, and as a CSV file for download. */
import type { ChartFigure } from '../article/model.ts';
import { createFormats } from './format.ts';

export interface ChartTable {
  head: string[];
  rows: { name: string; values: string[] }[];
}

/**
 * Formats a chart's numbers as a table of text. Missing values are empty. Ranges are in parentheses.
 * @param lang language tag (BCP 47)
 */
export function chartTable(figure: ChartFigure, lang: string): ChartTable {
  const formats = createFormats(figure, lang);
  const { x, series, rows, names } = figure;
  const valueText = (value: number | null, range: [number, number] | null | undefined): string => {
    if (value === null) return '';
    if (!range) return formats.number(value);
    return `${formats.number(value)} (${range.map(formats.number).join('–')})`;
  };
  const labels = series.map(({ label }) => label);
  return {
    head: names === undefined ? [x.label, ...labels] : [names, x.label, ...labels],
    rows: rows.map(row => {
      const values = row.y.map((value, index) => valueText(value, row.ranges?.[index]));
      const own = formats.x(row.x);
      return names === undefined ? { name: own, values } : { name: row.name ?? '', values: [own, ...values] };
    }),
  };
}

/**
 * The value of a chart that has only one.
 * @returns undefined if the chart has several values
 */
export function singleValue(figure: ChartFigure, lang: string): { label: string; value: string } | undefined {
  const points = figure.rows.flatMap(({ x, y }) =>
    y.flatMap((value, series) => (value === null ? [] : [{ x, value, series }])),
  );
  const [only] = points;
  if (!only || points.length > 1 || figure.chart === 'scatter') return undefined;
  const formats = createFormats(figure, lang);
  const series = figure.series.length > 1 ? [figure.series[only.series]!.label] : [];
  return { label: [...series, formats.x(only.x)].join(', '), value: formats.number(only.value) };
}

/**
 * Formats a chart's numbers as CSV (RFC 4180), with a byte order mark so that spreadsheets detect UTF-8.
 * Numbers are not localized.
 */
export function chartCsv({ x, series, rows, names }: ChartFigure): string {
  const head = [
    ...(names === undefined ? [] : [names]),
    x.label,
    ...series.flatMap(({ label, range }) => (range ? [label, range.low, range.high] : [label])),
  ];
  const number = (value: number | null | undefined) => (value == null ? '' : String(value));
  const lines = [
    head.map(textCell),
    ...rows.map(row => [
      ...(names === undefined ? [] : [textCell(row.name ?? '')]),
      x.kind === 'category' ? textCell(row.x) : row.x.replace('\u2212', '-'),
      ...row.y.flatMap((value, index) =>
        series[index]!.range
          ? [value, row.ranges?.[index]?.[0], row.ranges?.[index]?.[1]].map(number)
          : [number(value)],
      ),
    ]),
  ];
  return `\ufeff${lines.map(cells => `${cells.join(',')}\r\n`).join('')}`;
}

/**
 * Quotes a cell of text. Spreadsheets execute text that begins like a formula, and an apostrophe before it
 * prevents that (OWASP, CSV injection).
 */
function textCell(text: string): string {
  const safe = /^[\s]*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(text) || /^[\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n;\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
