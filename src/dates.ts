/** Dates of front matter: RFC 3339 in, RFC 3339 with the site's offset out. */
import { Temporal } from 'temporal-polyfill';

export interface ParsedDate {
  /** RFC 3339 with the zone's offset at that moment: `2025-03-05T13:00:00-05:00`. */
  dateTime: string;
  /** Whether the author wrote a zone or an offset; without one the time is the site's. */
  zoned: boolean;
}

const form = /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s?(Z|z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * Parses a date or date-time.
 * @param timeZone IANA name of the zone that the result is told in, and that a time without offset is taken in.
 * @returns nothing when it is not a date, or one that the calendar does not have.
 */
export function parseDateTime(text: string, timeZone: string): ParsedDate | undefined {
  const match = form.exec(text.trim());
  if (!match) return undefined;
  const [, date, time = '00:00', offset] = match;
  try {
    const dateTime = offset
      ? momentIn(`${date}T${time}${offset.toUpperCase()}`, timeZone)
      : formatDateTime(
          Temporal.PlainDateTime.from(`${date}T${time}`, { overflow: 'reject' }).toZonedDateTime(timeZone),
        );
    return { dateTime, zoned: offset !== undefined };
  } catch {
    return undefined;
  }
}

const exact = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(Z|[+-]\d{2}:\d{2})$/;

/** A moment told in a zone. Where the author wrote the offset that the zone has then, as nearly always, that is the text as it stands. */
function momentIn(text: string, timeZone: string): string {
  const [, local, written = ''] = exact.exec(text) ?? [];
  // `Date` turns 30 February into 2 March.
  if (local !== undefined && new Date(`${local}Z`).toISOString().startsWith(local)) {
    const offset = written === 'Z' ? '+00:00' : written;
    const moment = Temporal.Instant.fromEpochMilliseconds(Date.parse(text));
    if (moment.toZonedDateTimeISO(timeZone).offset === offset) return local + offset;
  }
  return formatDateTime(Temporal.Instant.from(text).toZonedDateTimeISO(timeZone));
}

/** A moment of the clock, in milliseconds of the epoch, as RFC 3339 in the zone. */
export function dateTimeAt(milliseconds: number, timeZone: string): string {
  return formatDateTime(Temporal.Instant.fromEpochMilliseconds(milliseconds).toZonedDateTimeISO(timeZone));
}

const formatDateTime = (moment: Temporal.ZonedDateTime): string =>
  moment.toString({ timeZoneName: 'never', smallestUnit: 'second' });

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

const isoPart = /^\d{4}(-\d{2}(-\d{2})?)?$/;

/** Whether the text is an ISO 8601 year, month or day: something that `<time datetime>` may carry. */
export function isIsoDate(text: string): boolean {
  if (!isoPart.test(text)) return false;
  return parseDateTime(`${text}-01-01`.slice(0, 10), 'UTC') !== undefined;
}
