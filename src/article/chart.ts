/** A fenced block `chart`: its YAML, and the data in it or in a CSV file beside the article, as a `ChartFigure`. */
import * as z from 'zod';
import { isIsoDate } from '../base/dates.ts';
import type { Place, Report } from '../base/diagnostics.ts';
import { lazyPackage } from '../base/lazy-package.ts';
import { didYouMean } from '../base/suggestions.ts';
import { type CheckedYaml, readYaml, type YamlText } from '../base/yaml.ts';
import { messageLimit, readCsv } from './csv.ts';
import { besidePath, besideSizeLimit, type Surroundings } from './data-file.ts';
import type { DataTable } from './data-table.ts';
import { type ChartAnnotation, type ChartFigure, type ChartRow, chartTypes } from './model.ts';

const d3 = lazyPackage<typeof import('d3-format')>('d3');

/** More cannot be told apart on a screen, nor read aloud. */
export const rowLimit = 1000;

/** As many colours as people with any sight of colours can tell apart. */
export const seriesLimit = 6;

const plain = z.string().trim().min(1);

function isFormat(specifier: string): boolean {
  const { formatSpecifier } = d3();
  try {
    formatSpecifier(specifier);
    return true;
  } catch {
    return false;
  }
}

const column = z.union([plain, z.strictObject({ column: plain, label: plain })]);

const chartSchema = z.strictObject({
  type: z.enum(chartTypes),
  title: plain,
  subtitle: plain.optional(),
  source: plain.optional(),
  note: plain.optional(),
  credit: plain.optional(),
  data: z.union([plain, z.array(z.record(z.string(), z.string().nullable())).min(1)]),
  x: column,
  y: z.union([column, z.array(column).min(1)]),
  format: plain
    .refine(isFormat, {
      error:
        "is not a number format. Write one of d3-format, for example ',.1f' (one decimal), '.0%' (a share as per cent) or '+,' (with its sign).",
    })
    .optional(),
  dateFormat: plain
    .refine(text => /%[-_0]?[a-zA-Z]/.test(text), {
      error: "is not a date format. Write one of d3-time-format, for example '%B %Y' or '%Y'.",
    })
    .optional(),
  prefix: z.string().optional(),
  suffix: z.string().optional(),
  annotations: z.array(z.strictObject({ x: plain.optional(), y: plain.optional(), text: plain })).optional(),
});

type ChartYaml = CheckedYaml<z.output<typeof chartSchema>>;

/** `id` stays empty here. Nothing when anything is wrong; the messages then say what. */
export function readChart(
  text: YamlText,
  surroundings: Surroundings,
  report: Report,
): ChartFigure | undefined {
  const yaml = readYaml(text, chartSchema, 'chart', report);
  if (!yaml) return undefined;
  const { value, placeOf } = yaml;
  const data = readData(yaml, text.origin, surroundings, report);
  if (!data) return undefined;
  const { table } = data;
  if (table.rows.length > rowLimit) {
    const place = table.rows[rowLimit]?.[0]?.place;
    data.report(
      'error',
      'chart-rows',
      place,
      `There are more than ${rowLimit.toLocaleString('en')} rows, more than a chart can show. Sum them up, by month or by group for example, and give the sums.`,
    );
    return undefined;
  }
  const wanted = (Array.isArray(value.y) ? value.y : [value.y]).map(labelled);
  const x = labelled(value.x);
  if (wanted.length > seriesLimit) {
    report(
      'error',
      'chart-series',
      placeOf('y'),
      `'y' names ${wanted.length} columns, and readers can tell ${seriesLimit} apart. Leave some out, or make several charts.`,
    );
    return undefined;
  }
  const indexes = [x, ...wanted].map(({ column }) => indexOf(column, data));
  const [xIndex, ...yIndexes] = indexes;
  if (xIndex === undefined || xIndex < 0 || yIndexes.some(index => index < 0)) return undefined;
  const rows = readRows(data, xIndex, yIndexes, wanted);
  if (!rows) return undefined;
  const kind = kindOf(rows);
  const figure: ChartFigure = {
    type: 'figure',
    kind: 'chart',
    id: '',
    caption: value.title,
    credit: value.credit,
    chart: value.type,
    subtitle: value.subtitle,
    source: value.source,
    note: value.note,
    x: { label: x.label, kind },
    series: wanted.map(({ label }) => ({ label })),
    rows,
    format: value.format,
    dateFormat: value.dateFormat,
    prefix: value.prefix,
    suffix: value.suffix,
    annotations: [],
    children: [],
  };
  if (!isDrawable(figure, data, xIndex, yIndexes)) return undefined;
  const annotations = readAnnotations(yaml, figure, report);
  return annotations && { ...figure, annotations };
}

