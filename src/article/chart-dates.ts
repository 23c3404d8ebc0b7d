/** Reads dates on the x axis of a chart, such as `01/02/2026`, whose day and month have no fixed order. */
import { isIsoDate } from '../base/dates.ts';

/** Orders of day, month and year that the option `dates` can name. */
export const dateOrders = ['day-month-year', 'month-day-year'] as const;
export type DateOrder = (typeof dateOrders)[number];

const yearLast = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/;
const yearFirst = /^(\d{4})([/.-])(\d{1,2})\2(\d{1,2})$/;
const shortYear = /^\d{1,2}\/\d{1,2}\/\d{2}$/;

const isoOf = (year: string, month: string, day: string): string | undefined => {
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isIsoDate(iso) ? iso : undefined;
};

/** Converts a date to ISO 8601. Returns undefined if it does not exist, or if it is not in this order. */
export function readDate(text: string, order: DateOrder): string | undefined {
  if (isIsoDate(text)) return text;
  const first = yearFirst.exec(text);
  if (first) return isoOf(first[1]!, first[3]!, first[4]!);
  const last = yearLast.exec(text);
  if (!last) return undefined;
  const [, one = '', , two = '', year = ''] = last;
  return order === 'day-month-year' ? isoOf(year, two, one) : isoOf(year, one, two);
}

/**
 * Finds the order of dates. A day after the 12th shows it.
 * @returns undefined if less than half of the texts are such dates; otherwise the order, or the index of the first
 * date that has two meanings
 */
export function findDateOrder(
  texts: readonly string[],
): { order: DateOrder } | { ambiguous: number } | undefined {
  const isWritten = (text: string) => yearLast.test(text) || yearFirst.test(text) || shortYear.test(text);
  const written = texts.filter(isWritten);
  const isTimeAxis = written.some(text => !isIsoDate(text)) && written.length * 2 >= texts.length;
  if (!isTimeAxis) return undefined;
  const count = (order: DateOrder) => written.filter(text => readDate(text, order) !== undefined).length;
  const [dayFirst, monthFirst] = [count('day-month-year'), count('month-day-year')];
  if (dayFirst !== monthFirst) return { order: dateOrders[dayFirst > monthFirst ? 0 : 1] };
  const ambiguous = texts.findIndex(
    text => readDate(text, 'day-month-year') !== readDate(text, 'month-day-year'),
  );
  return ambiguous < 0 ? { order: 'day-month-year' } : { ambiguous };
}
