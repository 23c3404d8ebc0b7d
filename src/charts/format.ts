/**
 * Formats numbers and dates of a chart in the article's language. Uses Intl, or the author's d3 specifiers with
 * that language's separators and names.
 */
import type { FormatLocaleDefinition } from 'd3-format';
import type { TimeLocaleDefinition } from 'd3-time-format';
import type { ChartFigure } from '../article/model.ts';
import { d3 } from './d3.ts';

export interface ChartFormats {
  /** Formats a value of a series. */
  number: (value: number) => string;
  /** Formats a number on an axis. Large numbers are abbreviated: `12M`. */
  tick: (value: number) => string;
  /** Formats a value of the x column. */
  x: (value: string) => string;
  /** Formats a value of the x column as a short label for an axis. */
  xTick: (value: string) => string;
}

/** Creates the formats of a chart. @param lang language tag (BCP 47) */
export function createFormats(figure: ChartFigure, lang: string): ChartFormats {
  const number = numberFormat(figure, lang);
  const unit = (format: (value: number) => string) => (value: number) =>
    `${figure.prefix ?? ''}${format(value)}${figure.suffix ?? ''}`;
  const largest = Math.max(0, ...figure.rows.flatMap(({ y }) => y.map(value => Math.abs(value ?? 0))));
  const isShort = figure.format === undefined && largest >= 100_000;
  const short = intlFormat(lang, { notation: 'compact', maximumFractionDigits: 1 });
  const plain = intlFormat(lang, { maximumFractionDigits: 6 });
  return {
    number: unit(number),
    tick: unit(isShort ? short : figure.format === undefined ? plain : number),
    ...xFormats(figure, lang),
  };
}

function numberFormat({ format, rows }: ChartFigure, lang: string): (value: number) => string {
  if (format !== undefined) {
    const own = d3().formatLocale(marksOf(lang)).format(format);
    // Zero has no sign, even if the format adds a plus sign.
    return value => (value === 0 ? own(value).replace('+', '') : own(value));
  }
  // All numbers have as many decimals as the most precise number in the data.
  const decimals = Math.max(0, ...rows.flatMap(({ y }) => y.map(value => decimalsOf(value ?? 0))));
  const exact = intlFormat(lang, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  const whole = intlFormat(lang, { maximumFractionDigits: Math.max(decimals, 3) });
  return value => (decimalsOf(value) > decimals || value === 0 ? whole(value) : exact(value));
}

/** Formats with Intl, but with a minus sign (U+2212) instead of a hyphen, because a hyphen is too short. */
function intlFormat(lang: string, options: Intl.NumberFormatOptions): (value: number) => string {
  const { format } = new Intl.NumberFormat(lang, options);
  return value => format(value).replace('-', '\u2212');
}

const decimalsOf = (value: number): number => Math.min(6, /\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0);

function marksOf(lang: string): FormatLocaleDefinition {
  const parts = new Intl.NumberFormat(lang, { useGrouping: true }).formatToParts(-1234567.8);
  const part = (type: Intl.NumberFormatPartTypes, otherwise: string) =>
    parts.find(one => one.type === type)?.value ?? otherwise;
  return {
    decimal: part('decimal', '.'),
    thousands: part('group', ','),
    grouping: [3],
    currency: ['', ''],
    minus: '\u2212',
  };
}

function xFormats({ x, dateFormat, rows }: ChartFigure, lang: string): Pick<ChartFormats, 'x' | 'xTick'> {
  switch (x.kind) {
    case 'category':
      return { x: text => text, xTick: text => text };
    case 'number': {
      const format = intlFormat(lang, { maximumFractionDigits: 6 });
      const shown = (text: string) => format(Number(text.replace('\u2212', '-')));
      return { x: shown, xTick: shown };
    }
    case 'date': {
      if (dateFormat !== undefined) {
        const format = d3().timeFormatLocale(namesOf(lang)).utcFormat(dateFormat);
        const shown = (text: string) => format(new Date(Date.parse(text)));
        return { x: shown, xTick: shown };
      }
      const years = new Set(rows.map(row => row.x.slice(0, 4)));
      return { x: dateText(lang, 'long', true), xTick: dateText(lang, 'short', years.size > 1) };
    }
  }
}

function dateText(lang: string, month: 'long' | 'short', withYear: boolean): (iso: string) => string {
  const of = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(lang, { ...options, timeZone: 'UTC' });
  const year = withYear ? ({ year: 'numeric' } as const) : {};
  const forms = [of({ year: 'numeric' }), of({ ...year, month }), of({ ...year, month, day: 'numeric' })];
  return iso => forms[iso.split('-').length - 1]!.format(Date.parse(iso));
}

/**
 * Names of days and months in a language, for d3. The layout of `%c`, `%x` and `%X` is the same in every
 * language.
 */
function namesOf(lang: string): TimeLocaleDefinition {
  const names = (options: Intl.DateTimeFormatOptions, count: number, at: (index: number) => number) => {
    const { format } = new Intl.DateTimeFormat(lang, { ...options, timeZone: 'UTC' });
    return Array.from({ length: count }, (_, index) => format(at(index)));
  };
  // 5 January 2025 was a Sunday, the first day in d3's lists.
  const day = (index: number) => Date.UTC(2025, 0, 5 + index);
  const month = (index: number) => Date.UTC(2025, index, 1);
  type Days = [string, string, string, string, string, string, string];
  type Months = [...Days, string, string, string, string, string];
  return {
    dateTime: '%x, %X',
    date: '%-d. %B %Y',
    time: '%H:%M',
    periods: ['AM', 'PM'],
    days: names({ weekday: 'long' }, 7, day) as Days,
    shortDays: names({ weekday: 'short' }, 7, day) as Days,
    months: names({ month: 'long' }, 12, month) as Months,
    shortMonths: names({ month: 'short' }, 12, month) as Months,
  };
}
