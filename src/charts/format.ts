/**
 * Formats numbers and dates of a chart in the article's language. Uses Intl, or the author's d3 specifiers with
 * that language's separators and names.
 */
import type { FormatLocaleDefinition } from 'd3-format';
import type { TimeLocaleDefinition } from 'd3-time-format';
import type { ChartFigure } from '../article/model.ts';
import { d3 } from './d3.ts';
import {
  type Affixes,
  createNumberWriter,
  createSurround,
  type Magnitude,
  magnitudeOf,
  scientific,
  type WriteNumber,
} from './numbers.ts';
import { axisValue } from './order.ts';
import { textWidth } from './text.ts';

export interface ChartFormats {
  /** Formats a value in full, for tables and descriptions. */
  number: (value: number) => string;
  /** Formats a value for a drawing: rounded, and with a unit such as `bn`. */
  label: (value: number) => string;
  /** Creates a format for the values of an axis, which have the same decimals and the same unit. */
  ticks: (values: readonly number[]) => (value: number) => string;
  /** Formats a value of the x column. */
  x: (value: string) => string;
  /** Creates a format for labels of the x axis. */
  xTicks: (values: readonly string[]) => (value: string) => string;
  /**
   * Prefix and suffix of all numbers if they are too long for labels. They then appear once, above the drawing.
   */
  unit: string | undefined;
}

/** Maximum width of a prefix and a suffix in labels, and of whole labels, in units (svg.ts). */
const affixLimit = 60;
const labelLimit = 72;

const bare: Affixes = { prefix: undefined, suffix: undefined, currency: undefined };

/** Creates the formats of a chart. @param lang language tag (BCP 47) */
export function createFormats(figure: ChartFigure, lang: string): ChartFormats {
  const { prefix, suffix, format } = figure;
  const values = valuesOf(figure);
  const isLong = textWidth(`${prefix ?? ''}${suffix ?? ''}`) > affixLimit;
  const short: Affixes = isLong ? bare : figure;
  const dates = xFormats(figure, lang);
  const exact = { number: exactFormat(createNumberWriter(lang, figure), values), ...dates };
  const longUnit = isLong ? unitText(lang, figure, '') : undefined;
  if (format !== undefined) {
    const label = ownFormat(format, lang, short);
    return { ...exact, number: ownFormat(format, lang, figure), label, ticks: () => label, unit: longUnit };
  }
  const write = createNumberWriter(lang, short);
  const scale = commonScale(lang, values);
  const isLog = figure.scale === 'log';
  const label = scale ? scaledFormat(write, scale) : ownScaleFormat(write, lang, values);
  const isWide = scale !== undefined && !isLog && values.some(value => textWidth(label(value)) > labelLimit);
  if (!isWide)
    return {
      ...exact,
      label,
      ticks: ticks => tickFormat(write, lang, ticks, scale?.magnitude, isLog),
      unit: longUnit,
    };
  // The unit appears once, above the drawing.
  const { magnitude } = scale;
  const unitless = magnitude && { divisor: magnitude.divisor, unit: '' };
  const writeBare = createNumberWriter(lang, bare);
  return {
    ...exact,
    label: scaledFormat(writeBare, { ...scale, magnitude: unitless }),
    ticks: ticks => tickFormat(writeBare, lang, ticks, unitless, isLog),
    unit: unitText(lang, figure, magnitude?.unit ?? ''),
  };
}

/** What labels leave out: the unit, the currency and the author's texts. Returns undefined if there is nothing. */
function unitText(lang: string, affixes: Affixes, unit: string): string | undefined {
  const text = createSurround(lang, affixes)('', '', unit);
  // The isolate of the number is empty, and the text has the direction of the page.
  const own = text
    .replace(/[\u2066\u2067]\u2069/, '')
    .replace(/^\u2067(.*)\u2069$/su, '$1')
    .trim();
  return own === '' ? undefined : own;
}

/** All values of a chart, including the bounds of ranges. */
export const valuesOf = ({ rows }: ChartFigure): number[] =>
  rows.flatMap(({ y, ranges }) => [...y, ...(ranges?.flat() ?? [])].flatMap(value => value ?? []));

/** Formats with the author's specifier. */
function ownFormat(format: string, lang: string, affixes: Affixes): (value: number) => string {
  const own = d3().formatLocale(marksOf(lang)).format(format);
  const surround = createSurround(lang, affixes);
  return value => {
    const [, sign = '', digits = ''] = /^([\u2212+]?)(.*)$/su.exec(own(value))!;
    // Zero has no sign, even if the format adds a plus sign.
    return surround(value === 0 ? '' : sign, digits, '');
  };
}

/** Formats values in full, all with as many decimals as the most precise one. */
function exactFormat(write: WriteNumber, values: readonly number[]): (value: number) => string {
  const decimals = Math.max(0, ...values.map(value => decimalsOf(value)));
  return value =>
    write(value, {
      decimals: value === 0 ? 0 : decimalsOf(value) > decimals ? Math.max(decimals, 3) : decimals,
    });
}

/** Smallest and largest absolute value other than zero. */
function extentOf(values: readonly number[]): { smallest: number; largest: number } | undefined {
  const absolute = values.map(Math.abs).filter(value => value > 0);
  if (absolute.length === 0) return undefined;
  return { smallest: Math.min(...absolute), largest: Math.max(...absolute) };
}

const exponentOf = (value: number): number => Math.floor(Math.log10(value) + 1e-9);

/**
 * Finds the unit for a number.
 * @param isRound whether thousands are exact, so that `15k` loses nothing
 * @param least smallest power of ten that has a unit; by default, 4 or 5
 */