const labelled = (column: string | { column: string; label: string }) =>
  typeof column === 'string' ? { column, label: column } : column;

/** A table, and where messages about it go. */
interface Data {
  table: DataTable;
  report: Report;
}

function readData(
  { value, placeOf }: ChartYaml,
  origin: Place,
  { path, read, reportIn }: Surroundings,
  report: Report,
): Data | undefined {
  const { data } = value;
  if (typeof data !== 'string') return { table: tableOf(data, placeOf, origin), report };
  const refuse = (reason: string): undefined =>
    report('error', 'chart-data', placeOf('data'), reason) as undefined;
  if (!/\.csv$/i.test(data))
    return refuse(
      `'${data}' is not the name of a CSV file. Name one that ends in '.csv', or write the rows here.`,
    );
  const file = besidePath(data, path);
  if (file === undefined)
    return refuse(`The data '${data}' are outside of content/. Put a copy of the file beside the article.`);
  const found = read(file);
  if ('bytes' in found) {
    const own = reportIn(file);
    const table = readCsv(found.bytes, rowLimit, own);
    return table && { table, report: own };
  }
  switch (found.problem) {
    case 'absent':
      return refuse(`There is no file ${file}. Put it there, or correct its name.`);
    case 'size':
      return refuse(
        `${file} has more than ${besideSizeLimit / 1_000_000} MB, more than a chart can show. Sum the rows up, and give the sums.`,
      );
    case 'unreadable':
      return refuse(`${file} cannot be read. Put a plain file in its place, and let this account read it.`);
  }
}

/** Rows of YAML; the columns are those of all rows together. */
function tableOf(
  data: readonly Record<string, string | null>[],
  placeOf: ChartYaml['placeOf'],
  origin: Place,
): DataTable {
  const names = [...new Set(data.flatMap(row => Object.keys(row)))];
  return {
    columns: names.map(text => ({ text, place: placeOf(`data.0.${text}:key`) ?? placeOf('data') ?? origin })),
    rows: data.map((row, index) =>
      names.map(name => ({
        text: (row[name] ?? '').trim(),
        place: placeOf(`data.${index}.${name}`) ?? placeOf(`data.${index}`) ?? origin,
      })),
    ),
  };
}

function indexOf(name: string, { table, report }: Data): number {
  const index = table.columns.findIndex(({ text }) => text === name);
  if (index < 0) {
    const known = table.columns.map(({ text }) => text);
    report(
      'error',
      'chart-column',
      table.columns[0]?.place,
      `There is no column '${name}', which the chart shows. ${didYouMean(name, known)}`,
    );
  }
  return index;
}

const numeral = /^[-+\u2212]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;

function numberOf(text: string): number | undefined {
  if (!numeral.test(text)) return undefined;
  const number = Number(text.replace('\u2212', '-'));
  return Number.isFinite(number) ? number : undefined;
}

function readRows(
  { table, report }: Data,
  xIndex: number,
  yIndexes: readonly number[],
  wanted: readonly { column: string }[],
): ChartRow[] | undefined {
  let problems = 0;
  const tell = (place: Place, reason: string): null => {
    if (problems++ < messageLimit) report('error', 'chart-number', place, reason);
    return null;
  };
  const rows = table.rows.map(cells => {
    const x = cells[xIndex]!;
    if (x.text === '')
      tell(x.place, 'The row has no name to stand on the axis. Write it, or remove the row.');
    const y = yIndexes.map((index, series) => {
      const { text, place } = cells[index]!;
      if (text === '') return null;
      return numberOf(text) ?? tell(place, explainNumber(text, wanted[series]!.column));
    });
    return { x: x.text, y };
  });
  if (problems === 0 && rows.every(({ y }) => y.every(value => value === null))) {
    const place = table.columns[yIndexes[0]!]!.place;
    tell(place, 'There is not one number to show. Write the numbers, or remove the chart.');
  }
  return problems === 0 ? rows : undefined;
}

