/** Dates as other systems write them. */

import { readWrittenDate } from '../article/written-dates.ts';
import type { TimeZone } from '../base/dates.ts';

/** Longest date, in characters. */
const lengthLimit = 100;

/**
 * Reads a date in any form that has one meaning, such as `2020-01-22 9:00:00 -0500` or `March 6, 2020`. Of two
 * meanings, the first counts.
 * @returns RFC 3339 in the time zone; undefined if the text is not a date
 */
export function readMoment(text: string | undefined, zone: TimeZone): string | undefined {
  if (text === undefined || text.length > lengthLimit) return undefined;
  // `UTC+01:00` names the offset twice.
  const plain = text.trim().replace(/\s*\b(?:UTC|GMT)\s*(?=[+-]\d)/, ' ');
  return (
    zone.parse(plain)?.dateTime ??
    readWrittenDate(plain, zone)[0] ??
    dateWithMonth(plain, zone) ??
    jsDate(plain)
  );
}

/** Names of months in the languages in which newsrooms date their corrections, in lower case. */
function monthNames(): Map<string, number> {
  const names = new Map<string, number>();
  for (const lang of ['ar', 'de', 'es', 'fr', 'he'])
    for (const month of ['long', 'short'] as const) {
      const format = new Intl.DateTimeFormat(lang, { month, timeZone: 'UTC' });
      for (let index = 0; index < 12; index++)
        names.set(
          format
            .format(Date.UTC(2024, index, 15))
            .toLowerCase()
            .replace(/\.$/, ''),
          index + 1,
        );
    }
  return names;
}

/** Reads a day with the name of its month: `6. März 2024`, `6 de marzo de 2024`, `6 במרץ 2024`. */
function dateWithMonth(text: string, zone: TimeZone): string | undefined {
  const [, day, name = '', year] =
    /^(\d{1,2})\.?\s+(?:de\s+)?([\p{L}\p{M}]+)\.?,?\s+(?:de\s+)?(\d{4})$/u.exec(text.toLowerCase()) ?? [];
  if (day === undefined) return undefined;
  const names = monthNames();
  // A preposition is written together with the Hebrew month.
  const month = names.get(name) ?? names.get(name.replace(/^ב/, ''));
  if (month === undefined) return undefined;
  return zone.parse(`${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`)?.dateTime;
}

/** Dates of RSS and of JavaScript: `Tue, 02 Apr 2013 05:16:20 +0000`, `2019-07-26T20:48:19.814Z`. */
function jsDate(text: string): string | undefined {
  if (!/^(?:\w{3}, )?\d{1,2} \w{3} \d{4} \d|^\d{4}-\d\d-\d\dT\d\d:\d\d.*Z$/.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString().replace(/\.\d+Z/, 'Z');
}

/** Milliseconds since the epoch of a date; undefined if it is not one. */
export function millisecondsOf(date: string | undefined, zone: TimeZone): number | undefined {
  const moment = readMoment(date, zone);
  return moment === undefined ? undefined : Date.parse(moment);
}
