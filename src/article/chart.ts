/** Reads fenced `chart` blocks. Their data are in the block or in a CSV file in content/. */
import * as z from 'zod';
import type { Place, Report } from '../base/diagnostics.ts';
import { lazyPackage } from '../base/lazy-package.ts';
import { text } from '../base/schemas.ts';
import { suggest } from '../base/suggestions.ts';
import { type CheckedYaml, readYaml, type YamlText } from '../base/yaml.ts';
import { problem } from '../base/yaml-messages.ts';
import { dateOrders } from './chart-dates.ts';
import { checkForm, readHighlight } from './chart-forms.ts';
import {
  decimals,
  groups,
  type Notation,
  notationOf,
  type Readings,
  readingsOf,
  readNumber,
} from './chart-numbers.ts';
import { type Axis, type Columns, readAxisValue, readRows, reportNotANumber } from './chart-rows.ts';
import { messageLimit, readCsv } from './csv.ts';
import { besidePath, besideSizeLimit, type Surroundings } from './data-file.ts';
import type { Data, DataTable } from './data-table.ts';
import {
  blockWidths,
  type ChartAnnotation,
  type ChartFigure,
  chartPalettes,
  chartScales,
  chartTypes,
} from './model.ts';

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

/** Maximum number of series if most of them are grey, or each has its own small chart. */
export const manySeriesLimit = 24;

/** Maximum number of annotations. More would cover the chart. */
const annotationLimit = 50;

function isFormat(specifier: string): boolean {
  const { formatSpecifier } = d3();
  try {
    // Padding to a large width would take gigabytes.
    const { width = 0, precision = 0 } = formatSpecifier(specifier);
    return width <= 40 && precision <= 20;
  } catch {
    return false;
  }
}

/** Whether a text is the code of a currency that Intl knows (ISO 4217). */
const isCurrency = (code: string): boolean => Intl.supportedValuesOf('currency').includes(code);

const numbers = z
  .strictObject({ decimal: z.enum(decimals), group: z.enum(groups).optional() })
  .refine(({ decimal, group }) => decimal !== group, problem('same-separators'));

const label = text.optional();
const scale = z.enum(chartScales).optional();
const xColumn = z.union([text, z.strictObject({ column: text, label, scale })]);
const names = z.union([text, z.strictObject({ column: text, label })]);
const yColumn = z.union([
  text,
  z.strictObject({ column: text, label, lower: text.optional(), upper: text.optional() }),
]);

