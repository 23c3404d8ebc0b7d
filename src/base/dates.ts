/** Dates of front matter: RFC 3339 in, RFC 3339 with the site's offset out. */
import type { Temporal } from 'temporal-polyfill';
import { lazyPackage } from './lazy-package.ts';

const temporal = lazyPackage<typeof import('temporal-polyfill')>('temporal-polyfill');

/** A date of front matter, in the site's time zone. */
export interface ParsedDate {
  /** RFC 3339 with the zone's offset at that moment: `2025-03-05T13:00:00-05:00`. */
  dateTime: string;
  /** Whether the author wrote a zone or an offset; without one the time is the site's. */
  zoned: boolean;
}

const form = /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s?(Z|z|[+-]\d{2}:?\d{2})?)?$/;

/** The time zone of a site: dates are shown in it, and a time without an offset is a time in it. */
export interface TimeZone {
  /** IANA's. */
  name: string;
  /** @returns nothing when the text is not a date, or one that the calendar does not have. */
  parse(text: string): ParsedDate | undefined;
}

/** Creates the reader of dates for a time zone. @param timeZone IANA name */
export function createTimeZone(timeZone: string): TimeZone {
  const offsets = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  // Where the author wrote the offset that the zone has then, as nearly always, the text is what it should be. Temporal takes a tenth of an article's time.
  const isOffsetAt = (moment: number, offset: string) => offsets.format(moment).endsWith(`GMT${offset}`);
  const toldIn = (text: string): string => {
    const [, local, written = ''] = exact.exec(text) ?? [];
    const offset = written === 'Z' ? '+00:00' : written;
    return local !== undefined && isInCalendar(local) && isOffsetAt(Date.parse(text), offset)
      ? local + offset
      : formatDateTime(temporal().Temporal.Instant.from(text).toZonedDateTimeISO(timeZone));
  };
  const takenIn = (local: string): string =>
    formatDateTime(
      temporal().Temporal.PlainDateTime.from(local, { overflow: 'reject' }).toZonedDateTime(timeZone),
    );
  return {
    name: timeZone,
    parse(text) {
      const match = form.exec(text.trim());
      if (!match) return undefined;
      const [, date, time = '00:00', offset] = match;
      const local = `${date}T${time}`;
      try {
        return {
          dateTime: offset ? toldIn(local + offset.toUpperCase()) : takenIn(local),
          zoned: offset !== undefined,
        };
      } catch {
        return undefined;
      }
    },
  };
}

const exact = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(Z|[+-]\d{2}:\d{2})$/;

/** `Date` turns 30 February into 2 March. @param local a day, or a day and a time, in ISO 8601 */
function isInCalendar(local: string): boolean {
  const date = new Date(local.includes('T') ? `${local}Z` : local);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(local);
}

/** A moment of the clock, in milliseconds of the epoch, as RFC 3339 in the zone. */
export function dateTimeAt(milliseconds: number, timeZone: string): string {
  return formatDateTime(
    temporal().Temporal.Instant.fromEpochMilliseconds(milliseconds).toZonedDateTimeISO(timeZone),
  );
}

const formatDateTime = (moment: Temporal.ZonedDateTime): string =>
  moment.toString({ timeZoneName: 'never', smallestUnit: 'second' });

/** Whether a name is a time zone of IANA's database that this Node knows. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const isoPart = /^\d{4}(-\d{2}(-\d{2})?)?$/;

/** Whether the text is an ISO 8601 year, month or day: something that `<time datetime>` may carry. */
export function isIsoDate(text: string): boolean {
  return isoPart.test(text) && isInCalendar(`${text}-01-01`.slice(0, 10));
}

/** Whether a moment is in a span of time. All are milliseconds since the epoch. @param until the end, excluded; undefined if there is none */
export function isBetween(moment: number, from: number, until: number | undefined): boolean {
  return moment >= from && (until === undefined || moment < until);
}
