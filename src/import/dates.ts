/** Dates as other systems write them. */

import { readWrittenDate } from '../article/written-dates.ts';
import type { TimeZone } from '../base/dates.ts';

/**
 * Reads a date in any form that has one meaning, such as `2020-01-22 9:00:00 -0500` or `March 6, 2020`. Of two
 * meanings, the first counts.
 * @returns RFC 3339 in the time zone; undefined if the text is not a date
 */
export function readMoment(text: string | undefined, zone: TimeZone): string | undefined {
  if (text === undefined) return undefined;
  // `UTC+01:00` names the offset twice.
  const plain = text.trim().replace(/\s*\b(?:UTC|GMT)\s*(?=[+-]\d)/, ' ');
  return zone.parse(plain)?.dateTime ?? readWrittenDate(plain, zone)[0] ?? jsDate(plain);
}

/** Dates of RSS and of JavaScript: `Tue, 02 Apr 2013 05:16:20 +0000`, `2019-07-26T20:48:19.814Z`. */
function jsDate(text: string): string | undefined {
  if (!/^(?:\w{3}, )?\d{1,2} \w{3} \d{4} \d|^\d{4}-\d\d-\d\dT\d\d:\d\d.*Z$/.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString().replace(/\.\d+Z/, 'Z');
}