/** Schema of the YAML in a fenced `chart` block. */
export const chartSchema = z.strictObject({
  type: z.enum(chartTypes),
  title: text,
  subtitle: text.optional(),
  source: text.optional(),
  note: text.optional(),
  credit: text.optional(),
  width: z.enum(blockWidths).optional(),
  data: z.union([text, z.array(z.record(z.string(), z.string().nullable())).min(1)]),
  x: xColumn,
  y: z.union([yColumn, z.array(yColumn).min(1)]),
  names: names.optional(),
  highlight: z.union([text, z.array(text).min(1)]).optional(),
  palette: z.enum(chartPalettes).optional(),
  scale,
  numbers: numbers.optional(),
  dates: z.enum(dateOrders).optional(),
  format: text.refine(isFormat, problem('number-format')).optional(),
  dateFormat: text.refine(format => /%[-_0]?[a-zA-Z]/.test(format), problem('date-format')).optional(),
  prefix: z.string().optional(),
  suffix: z.string().optional(),
  currency: text.refine(isCurrency, problem('currency')).optional(),
  annotations: z
    .array(z.strictObject({ x: text.optional(), y: text.optional(), text }))
    .max(annotationLimit, problem('annotations'))
    .optional(),
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
  const series = (Array.isArray(value.y) ? value.y : [value.y]).map(labelled);
  const x = labelled(value.x);
  const names = value.names === undefined ? undefined : labelled(value.names);
  const wishes = {
    type: value.type,
    series: series.length,
    isLogY: value.scale === 'log',
    isLogX: x.scale === 'log',
    hasRanges: series.some(({ lower, upper }) => lower !== undefined || upper !== undefined),
    hasNames: names !== undefined,
  };
  if (!checkForm(wishes, placeOf, report) || !checkSeries(yaml, series.length, report)) return undefined;
  const columns = findColumns(data, x, series, names, placeOf, report);
  if (!columns) return undefined;
  if (Array.isArray(value.data) && reportMisnamedKeys(value.data, [x, ...series], placeOf, report))
    return undefined;
  const { type, dates } = value;
  const isLog = { y: wishes.isLogY, x: wishes.isLogX };
  const read = readRows(data, columns, {
    type,
    isLog,
    numbers: value.numbers,
    dates,
    lang: surroundings.lang,
  });
  if (!read) return undefined;
  const { rows, axis } = read;
  const readX = (text: string) => readAxisValue(text, axis);
  const highlight = readHighlight(value.highlight, { series, rows, readX }, seriesLimit, placeOf, report);
  if (!highlight) return undefined;
  const isMany = series.length > seriesLimit && type !== 'small-multiples';
  if (isMany && highlight.series.length === 0) {
    const data = { columns: series.length, limit: seriesLimit, many: manySeriesLimit };
    report('error', 'chart-series/many', placeOf('y'), data);
    return undefined;
  }
  const figure: ChartFigure = {
    type: 'figure',
    kind: 'chart',
    id: '',
    caption: value.title,
    credit: value.credit,
    chart: value.type,
    layout: value.width,
    subtitle: value.subtitle,
    source: value.source,
    note: value.note,
    x: { label: x.label, kind: axis.kind, scale: x.scale ?? 'linear' },
    series: series.map(({ label, lower, upper }) => ({
      label,
      range: lower === undefined || upper === undefined ? undefined : { low: lower, high: upper },
    })),
    rows,
    format: value.format,
    dateFormat: value.dateFormat,
    prefix: value.prefix,
    suffix: value.suffix,
    currency: value.currency,
    highlight,
    palette: value.palette ?? 'categorical',
    scale: value.scale ?? 'linear',
    names: names?.label,
    annotations: [],
    children: [],
  };
  const annotations = readAnnotations(yaml, figure, axis, report);
  return annotations && { ...figure, annotations };
}

/** A column, whose label is its name unless the author writes another. */
function labelled(column: z.output<typeof xColumn> | z.output<typeof yColumn>): {
  column: string;
  label: string;
  scale?: 'linear' | 'log' | undefined;
  lower?: string | undefined;
  upper?: string | undefined;
} {
  return typeof column === 'string'
    ? { column, label: column }
    : { ...column, label: column.label ?? column.column };
}

/** Reports more series than readers can distinguish. @returns whether there are not too many */
function checkSeries({ value, placeOf }: ChartYaml, columns: number, report: Report): boolean {
  const isMany = value.highlight !== undefined || value.type === 'small-multiples';
  const limit = isMany ? manySeriesLimit : seriesLimit;
  if (columns <= limit) return true;
  if (isMany) report('error', 'chart-series', placeOf('y'), { columns, limit });
  else report('error', 'chart-series/many', placeOf('y'), { columns, limit, many: manySeriesLimit });
  return false;
}

/** Finds the columns that a chart uses. @returns undefined if one is missing, which is reported */
function findColumns(
  data: Data,
  x: { column: string },
  series: readonly { column: string; lower?: string | undefined; upper?: string | undefined }[],
  names: { column: string } | undefined,
  placeOf: ChartYaml['placeOf'],
  report: Report,
): Columns | undefined {
  const one = series.findIndex(({ lower, upper }) => (lower === undefined) !== (upper === undefined));
  if (one >= 0) {
    const place = placeOf(`y.${one}`) ?? placeOf('y');
    report('error', 'chart-range/one', place, { column: series[one]!.column });
    return undefined;
  }
  const columns: Columns = {
    x: indexOf(x.column, data),
    y: series.map(({ column }) => indexOf(column, data)),
    ranges: series.map(({ lower, upper }) =>
      lower === undefined || upper === undefined ? undefined : [indexOf(lower, data), indexOf(upper, data)],
    ),
    name: names && indexOf(names.column, data),
  };
  const all = [columns.x, ...columns.y, ...columns.ranges.flatMap(range => range ?? []), columns.name ?? 0];
  return all.every(index => index >= 0) ? columns : undefined;
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

/** Builds a table from rows of YAML, up to one row above the limit. Its columns are the keys of all rows. */
function tableOf(
  all: readonly Record<string, string | null>[],
  placeOf: ChartYaml['placeOf'],
  origin: Place,
): DataTable {
  const data = all.slice(0, rowLimit + 1);
  const names = [...new Set(data.flatMap(row => Object.keys(row)))];
  return {
    columns: names.map(text => ({ text, place: placeOf(`data.0.${text}:key`) ?? placeOf('data') ?? origin })),
    rows: data.map((row, index) =>
      names.map(name => ({
        text: (row[name] ?? '').trim(),
        place: placeOf(`data.${index}.${name}`) ?? placeOf(`data.${index}`) ?? origin,
      })),
    ),
    usualDecimal: '.',
  };
}

/**
 * Reports rows that lack a key which the chart uses, but have one that no other row has.
 * @returns whether there is such a row
 */
function reportMisnamedKeys(
  rows: readonly Record<string, string | null>[],
  used: readonly { column: string }[],
  placeOf: ChartYaml['placeOf'],
  report: Report,
): boolean {
  const times = new Map<string, number>();
  for (const key of rows.flatMap(row => Object.keys(row))) times.set(key, (times.get(key) ?? 0) + 1);
  const isUsed = (key: string) => used.some(({ column }) => column === key);
  let reported = 0;
  for (const [index, row] of rows.entries()) {
    const absent = used.find(({ column }) => !Object.hasOwn(row, column))?.column;
    const only = Object.keys(row).filter(key => times.get(key) === 1 && !isUsed(key));
    const written = absent === undefined ? undefined : misnamed(absent, only, row);
    if (absent === undefined || written === undefined) continue;
    const place = placeOf(`data.${index}.${written}:key`) ?? placeOf(`data.${index}`);
    if (reported++ < messageLimit) report('error', 'chart-column/row', place, { column: absent, written });
  }
  return reported > 0;
}

/** Finds the key that was probably meant as another: one with a similar name, or with a number. */
function misnamed(
  name: string,
  candidates: readonly string[],
  row: Readonly<Record<string, string | null>>,
): string | undefined {
  const suggestion = suggest(name, candidates);
  if ('nearest' in suggestion) return suggestion.nearest;
  return candidates.find(key => /^[-+]?[\d.,]+$/.test(row[key] ?? ''));
}

function indexOf(name: string, { table, report }: Data): number {
  const index = table.columns.findIndex(({ text }) => text === name);
  const below = index < 0 ? headBelow(name, table) : undefined;
  if (below) report('error', 'chart-column/below', table.columns[0]?.place, { column: name, line: below });
  else if (index < 0) {
    const known = table.columns.map(({ text }) => text).filter(text => text !== '');
    report('error', 'chart-column', table.columns[0]?.place, {
      column: name,
      suggestion: suggest(name, known),
    });
  }
  return index;
}

/** Number of rows in which to look for the column names, if they are not in the first line. */
const headLimit = 5;

/** Line of a row that contains a column name, below a line that is not a row of column names. */
function headBelow(name: string, { columns, rows }: DataTable): number | undefined {
  if (columns.every(({ text }) => text !== '')) return undefined;
  const row = rows.slice(0, headLimit).find(cells => cells.some(({ text }) => text === name));
  return row?.[0]?.place.line;
}

function readAnnotations(
  { value, placeOf }: ChartYaml,
  { chart, rows, scale }: ChartFigure,
  axis: Axis,
  report: Report,
): ChartAnnotation[] | undefined {
  const known = new Set(rows.map(row => row.x));
  let isValid = true;
  const reject = (path: string, report: (place: Place | undefined) => void): [] => {
    isValid = false;
    report(placeOf(path) ?? placeOf('annotations'));
    return [];
  };
  const annotations = (value.annotations ?? []).flatMap((one, index): ChartAnnotation[] => {
    const path = `annotations.${index}`;
    const { x, y, text } = one;
    if (y !== undefined && x === undefined) {
      const number = readAnnotatedValue(y, axis.notation);
      if (typeof number === 'number' && scale === 'log' && number <= 0)
        return reject(`${path}.y`, place =>
          report('error', 'chart-scale/value', place, { text: y, column: 'y' }),
        );
      if (typeof number === 'number') return [{ y: number, text }];
      return reject(`${path}.y`, place =>
        number
          ? report('error', 'chart-annotation/two-meanings', place, { text: y, ...number })
          : reportNotANumber('chart-annotation', { text: y, place }, 'y', axis.notation, report),
      );
    }
    if (x === undefined || y !== undefined)
      return reject(path, place => report('error', 'chart-annotation/place', place));
    const at = readAxisValue(x, axis);
    if (at !== undefined && (known.has(at) || (axis.kind !== 'category' && chart !== 'dot')))
      return [{ x: at, text }];
    return reject(`${path}.x`, place => report('error', 'chart-annotation/off-axis', place, { x }));
  });
  return isValid ? annotations : undefined;
}

/**
 * Reads the value of an annotation, in the notation of the data or with a decimal point, as in all YAML.
 * @returns both meanings if the text has two and the data use commas; undefined if the text is not a number
 */
function readAnnotatedValue(text: string, notation: Notation): number | Readings | undefined {
  const readings = notation.decimal === ',' ? readingsOf(text) : undefined;
  return readings ?? readNumber(text, notation) ?? readNumber(text, notationOf('.'));
}
