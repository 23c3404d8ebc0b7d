/** Reads fenced `chart` blocks. Their data are in the block or in a CSV file in content/. */
import * as z from 'zod';
import { isIsoDate } from '../base/dates.ts';
import type { Place, Report } from '../base/diagnostics.ts';
import { lazyPackage } from '../base/lazy-package.ts';
import { text } from '../base/schemas.ts';
import { suggest } from '../base/suggestions.ts';
import { type CheckedYaml, readYaml, type YamlText } from '../base/yaml.ts';
import { problem } from '../base/yaml-messages.ts';
import { messageLimit, readCsv } from './csv.ts';
import { besidePath, besideSizeLimit, type Surroundings } from './data-file.ts';
import type { DataTable } from './data-table.ts';
import { type ChartAnnotation, type ChartFigure, type ChartRow, chartTypes } from './model.ts';

const d3 = lazyPackage<typeof import('d3-format')>('d3');

/**
 * Maximum number of rows in a chart. Readers could not distinguish more on a screen, or listen to all of
 * them.
 */
export const rowLimit = 1000;

/**
 * Maximum number of series in a chart. The palette has six colours that remain distinct with any colour
 * vision deficiency.
 */
export const seriesLimit = 6;

function isFormat(specifier: string): boolean {
  const { formatSpecifier } = d3();
  try {
    formatSpecifier(specifier);
    return true;
  } catch {
    return false;
  }
}

const column = z.union([text, z.strictObject({ column: text, label: text })]);

/** Schema of the YAML in a fenced `chart` block. */
export const chartSchema = z.strictObject({
  type: z.enum(chartTypes),
  title: text,
  subtitle: text.optional(),
  source: text.optional(),
  note: text.optional(),
  credit: text.optional(),
  data: z.union([text, z.array(z.record(z.string(), z.string().nullable())).min(1)]),
  x: column,
  y: z.union([column, z.array(column).min(1)]),
  format: text.refine(isFormat, problem('number-format')).optional(),
  dateFormat: text.refine(format => /%[-_0]?[a-zA-Z]/.test(format), problem('date-format')).optional(),
  prefix: z.string().optional(),
  suffix: z.string().optional(),
  annotations: z.array(z.strictObject({ x: text.optional(), y: text.optional(), text })).optional(),
});

type ChartYaml = CheckedYaml<z.output<typeof chartSchema>>;

/**
 * Reads a fenced `chart` block. Leaves `id` empty; `assignIds` sets it.
 * @returns undefined if the block is invalid, which is reported
 */
export function readChart(
  source: YamlText,
  surroundings: Surroundings,
  report: Report,
): ChartFigure | undefined {
  const yaml = readYaml(source, chartSchema, 'chart', report);
  if (!yaml) return undefined;
  const { value, placeOf } = yaml;
  const data = readData(yaml, source.origin, surroundings, report);
  if (!data) return undefined;
  const { table } = data;
  if (table.rows.length > rowLimit) {
    const place = table.rows[rowLimit]?.[0]?.place;
    data.report('error', 'chart-rows', place, { limit: rowLimit });
    return undefined;
  }
  const wanted = (Array.isArray(value.y) ? value.y : [value.y]).map(labelled);
  const x = labelled(value.x);
  if (wanted.length > seriesLimit) {
    report('error', 'chart-series', placeOf('y'), { columns: wanted.length, limit: seriesLimit });
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

/** Chart data, with the reporter for the file that contains them. */
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
  if (!/\.csv$/i.test(data)) {
    report('error', 'chart-data/name', placeOf('data'), { name: data });
    return undefined;
  }
  const file = besidePath(data, path);
  if (file === undefined) {
    report('error', 'chart-data/outside', placeOf('data'), { name: data });
    return undefined;
  }
  const found = read(file);
  if ('bytes' in found) {
    const own = reportIn(file);
    const table = readCsv(found.bytes, rowLimit, own);
    return table && { table, report: own };
  }
  if (found.problem === 'size')
    report('error', 'chart-data/size', placeOf('data'), { file, limit: besideSizeLimit });
  else if (found.problem === 'case')
    report('error', 'chart-data/case', placeOf('data'), { target: file, actual: found.actual });
  else report('error', `chart-data/${found.problem}`, placeOf('data'), { file });
  return undefined;
}

/** Builds a table from rows of YAML. Its columns are the keys of all rows. */
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
    report('error', 'chart-column', table.columns[0]?.place, {
      column: name,
      suggestion: suggest(name, known),
    });
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
  const reject = (report: () => void): null => {
    if (problems++ < messageLimit) report();
    return null;
  };
  const rows = table.rows.map(cells => {
    const x = cells[xIndex]!;
    if (x.text === '') reject(() => report('error', 'chart-number/no-name', x.place));
    const y = yIndexes.map((index, series) => {
      const { text, place } = cells[index]!;
      if (text === '') return null;
      const number = numberOf(text);
      return (
        number ?? reject(() => reportNotANumber('chart-number', place, text, wanted[series]!.column, report))
      );
    });
    return { x: x.text, y };
  });
  if (problems === 0 && rows.every(({ y }) => y.every(value => value === null))) {
    const { place } = table.columns[yIndexes[0]!]!;
    reject(() => report('error', 'chart-number/none', place));
  }
  return problems === 0 ? rows : undefined;
}

