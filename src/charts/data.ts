/** The numbers of a chart: as a table for the page, and as a CSV file for download. */
import type { ChartFigure } from '../article/model.ts';
import { createFormats } from './format.ts';

export interface ChartTable {
  head: string[];
  rows: { name: string; values: string[] }[];
}

/** Formats a chart's numbers as a table of text. Missing values are empty. @param lang language tag (BCP 47) */
export function chartTable(figure: ChartFigure, lang: string): ChartTable {
  const formats = createFormats(figure, lang);
  return {
    head: [figure.x.label, ...figure.series.map(({ label }) => label)],
    rows: figure.rows.map(({ x, y }) => ({
      name: formats.x(x),
      values: y.map(value => (value === null ? '' : formats.number(value))),
    })),
  };
}

/**
 * Formats a chart's numbers as CSV (RFC 4180), with a byte order mark so that spreadsheets detect UTF-8.
 * Numbers are not localized.
 */
export function chartCsv({ x, series, rows }: ChartFigure): string {
  const lines = [
    [x.label, ...series.map(({ label }) => label)].map(textCell),
    ...rows.map(row => [
      x.kind === 'category' ? textCell(row.x) : row.x.replace('\u2212', '-'),
      ...row.y.map(value => (value === null ? '' : String(value))),
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
