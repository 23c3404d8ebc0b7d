/** Reads the rows of a chart: text to numbers and dates. */
import { isIsoDate } from '../base/dates.ts';
import { assertUnreachable, type Place, type Report } from '../base/diagnostics.ts';
import { findAxisMistake } from './axis-mistakes.ts';
import { type DateOrder, findDateOrder, readDate } from './chart-dates.ts';
import {
  type Decimal,
  decimalOf,
  findNotation,
  type groups,
  type Notation,
  notationOf,
  readingsOf,
  readNumber,
  rewriteNumber,
} from './chart-numbers.ts';
import { messageLimit } from './csv.ts';
import type { Data, DataCell } from './data-table.ts';
import type { ChartColumn, ChartRow, ChartType } from './model.ts';

/** How the values of a chart are written and read. */
export interface Axis {
  kind: ChartColumn['kind'];
  notation: Notation;
  /** Order of days and months on a date axis. */
  order: DateOrder;
}

/** What the author says about the data, and the language of the story. */
interface RowOptions {
  type: ChartType;
  /** Whether the scale of the values, and that of the x axis, is logarithmic. */
  isLog: { y: boolean; x: boolean };
  numbers: { decimal: Decimal; group?: (typeof groups)[number] | undefined } | undefined;
  dates: DateOrder | undefined;
  lang: string;
}

/** Indexes of the columns that a chart shows. */
export interface Columns {
  x: number;
  y: readonly number[];
  /** Columns with the bounds of each column of `y`. */
  ranges: readonly (readonly [low: number, high: number] | undefined)[];
  /** Column with the names of the rows. */
  name: number | undefined;
}

/**
 * Reads the rows of a chart. Dates become ISO 8601.
 * @returns undefined if a value is wrong or ambiguous, or if the chart type cannot show the rows, which is reported
 */
export function readRows(
  data: Data,
  columns: Columns,
  options: RowOptions,
): { rows: ChartRow[]; axis: Axis } | undefined {
  const { table, report } = data;
  const order = readOrder(data, columns.x, options);
  const notation = order && readNotation(data, columns, order.isDated, options);
  if (!notation) return undefined;
  let problems = 0;
  const reject = (report: () => void): null => {
    if (problems++ < messageLimit) report();
    return null;
  };
  const axis: Axis = {
    kind: order.isDated ? 'date' : kindOf(data, columns.x, notation),
    notation,
    order: order.order,
  };
  const rows = table.rows.map(cells => {
    const name = cells[columns.x]!;
    const x = readAxisValue(name.text, axis);
    if (name.text === '') reject(() => report('error', 'chart-number/no-name', name.place));
    else if (x === undefined)
      reject(() =>
        report('error', 'chart-date/value', name.place, { text: shortened(name.text), order: axis.order }),
      );
    const numberIn = (index: number): number | null => {
      const cell = cells[index]!;
      if (cell.text === '') return null;
      const number = readNumber(cell.text, notation);
      const column = table.columns[index]!.text;
      if (number === undefined)
        return reject(() => reportNotANumber('chart-number', cell, column, notation, report));
      if (options.isLog.y && number <= 0)
        return reject(() => report('error', 'chart-scale/value', cell.place, { text: cell.text, column }));
      return number;
    };
    if (x !== undefined && options.isLog.x && Number(x.replace('\u2212', '-')) <= 0)
      reject(() =>
        report('error', 'chart-scale/value', name.place, {
          text: name.text,
          column: table.columns[columns.x]!.text,
        }),
      );
    const row: ChartRow = { x: x ?? name.text, y: columns.y.map(numberIn) };
    if (columns.name !== undefined) row.name = cells[columns.name]!.text;
    if (columns.ranges.some(Boolean))
      row.ranges = columns.ranges.map(range => {
        if (!range) return null;
        const [low, high] = [numberIn(range[0]), numberIn(range[1])];
        if (low === null || high === null) return null;
        if (low <= high) return [low, high];
        return reject(() => report('error', 'chart-range/order', cells[range[0]]!.place, { low, high }));
      });
    return row;
  });
  if (problems === 0 && rows.every(({ y }) => y.every(value => value === null)))
    reject(() => report('error', 'chart-number/none', table.columns[columns.y[0]!]!.place));
  return problems === 0 && isDrawable(rows, axis, data, columns, options.type) ? { rows, axis } : undefined;
}

/** Converts a value of the x column, or of an annotation, to the form of `ChartRow`; undefined if it does not fit. */
export function readAxisValue(text: string, { kind, notation, order }: Axis): string | undefined {
  switch (kind) {
    case 'category':
      return text;
    case 'date':
      return readDate(text, order);
    case 'number': {
      const number = readNumber(text, notation);
      if (number === undefined) return undefined;
      return Number(text.replace('\u2212', '-')) === number ? text : String(number);
    }
  }
}

/** Types with an axis of dates or numbers, on which a row per value makes sense. */
const isAxisType = (type: ChartType): boolean =>
  type === 'line' || type === 'area' || type === 'small-multiples';

/**
 * Finds out whether the x column has dates, and in which order.
 * @returns undefined if a date has two meanings, which is reported
 */
