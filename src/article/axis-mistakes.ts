/** Finds values on the x axis of a chart that prevent a time axis: one word among dates, or a spreadsheet's numbers. */
import { isIsoDate } from '../base/dates.ts';
import type { DataCell } from './data-table.ts';
import type { ChartType } from './model.ts';

/** What is wrong with the x column. `index` is that of the first such value. */
export type AxisMistake =
  | { kind: 'absent'; index: number }
  | { kind: 'odd'; index: number; example: string }
  | { kind: 'serial'; index: number; iso: string };

const isoForm = /^\d{4}-\d{2}(?:-\d{2})?$/;
const namedForm = /^(?:\d{1,2}[ .-]+)?\p{L}{3,9}\.?[ -]+(?:\d{1,2},? )?(?:\d{4}|\d{2})$/u;
const yearForm = /^\d{4}$/;
const anyNumber = /^[-+\u2212]?[\d.,\u00a0 ]+$/;

/** Whether the text is a range of years, such as the season `2012-13`, and not a month that does not exist. */
export function isYearRange(text: string): boolean {
  const [, year = '', end = ''] = /^(\d{4})-(\d{2})$/.exec(text) ?? [];
  if (year === '') return false;
  const first = Number(year.slice(2));
  return Number(end) === (first + 1) % 100 || (Number(end) > 12 && Number(end) > first);
}

/** Whether the text has the form of an ISO 8601 month or day that does not exist, such as `2019-02-31`. */
export const isAbsentDate = (text: string): boolean =>
  isoForm.test(text) && !isIsoDate(text) && !isYearRange(text);

/** Names of columns whose values should be dates. */
const dateName =
  /^(?:dates?|days?|months?|weeks?|datum|tag|monat|woche|fecha|día|mes|semana|jour|mois|semaine)\b/i;

/**
 * Finds what is wrong with a column that is not a time axis.
 * @param cells the x column, of which not every value is a date
 * @param name name of the column
 */
export function findAxisMistake(
  cells: readonly DataCell[],
  name: string,
  type: ChartType,
): AxisMistake | undefined {
  const texts = cells.map(({ text }) => text);
  if (texts.length < 2) return undefined;
  if (dateName.test(name) && texts.every(isSerial))
    return { kind: 'serial', index: 0, iso: isoOfSerial(texts[0]!) };
  const dates = texts.filter(isIsoDate);
  const likely = texts.filter(text => isIsoDate(text) || isoForm.test(text) || namedForm.test(text));
  if (dates.length === 0 || likely.length < 2 || likely.length * 2 < texts.length) return undefined;
  const index = texts.findIndex(text => text !== '' && !isIsoDate(text));
  const isPlain = (text: string) => isIsoDate(text) || anyNumber.test(text);
  if (index < 0 || texts.every(text => isIsoDate(text) || isYearRange(text))) return undefined;
  const absent = texts.findIndex(isAbsentDate);
  if (absent >= 0) return { kind: 'absent', index: absent };
  if (texts.every(isPlain)) return undefined;
  // Years are also names of bars, beside others such as 'Average' or '2026 (forecast)'.
  const areYears = dates.every(text => yearForm.test(text));
  if (areYears && ((type !== 'line' && type !== 'area') || /\d/.test(texts[index]!))) return undefined;
  return { kind: 'odd', index, example: dates[0]! };
}

/** Whether the text is a number by which spreadsheets keep a day from 1982 to 2064. */
const isSerial = (text: string): boolean => /^[3-5]\d{4}$/.test(text);

/** Converts the number by which a spreadsheet keeps a day: the days since 30 December 1899. */
const isoOfSerial = (text: string): string =>
  new Date(Date.UTC(1899, 11, 30) + Number(text) * 86_400_000).toISOString().slice(0, 10);