function magnitudeFor(
  lang: string,
  value: number,
  isRound: boolean,
  least = isRound ? 4 : 5,
): Magnitude | undefined {
  const exponent = exponentOf(value);
  if (exponent < -3 || exponent > 15) return scientific(exponent);
  if (exponent < least) return undefined;
  return magnitudeOf(lang, Math.min(12, Math.floor(exponent / 3) * 3));
}

/** How many times the largest value may be the smallest one, if both have the same unit. */
const unitSpan = 1000;

/** Unit and decimals that all labels of a chart have. */
interface Scale {
  decimals: number;
  magnitude: Magnitude | undefined;
}

/**
 * Chooses the unit and the decimals of all labels.
 * @returns undefined if the values differ so much that each needs its own
 */
function commonScale(lang: string, values: readonly number[]): Scale | undefined {
  const extent = extentOf(values);
  if (!extent) return { decimals: 0, magnitude: undefined };
  const { smallest, largest } = extent;
  const magnitude = magnitudeFor(lang, largest, areRound(values));
  if (smallest * unitSpan < largest && (magnitude !== undefined || smallest < 0.01)) return undefined;
  const divisor = magnitude?.divisor ?? 1;
  const inData = Math.max(...values.map(value => decimalsOf(value / divisor)));
  const needed = Math.max(
    // Readers know 4.25%, but not 1.25 billion, to the second decimal.
    largest / divisor >= 10 ? 1 : precisionOf(largest / divisor, magnitude ? 2 : 3),
    precisionOf(smallest / divisor, 1),
  );
  return { decimals: Math.min(inData, needed), magnitude };
}

/** Whether all values are multiples of a hundred, so that `1.5k` is exact. */
const areRound = (values: readonly number[]): boolean => values.every(value => value % 100 === 0);

const scaledFormat =
  (write: WriteNumber, { decimals, magnitude }: Scale) =>
  (value: number): string =>
    write(value, value === 0 ? { decimals: 0 } : { decimals, magnitude });

/** Formats values that differ by more than a thousand times, each with its own unit. */
function ownScaleFormat(
  write: WriteNumber,
  lang: string,
  values: readonly number[],
): (value: number) => string {
  const isRound = areRound(values);
  return value =>
    value === 0
      ? write(0, { decimals: 0 })
      : writeShort(write, value, magnitudeFor(lang, Math.abs(value), isRound));
}

/** Formats a value with about two significant digits. */
function writeShort(write: WriteNumber, value: number, magnitude: Magnitude | undefined): string {
  const scaled = Math.abs(value) / (magnitude?.divisor ?? 1);
  const decimals = Math.min(decimalsOf(scaled), scaled >= 10 ? 1 : precisionOf(scaled, 2));
  return write(value, { decimals, magnitude });
}

/** Number of decimals that show this many significant digits. */
const precisionOf = (value: number, digits: number): number =>
  Math.max(0, Math.min(8, digits - 1 - exponentOf(value)));

/**
 * Formats the values of an axis.
 * @param magnitude unit of the labels, which the axis has too unless its values are much larger. A logarithmic axis
 * has a unit for each value
 */
function tickFormat(
  write: WriteNumber,
  lang: string,
  ticks: readonly number[],
  magnitude: Magnitude | undefined,
  isLog: boolean,
): (value: number) => string {
  const largest = extentOf(ticks)?.largest ?? 0;
  if (isLog) {
    const hasUnits = largest >= 1e6;
    const unitOf = (value: number) =>
      value < 1000
        ? magnitudeFor(lang, value, false)
        : hasUnits
          ? magnitudeFor(lang, value, true, 3)
          : undefined;
    return value => writeShort(write, value, unitOf(value));
  }
  const own = magnitude ?? (largest > 0 && largest < 1e-3 ? scientific(exponentOf(largest)) : undefined);
  const divisor = own?.divisor ?? 1;
  const decimals = Math.max(0, ...ticks.map(value => decimalsOf(value / divisor)));
  return value =>
    value === 0 ? write(0, { decimals: 0, isBare: true }) : write(value, { decimals, magnitude: own });
}

/** Number of decimals of a value, without the rounding errors of binary fractions. At most 8. */
function decimalsOf(value: number): number {
  const text = Number(value.toPrecision(12)).toString();
  const [, fraction = '', exponent = '0'] = /^-?\d+(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(text) ?? [];
  return Math.min(8, Math.max(0, fraction.length - Number(exponent)));
}

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

function xFormats({ x, dateFormat, rows }: ChartFigure, lang: string): Pick<ChartFormats, 'x' | 'xTicks'> {
  switch (x.kind) {
    case 'category':
      return { x: text => text, xTicks: () => text => text };
    case 'number': {
      const write = createNumberWriter(lang, bare);
      const numberOf = (text: string) => axisValue(text, 'number');
      const values = rows.map(row => numberOf(row.x));
      return {
        x: text => write(numberOf(text), { decimals: decimalsOf(numberOf(text)) }),
        xTicks(shown) {
          const magnitude = commonScale(lang, values)?.magnitude;
          const tick = tickFormat(write, lang, shown.map(numberOf), magnitude, x.scale === 'log');
          return text => tick(numberOf(text));
        },
      };
    }
    case 'date': {
      if (dateFormat !== undefined) {
        const format = d3().timeFormatLocale(namesOf(lang)).utcFormat(dateFormat);
        const shown = (text: string) => format(new Date(Date.parse(text)));
        return { x: shown, xTicks: () => shown };
      }
      const years = new Set(rows.map(row => row.x.slice(0, 4)));
      const short = dateText(lang, 'short', years.size > 1);
      return { x: dateText(lang, 'long', true), xTicks: () => short };
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
