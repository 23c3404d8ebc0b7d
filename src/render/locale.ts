/** Everything that depends on a page's language, such as its direction, dates and texts. */
import { isIsoDate } from '../base/dates.ts';
import { directionOf, scriptOf } from '../base/languages.ts';
import { createTranslate, type Strings } from './strings.ts';
import type { DateView, DurationView, Translate } from './views.ts';

export interface Locale {
  lang: string;
  dir: 'ltr' | 'rtl';
  /** Script code (ISO 15924): Latn, Hebr. */
  script: string;
  /** Language and likely territory in Open Graph notation: `en_US`. */
  ogLocale: string;
  t: Translate;
  /** Formats an RFC 3339 date-time. */
  date(dateTime: string): DateView;
  /** Formats an RFC 3339 date-time without the time of day. */
  day(dateTime: string): DateView;
  /** Formats the time of day of an RFC 3339 date-time, or the day if the author gave no time. */
  hour(dateTime: string): DateView;
  /** Formats the day of an RFC 3339 date-time with its weekday, for the front page. `iso` is the day. */
  edition(dateTime: string): DateView;
  /** Formats an ISO 8601 year, month or day. Returns other text unchanged, without `iso`. */
  eventDate(date: string | undefined): { iso: string | undefined; date: string | undefined };
  /** Formats a duration in seconds: `4:30` or `1:04:30`. */
  duration(seconds: number): DurationView;
}

/**
 * Creates the locale of a language.
 * @param timeZone IANA time zone of all dates: the first ten characters of a date-time are its day in that
 *   zone
 */
export function createLocale(lang: string, timeZone: string, strings: Strings): Locale {
  const day = new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeZone });
  const moment = new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeStyle: 'short', timeZone });
  const hour = new Intl.DateTimeFormat(lang, { timeStyle: 'short', timeZone });
  const edition = new Intl.DateTimeFormat(lang, { dateStyle: 'full', timeZone });
  const parts = [
    new Intl.DateTimeFormat(lang, { year: 'numeric', timeZone: 'UTC' }),
    new Intl.DateTimeFormat(lang, { year: 'numeric', month: 'long', timeZone: 'UTC' }),
    new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeZone: 'UTC' }),
  ];
  // Caches formatted days, because many stories in a list share a day and formatting is slow.
  const days = new Map<string, string>();
  const dayOf = (dateTime: string): string => {
    const date = dateTime.slice(0, 10);
    const text = days.get(date) ?? day.format(Date.parse(dateTime));
    days.set(date, text);
    return text;
  };
  return {
    lang,
    dir: directionOf(lang),
    script: scriptOf(lang),
    ogLocale: new Intl.Locale(lang)
      .maximize()
      .baseName.replace(/-\w{4}(?=-|$)/, '')
      .replace('-', '_'),
    t: createTranslate(strings, lang),
    date: iso => ({ iso, text: hasTime(iso) ? moment.format(Date.parse(iso)) : dayOf(iso) }),
    day: iso => ({ iso, text: dayOf(iso) }),
    hour: iso => ({ iso, text: hasTime(iso) ? hour.format(Date.parse(iso)) : dayOf(iso) }),
    edition: iso => ({ iso: iso.slice(0, 10), text: edition.format(Date.parse(iso)) }),
    eventDate: date =>
      date !== undefined && isIsoDate(date)
        ? { iso: date, date: parts[date.split('-').length - 1]!.format(Date.parse(date)) }
        : { iso: undefined, date },
    duration(seconds) {
      const whole = Math.round(seconds);
      const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
      const two = (number: number) => String(number).padStart(2, '0');
      return {
        iso: `PT${whole}S`,
        text: `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(rest)}`,
      };
    },
  };
}

/** Whether an author gave a time of day. Dates without one are midnight. */
const hasTime = (dateTime: string): boolean => !dateTime.includes('T00:00:00');