function readOrder(
  data: Data,
  x: number,
  { dates, type }: RowOptions,
): { isDated: boolean; order: DateOrder } | undefined {
  const { table, report } = data;
  const cells = table.rows.map(row => row[x]!);
  const texts = cells.map(({ text }) => text);
  // A plot of numbers over numbers: four digits are not a year.
  if (type === 'scatter') return { isDated: false, order: 'day-month-year' };
  if (dates !== undefined) return { isDated: true, order: dates };
  if (texts.every(isIsoDate)) return { isDated: true, order: 'day-month-year' };
  const found = findDateOrder(texts);
  if (!found)
    return reportAxisMistake(data, x, type) ? undefined : { isDated: false, order: 'day-month-year' };
  if ('order' in found) return { isDated: true, order: found.order };
  const { text, place } = cells[found.ambiguous]!;
  const [dayFirst, monthFirst] = [readDate(text, 'day-month-year')!, readDate(text, 'month-day-year')!];
  report('error', 'chart-date/two-meanings', place, { text, dayFirst, monthFirst });
  return undefined;
}

/** Reports a value that prevents a time axis. @returns whether it is an error */
function reportAxisMistake({ table, report }: Data, x: number, type: ChartType): boolean {
  const cells = table.rows.map(row => row[x]!);
  const column = table.columns[x]!.text;
  const mistake = findAxisMistake(cells, column, type);
  if (!mistake) return false;
  const { place, ...cell } = cells[mistake.index]!;
  const text = shortened(cell.text);
  switch (mistake.kind) {
    case 'absent':
      report('error', 'chart-date/absent', place, { text });
      return true;
    case 'odd':
      report('warning', 'chart-date/odd', place, { text, example: mistake.example });
      return false;
    case 'serial':
      report('warning', 'chart-date/serial', place, { text, column, iso: mistake.iso });
      return false;
    default:
      return assertUnreachable(mistake);
  }
}

/**
 * Finds the notation of all numbers of a chart, because a file is written in one notation.
 * @returns undefined if a number has two meanings, which is reported
 */
function readNotation(
  { table, report }: Data,
  { x, y, ranges }: Columns,
  isDated: boolean,
  { type, numbers, lang }: RowOptions,
): Notation | undefined {
  if (numbers) return notationOf(numbers.decimal, numbers.group);
  const isNumber = ({ text }: DataCell) =>
    readNumber(text, notationOf('.')) !== undefined || readNumber(text, notationOf(',')) !== undefined;
  const isAxis = isAxisType(type) || type === 'scatter';
  const hasNumberAxis = !isDated && isAxis && table.rows.every(row => isNumber(row[x]!));
  const values = [...y, ...ranges.flatMap(range => range ?? [])];
  const columns = hasNumberAxis ? [x, ...values] : values;
  const cells = table.rows.flatMap(row => columns.map(column => ({ ...row[column]!, column })));
  const found = findNotation(
    cells.map(({ text }) => text),
    { format: table.usualDecimal, language: () => decimalOf(lang) },
  );
  if ('notation' in found) return found.notation;
  const { text, place, column } = cells[found.ambiguous]!;
  const data = { text, column: table.columns[column]!.text, ...readingsOf(text)! };
  report('error', 'chart-number/two-meanings', place, data);
  return undefined;
}

function kindOf({ table }: Data, x: number, notation: Notation): 'number' | 'category' {
  return table.rows.every(row => readNumber(row[x]!.text, notation) !== undefined) ? 'number' : 'category';
}

/** Maximum length of a cell's text in a message, in characters. */
const shownLength = 40;
const shortened = (text: string): string =>
  text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;

/** Reports text that is not a number. Suggests a number if the text is one in another notation, or a percentage. */
export function reportNotANumber(
  rule: 'chart-number' | 'chart-annotation',
  { text, place }: { text: string; place: Place | undefined },
  column: string,
  notation: Notation,
  report: Report,
): void {
  const cell = { text: shortened(text), column };
  const { decimal } = notation;
  const meant = text.length > shownLength ? undefined : rewriteNumber(text, notation);
  const percentage = /^([-+]?[\d.,]+)\s?%$/.exec(text)?.[1];
  if (meant !== undefined) report('error', `${rule}/notation`, place, { ...cell, meant, decimal });
  else if (percentage !== undefined)
    report('error', `${rule}/percent`, place, { ...cell, meant: percentage });
  else report('error', `${rule}/words`, place, cell);
}

/** Whether the chart type can show the rows. Reports the first row that it cannot show. */
function isDrawable(
  rows: readonly ChartRow[],
  { kind }: Axis,
  { table, report }: Data,
  columns: Columns,
  type: ChartType,
): boolean {
  if (type === 'scatter' && kind !== 'number') {
    const index = table.rows.findIndex(row => !/^[-+\u2212]?[\d.,]/.test(row[columns.x]!.text));
    const cell = table.rows[Math.max(0, index)]![columns.x]!;
    report('error', 'chart-form/scatter', cell.place, { text: shortened(cell.text) });
    return false;
  }
  if (type === 'slope' && !rows.some(({ y }) => y.every(value => value !== null))) {
    report('error', 'chart-form/slope-pairs', table.columns[columns.y[1]!]!.place);
    return false;
  }
  const seen = new Set<string>();
  const isAxis = kind !== 'category' && isAxisType(type);
  for (const [index, row] of rows.entries()) {
    const cells = table.rows[index]!;
    if ((isAxis || kind === 'date') && seen.has(row.x)) {
      report('error', 'chart-number/twice', cells[columns.x]!.place, { x: row.x });
      return false;
    }
    seen.add(row.x);
    if (type !== 'area' || columns.y.length < 2) continue;
    const wrong = row.y.findIndex(value => value === null || value < 0);
    if (wrong < 0) continue;
    report('error', 'chart-number/area', cells[columns.y[wrong]!]!.place);
    return false;
  }
  return true;
}
