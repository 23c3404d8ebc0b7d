/** The numbers of a chart: as a table to read, and as a CSV file to take away. */
import type { ChartFigure } from '../article/model.ts';
import { createFormats } from './format.ts';

export interface ChartTable {
  head: string[];
  rows: { name: string; values: string[] }[];
}

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

/** RFC 4180, with the mark by which spreadsheets know UTF-8. Numbers are as they are, so that they can be reckoned with. */
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

/** A spreadsheet would run what begins like a formula; the apostrophe has it taken as text (OWASP, CSV injection). */
function textCell(text: string): string {
  const safe = /^[\s]*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(text) || /^[\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n;\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
