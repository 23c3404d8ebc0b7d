/** What a page's language decides: its direction, its dates, its texts. */
import { isIsoDate } from '../base/dates.ts';
import { directionOf, scriptOf } from '../base/languages.ts';
import { createTranslate, type Strings } from './strings.ts';
import type { DateView, Translate } from './views.ts';

export interface Locale {
  lang: string;
  dir: 'ltr' | 'rtl';
  /** ISO 15924: Latn, Hebr. */
  script: string;
  /** With its likely territory, as Open Graph writes it: `en_US`. */
  ogLocale: string;
  t: Translate;
  date(dateTime: string): DateView;
  /** The same without the time of day. */
  day(dateTime: string): DateView;
  /** A year, month or day in ISO 8601 as text; other text as it is. */
  eventDate(date: string | undefined): { iso: string | undefined; date: string | undefined };
}

/** @param timeZone that the dates are told in: the first ten characters of one are its day there */
export function createLocale(lang: string, timeZone: string, strings: Strings): Locale {
  const day = new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeZone });
  const moment = new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeStyle: 'short', timeZone });
  const parts = [
    new Intl.DateTimeFormat(lang, { year: 'numeric', timeZone: 'UTC' }),
    new Intl.DateTimeFormat(lang, { year: 'numeric', month: 'long', timeZone: 'UTC' }),
    new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeZone: 'UTC' }),
  ];
  // Lists tell the day of each story, and many stories share one.
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
    date: iso => ({
      iso,
      text: iso.includes('T00:00:00') ? dayOf(iso) : moment.format(Date.parse(iso)),
    }),
    day: iso => ({ iso, text: dayOf(iso) }),
    eventDate: date =>
      date !== undefined && isIsoDate(date)
        ? { iso: date, date: parts[date.split('-').length - 1]!.format(Date.parse(date)) }
        : { iso: undefined, date },
  };
}