/** Maximum length of a cell's text in a message, in characters. */
const shownLength = 40;

/**
 * Reports text that is not a number. Suggests a number if the text only has thousands separators, a decimal
 * comma or a percent sign.
 */
function reportNotANumber(
  rule: 'chart-number' | 'chart-annotation',
  place: Place | undefined,
  text: string,
  column: string,
  report: Report,
): void {
  const shown = text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
  const cell = { text: shown, column };
  if (/^[-+]?\d{1,3}([ ,.'\u00a0\u202f]\d{3})+$/.test(text))
    report('error', `${rule}/thousands`, place, { ...cell, meant: text.replace(/[^-\d]/g, '') });
  else if (/^[-+]?\d+,\d+$/.test(text))
    report('error', `${rule}/decimals`, place, { ...cell, meant: text.replace(',', '.') });
  else if (/^[-+]?[\d.]+ ?%$/.test(text))
    report('error', `${rule}/percent`, place, { ...cell, meant: text.replace(/ ?%/, '') });
  else report('error', `${rule}/words`, place, cell);
}

function kindOf(rows: readonly ChartRow[]): ChartFigure['x']['kind'] {
  if (rows.every(({ x }) => isIsoDate(x))) return 'date';
  return rows.every(({ x }) => numberOf(x) !== undefined) ? 'number' : 'category';
}

/** Whether the chart type can show the rows. Reports the first row that it cannot show. */
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
      report('error', 'chart-number/twice', cells[xIndex]!.place, { x: row.x });
      return false;
    }
    seen.add(row.x);
    if (chart !== 'area' || yIndexes.length < 2) continue;
    const wrong = row.y.findIndex(value => value === null || value < 0);
    if (wrong < 0) continue;
    report('error', 'chart-number/area', cells[yIndexes[wrong]!]!.place);
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
  let isValid = true;
  const reject = (path: string, report: (place: Place | undefined) => void): [] => {
    isValid = false;
    report(placeOf(path) ?? placeOf('annotations'));
    return [];
  };
  const annotations = (value.annotations ?? []).flatMap((one, index): ChartAnnotation[] => {
    const path = `annotations.${index}`;
    const { x: at, y, text } = one;
    if (y !== undefined && at === undefined) {
      const number = numberOf(y);
      if (number !== undefined) return [{ y: number, text }];
      return reject(`${path}.y`, place => reportNotANumber('chart-annotation', place, y, 'y', report));
    }
    if (at === undefined || y !== undefined)
      return reject(path, place => report('error', 'chart-annotation/place', place));
    const fits =
      known.has(at) || (isAxis && (x.kind === 'date' ? isIsoDate(at) : numberOf(at) !== undefined));
    if (fits) return [{ x: at, text }];
    return reject(`${path}.x`, place => report('error', 'chart-annotation/off-axis', place, { x: at }));
  });
  return isValid ? annotations : undefined;
}
