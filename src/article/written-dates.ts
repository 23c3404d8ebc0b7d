/** Understands dates that are not in the form of front matter, so that messages can show the line to write. */
import type { TimeZone } from '../base/dates.ts';

/** Months by the first three letters of their English names. */
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** UTC offsets of the time zones whose abbreviations have one meaning in the news. */
const offsets: Readonly<Record<string, string>> = {
  z: '+00:00',
  utc: '+00:00',
  gmt: '+00:00',
  cet: '+01:00',
  cest: '+02:00',
  est: '-05:00',
  edt: '-04:00',
  pst: '-08:00',
  pdt: '-07:00',
};

/** Maximum length of a date that is understood, in characters. */
const lengthLimit = 60;

const timeForm =
  /^(\d{1,2})(?:[:.h](\d{2}))?(?::(\d{2})(?:\.\d{1,9})?)?(?: ?([ap])\.?m\.?)?(?: ?(?:([a-z]{1,4})|([+-])(\d{1,2}):?(\d{2})?))?$/;
const yearFirst = /^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(.*)$/;
const compact = /^(\d{4})(\d{2})(\d{2})$/;
const yearLast = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(.*)$/;
const dayName = /^(\d{1,2})(?:st|nd|rd|th)?\.?[ -](?:of )?([a-z]{3,9})\.?,?[ -](\d{4})(.*)$/;
const nameDay = /^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(.*)$/;
const weekday = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? /;

/**
 * Finds the moments that a text can mean, in the form of front matter and with the UTC offset of the site's time zone.
 * @returns up to two dates: `10/11/2026` can be a day of October or of November
 */
export function readWrittenDate(text: string, timeZone: TimeZone): string[] {
  if (text.length > lengthLimit) return [];
  const plain = text.trim().replace(/\s+/g, ' ').toLowerCase().replace(weekday, '');
  const found = daysOf(plain).flatMap(({ year, month, day, rest }) => {
    const time = timeOf(rest);
    if (time === undefined || Number(year) < earliestYear) return [];
    const parsed = timeZone.parse(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T${time}`);
    return parsed ? [parsed.dateTime] : [];
  });
  return [...new Set(found)];
}

/** Earliest year of a story. An earlier one is a typing mistake, such as 0206. */
export const earliestYear = 1400;

interface WrittenDay extends Record<'year' | 'month' | 'day', string> {
  /** Text after the day. */
  rest: string;
}

/** Days that a text can begin with. */
function daysOf(text: string): WrittenDay[] {
  const first = yearFirst.exec(text) ?? compact.exec(text);
  if (first) return [{ year: first[1]!, month: first[2]!, day: first[3]!, rest: first[4] ?? '' }];
  const last = yearLast.exec(text);
  if (last) {
    const [, one = '', mark, two = '', year = '', rest = ''] = last;
    const dayFirst = { year, month: two, day: one, rest };
    return mark === '.' ? [dayFirst] : [dayFirst, { year, month: one, day: two, rest }];
  }
  const [, day = '', month = '', year = '', rest = ''] = dayName.exec(text) ?? named(text) ?? [];
  const number = months.indexOf(month.slice(0, 3)) + 1;
  return number === 0 ? [] : [{ year, month: String(number), day, rest }];
}

/** Matches a month before its day, with both in the order of `dayName`. */
function named(text: string): string[] | undefined {
  const match = nameDay.exec(text);
  return match ? [match[0], match[2]!, match[1]!, match[3]!, match[4]!] : undefined;
}

/** Reads the time after a day, with its offset: `T9:00:00+00:00`, `, 9 am GMT`. Midnight if there is none. */
function timeOf(rest: string): string | undefined {
  const text = rest.replace(/^(?:,? (?:at )?|t)/, '');
  if (text === '') return '00:00:00';
  const [, hour = '', minute = '00', second = '00', half, name, sign, hours, minutes = '00'] =
    timeForm.exec(text) ?? [];
  if (hour === '' || (name !== undefined && !Object.hasOwn(offsets, name))) return undefined;
  if (half !== undefined && (Number(hour) < 1 || Number(hour) > 12)) return undefined;
  const full = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === 'p' ? 12 : 0);
  const offset = sign ? `${sign}${hours!.padStart(2, '0')}:${minutes}` : name ? offsets[name] : '';
  return `${String(full).padStart(2, '0')}:${minute}:${second}${offset}`;
}
