/** Parses front-matter dates, and formats dates as RFC 3339 with the site's UTC offset. */
import type { Temporal } from 'temporal-polyfill';
import { lazyPackage } from './lazy-package.ts';
import { suggest } from './suggestions.ts';

const temporal = lazyPackage<typeof import('temporal-polyfill')>('temporal-polyfill');

/** A date from front matter, in the site's time zone. */
export interface ParsedDate {
  /** RFC 3339 with the zone's UTC offset at that moment: `2025-03-05T13:00:00-05:00`. */
  dateTime: string;
  /** Whether the author wrote a UTC offset. Without one, the time is in the site's time zone. */
  zoned: boolean;
}

const form = /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s?(Z|z|[+-]\d{2}:?\d{2})?)?$/;

/** A site's time zone. Dates are shown in it, and times without an offset are interpreted in it. */
export interface TimeZone {
  /** IANA name, such as `America/New_York`. */
  name: string;
  /**
   * Parses a front-matter date.
   * @returns undefined if the text is not a date, or if the date does not exist in the calendar
   */
  parse(text: string): ParsedDate | undefined;
}

/**
 * Creates a time zone.
 * @param timeZone IANA name
 * @throws RangeError if this Node version does not know the name
 */
export function createTimeZone(timeZone: string): TimeZone {
  const offsets = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  // Fast path: the author's offset is nearly always the zone's own, so the text is already in the right form.
  // Converting it with Temporal would take a tenth of an article's parsing time.
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

/**
 * Whether a date exists in the calendar. `Date` does not reject 30 February, but turns it into a day in March.
 * @param local a day, or a day and a time, in ISO 8601
 */
function isInCalendar(local: string): boolean {
  const date = new Date(local.includes('T') ? `${local}Z` : local);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(local);
}

/** Formats a moment, in milliseconds since the epoch, as RFC 3339 in a time zone. */
export function dateTimeAt(milliseconds: number, timeZone: string): string {
  return formatDateTime(
    temporal().Temporal.Instant.fromEpochMilliseconds(milliseconds).toZonedDateTimeISO(timeZone),
  );
}

const formatDateTime = (moment: Temporal.ZonedDateTime): string =>
  moment.toString({ timeZoneName: 'never', smallestUnit: 'second' });

/** Whether a name is an IANA time zone that this Node version knows. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * Finds the time zone that was probably meant: one of a city, such as `Europe/London` for `London`, or one with a
 * similar name.
 */
export function suggestTimeZone(name: string): string | undefined {
  const zones = Intl.supportedValuesOf('timeZone');
  const written = name.trim().replace(/\s+/g, '_').toLowerCase();
  const city = (written.split('/').at(-1) ?? '').replace(/_time$/, '');
  const exact = zones.find(zone => zone.toLowerCase() === written);
  const inCity = exact ?? zones.find(zone => zone.toLowerCase().split('/').at(-1) === city);
  if (inCity !== undefined || name.length > 40) return inCity;
  const suggestion = suggest(name, zones);
  return 'nearest' in suggestion && name.includes('/') ? suggestion.nearest : undefined;
}

const isoPart = /^\d{4}(-\d{2}(-\d{2})?)?$/;

/** Whether the text is an ISO 8601 year, month or day, any of which `<time datetime>` accepts. */
export function isIsoDate(text: string): boolean {
  return isoPart.test(text) && isInCalendar(`${text}-01-01`.slice(0, 10));
}

/**
 * Whether a moment is in a time span. All times are in milliseconds since the epoch.
 * @param from inclusive start
 * @param until exclusive end; undefined if the span is open-ended
 */
export function isBetween(moment: number, from: number, until: number | undefined): boolean {
  return moment >= from && (until === undefined || moment < until);
}

/** Returns the earliest moment; undefined if there is none. */
export const earliest = (...moments: readonly (number | undefined)[]): number | undefined =>
  moments.reduce((least, moment) =>
    least === undefined || (moment !== undefined && moment < least) ? moment : least,
  );