function explainNumber(text: string, column: string): string {
  const shown = `'${text.length > 40 ? `${text.slice(0, 40)}…` : text}' in the column '${column}' is not a number.`;
  if (/^[-+]?\d{1,3}([ ,.'\u00a0\u202f]\d{3})+$/.test(text))
    return `${shown} Write it without marks between the thousands: ${text.replace(/[^-\d]/g, '')}.`;
  if (/^[-+]?\d+,\d+$/.test(text))
    return `${shown} Write a point for the decimals: ${text.replace(',', '.')}.`;
  if (/^[-+]?[\d.]+ ?%$/.test(text))
    return `${shown} Write ${text.replace(/ ?%/, '')}, and 'suffix: "%"' in the chart.`;
  return `${shown} Write digits alone, or leave the place empty where the number is not known.`;
}

function kindOf(rows: readonly ChartRow[]): ChartFigure['x']['kind'] {
  if (rows.every(({ x }) => isIsoDate(x))) return 'date';
  return rows.every(({ x }) => numberOf(x) !== undefined) ? 'number' : 'category';
}

/** What the type of chart cannot show. */
function isDrawable(
  { chart, rows, x }: ChartFigure,
  { table, report }: Data,
  xIndex: number,
  yIndexes: readonly number[],
): boolean {
  const seen = new Set<string>();
  const isAxis = x.kind !== 'category' && (chart === 'line' || chart === 'area');
  for (const [index, row] of rows.entries()) {
    const cells = table.rows[index]!;
    if ((isAxis || x.kind === 'date') && seen.has(row.x)) {
      report(
        'error',
        'chart-number',
        cells[xIndex]!.place,
        `'${row.x}' stands twice. Give one row to each, with a column for each line or group.`,
      );
      return false;
    }
    seen.add(row.x);
    if (chart !== 'area' || yIndexes.length < 2) continue;
    const wrong = row.y.findIndex(value => value === null || value < 0);
    if (wrong < 0) continue;
    report(
      'error',
      'chart-number',
      cells[yIndexes[wrong]!]!.place,
      'Areas that stand on each other show neither gaps nor values below zero. Use the type line.',
    );
    return false;
  }
  return true;
}

function readAnnotations(
  { value, placeOf }: ChartYaml,
  { chart, rows, x }: ChartFigure,
  report: Report,
): ChartAnnotation[] | undefined {
  const known = new Set(rows.map(row => row.x));
  const isAxis = x.kind !== 'category' && chart !== 'dot';
  let isRight = true;
  const tell = (path: string, reason: string): [] => {
    isRight = false;
    report('error', 'chart-annotation', placeOf(path) ?? placeOf('annotations'), reason);
    return [];
  };
  const annotations = (value.annotations ?? []).flatMap((one, index): ChartAnnotation[] => {
    const path = `annotations.${index}`;
    if ((one.x === undefined) === (one.y === undefined))
      return tell(
        path,
        "A note in the chart has a place: 'x', of the axis, or 'y', a value. Write one of them.",
      );
    if (one.y !== undefined) {
      const y = numberOf(one.y);
      return y === undefined ? tell(`${path}.y`, explainNumber(one.y, 'y')) : [{ y, text: one.text }];
    }
    const at = one.x!;
    const fits =
      known.has(at) || (isAxis && (x.kind === 'date' ? isIsoDate(at) : numberOf(at) !== undefined));
    return fits
      ? [{ x: at, text: one.text }]
      : tell(`${path}.x`, `'${at}' does not stand on the x axis. Write a value as the data have it.`);
  });
  return isRight ? annotations : undefined;
}
