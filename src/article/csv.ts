/**
 * Reads CSV files (RFC 4180). The delimiter may also be a semicolon, which spreadsheets write in many countries,
 * or a tab.
 */
import { location } from 'vfile-location';
import type { Place, Report } from '../base/diagnostics.ts';
import { lazyPackage } from '../base/lazy-package.ts';
import type { DataCell, DataTable } from './data-table.ts';
import { decodeText } from './front-matter.ts';

const csvParse = lazyPackage<typeof import('csv-parse/sync')>('csv-parse');

/**
 * Maximum number of diagnostics of one kind about one file. Ten are enough to show an author how to fix the
 * rest.
 */
export const messageLimit = 10;

interface CsvRecord {
  record: string[];
  raw: string;
  info: { lines: number };
}

/**
 * Reads a CSV file as a table of text.
 * @param limit maximum number of rows; if the file has more, the table has `limit + 1` rows, so that the
 * caller can report the excess
 * @returns undefined if the file is invalid, which is reported
 */
export function readCsv(bytes: Uint8Array, limit: number, report: Report): DataTable | undefined {
  const decoded = decodeText(bytes, report);
  if (decoded === undefined) return undefined;
  const text = decoded.replace(/^\ufeff/, '');
  const delimiter = delimiterOf(text);
  const { CsvError, parse } = csvParse();
  let records: CsvRecord[];
  try {
    records = parse(text, {
      delimiter,
      info: true,
      raw: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
      to: limit + 2,
    }) as unknown as CsvRecord[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === 'number' ? error.lines : 1;
    const isOpen = error.code === 'CSV_QUOTE_NOT_CLOSED';
    // The parser's other errors are about a quotation mark inside a value, or text after a closing one.
    if (isOpen) report('error', 'chart-csv/open-quote', placeOfOpenQuote(text) ?? { line, column: 1 });
    else report('error', 'chart-csv/quote-inside', { line, column: 1 });
    return undefined;
  }
  const [head, ...body] = records.map(record => cellsOf(record, delimiter));
  if (!head || body.length === 0) {
    report('error', head ? 'chart-csv/no-rows' : 'chart-csv/empty', { line: 1, column: 1 });
    return undefined;
  }
  if (head.length === 1 && body.every(row => row.length > 1)) {
    report('error', 'chart-csv/title', { line: 1, column: 1 });
    return undefined;
  }
  const ragged = body.filter(row => row.length !== head.length);
  for (const row of ragged.slice(0, messageLimit)) {
    report(
      'error',
      'chart-csv/ragged',
      { line: row[0]!.place.line, column: 1 },
      { values: row.length, columns: head.length, delimiter },
    );
  }
  const repeated = repeatedNames(head);
  for (const { text, place } of repeated) report('error', 'chart-csv/column-twice', place, { column: text });
  if (ragged.length > 0 || repeated.length > 0) return undefined;
  // Spreadsheets write semicolons in countries where the comma is the decimal separator.
  return { columns: head, rows: body, usualDecimal: delimiter === ';' ? ',' : '.' };
}

/** Finds the last quotation mark that opens a value, which is the one that is not closed. */
function placeOfOpenQuote(text: string): Place | undefined {
  let at = -1;
  for (let mark = text.indexOf('"'); mark >= 0; mark = text.indexOf('"', mark + 1)) at = at < 0 ? mark : -1;
  const point = at < 0 ? undefined : location(text).toPoint(at);
  return point && { line: point.line, column: point.column };
}

/** Returns the column names that an earlier column also has. Empty names are not compared. */
function repeatedNames(columns: readonly DataCell[]): DataCell[] {
  const seen = new Set<string>();
  return columns
    .filter(({ text }) => text !== '' && (seen.has(text) || !seen.add(text)))
    .slice(0, messageLimit);
}

/** Finds the delimiter (comma, semicolon or tab) that appears most often in the first line, outside quotes. */
function delimiterOf(text: string): string {
  const line = (/[^\r\n]+/.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '');
  const times = (mark: string) => line.split(mark).length;
  return [',', ';', '\t'].reduce((best, mark) => (times(mark) > times(best) ? mark : best));
}

function cellsOf({ record, raw, info }: CsvRecord, delimiter: string): DataCell[] {
  const own = raw.replace(/^[\r\n]+/, '').replace(/[\r\n]+$/, '');
  const first = info.lines - (own.match(/\r\n|\r|\n/g)?.length ?? 0);
  const places: { line: number; column: number }[] = [{ line: first, column: 1 }];
  let isQuoted = false;
  let line = first;
  let column = 1;
  for (const mark of own) {
    column += mark.length;
    if (mark === '"') isQuoted = !isQuoted;
    else if (mark === '\n') {
      line++;
      column = 1;
    } else if (mark === delimiter && !isQuoted) places.push({ line, column });
  }
  return record.map((text, index) => ({ text, place: places[index] ?? places[0]! }));
}
