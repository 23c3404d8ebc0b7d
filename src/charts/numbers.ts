/**
 * Writes numbers as newspapers in a language do: `£1.2bn`, `1,2 Mrd. €`, `−£3.4m`. The order of sign, currency
 * and unit is correct on pages of either direction.
 */
import { directionOf } from '../base/languages.ts';

/** A power of ten, and the unit that replaces it: 10⁹ and `bn`. */
export interface Magnitude {
  divisor: number;
  unit: string;
  /** The power itself, such as `10⁻⁶`, if it is written with digits. */
  power?: string;
}

/** What surrounds every number of a chart. */
export interface Affixes {
  prefix: string | undefined;
  suffix: string | undefined;
  /** Code of a currency (ISO 4217). */
  currency: string | undefined;
}

export interface Written {
  /** Number of decimals. */
  decimals: number;
  magnitude?: Magnitude | undefined;
  /** Whether to leave out the currency, the prefix and the suffix, as for zero on an axis. */
  isBare?: boolean;
}

/** Writes a number with its sign, its currency and its unit. */
export type WriteNumber = (value: number, written: Written) => string;

/** Formatting characters of Intl and of authors, which would change the order in our isolates. */
const marks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const rightToLeft = /[\u0590-\u08ff]/;
// Isolates of UAX #9: left to right, right to left, and their end.
const [leftIsolate, rightIsolate, endIsolate] = ['\u2066', '\u2067', '\u2069'];

/** Units of English newspapers. Intl has `K`, `M`, `B` and `T`. */
const english: Record<number, string> = { 3: 'k', 6: 'm', 9: 'bn', 12: 'tn' };

/**
 * Finds the unit for a power of ten, 3 to 12.
 * @returns undefined if the language has none, such as German for thousands
 */
export function magnitudeOf(lang: string, exponent: number): Magnitude | undefined {
  const { language } = new Intl.Locale(lang);
  const divisor = 10 ** exponent;
  if (language === 'en') return { divisor, unit: english[exponent]! };
  // Hebrew newspapers write words. The short forms of Intl are Latin letters.
  const compactDisplay = language === 'he' ? 'long' : 'short';
  const parts = new Intl.NumberFormat(lang, {
    notation: 'compact',
    compactDisplay,
    numberingSystem: 'latn',
    useGrouping: false,
  }).formatToParts(divisor);
  const written = Number(parts.find(({ type }) => type === 'integer')?.value);
  const at = parts.findIndex(({ type }) => type === 'compact');
  if (at < 0 || !(written > 0)) return undefined;
  const gap = parts[at - 1]?.type === 'literal' ? parts[at - 1]!.value : '';
  return { divisor: divisor / written, unit: (gap + parts[at]!.value).replace(marks, '') };
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A power of ten as a unit: `1.2 × 10⁻⁶`. */
export function scientific(exponent: number): Magnitude {
  const digits = [...String(Math.abs(exponent))].map(digit => superscripts[Number(digit)]).join('');
  const power = `10${exponent < 0 ? '⁻' : ''}${digits}`;
  // 10 ** -7 is not exactly 1e-7.
  return { divisor: Number(`1e${exponent}`), unit: `\u00a0×\u00a0${power}`, power };
}

/** Creates a function that writes the numbers of a chart. */
export function createNumberWriter(lang: string, affixes: Affixes): WriteNumber {
  const formats = new Map<number, Intl.NumberFormat>();
  const digitsOf = (value: number, decimals: number): string => {
    let format = formats.get(decimals);
    if (!format) {
      format = new Intl.NumberFormat(lang, {
        minimumFractionDigits: decimals,
        maximumFractionDigits: decimals,
      });
      formats.set(decimals, format);
    }
    return format.format(value).replace(marks, '');
  };
  const surround = createSurround(lang, affixes);
  const surroundBare = createSurround(lang, { prefix: undefined, suffix: undefined, currency: undefined });
  return (value, { decimals, magnitude, isBare }) => {
    const power = magnitude?.power;
    if (power !== undefined && Math.abs(value) === magnitude?.divisor)
      return surround(value < 0 ? '\u2212' : '', power, '');
    const digits = digitsOf(Math.abs(value) / (magnitude?.divisor ?? 1), decimals);
    const isZero = !/[1-9\u0661-\u0669\u06f1-\u06f9]/.test(digits);
    return (isBare ? surroundBare : surround)(
      value < 0 && !isZero ? '\u2212' : '',
      digits,
      magnitude?.unit ?? '',
    );
  };
}

/** Creates a function that adds the currency, or the author's prefix and suffix, to the digits of a number. */
export function createSurround(
  lang: string,
  affixes: Affixes,
): (sign: string, digits: string, unit: string) => string {
  const { before, after } = affixesOf(lang, affixes);
  if (directionOf(lang) === 'ltr') return (sign, digits, unit) => `${sign}${before}${digits}${unit}${after}`;
  const isWord = (text: string) => rightToLeft.test(text);
  return (sign, digits, unit) => {
    const own = /[\u0660-\u0669\u06f0-\u06f9]/.test(digits) ? rightIsolate : leftIsolate;
    const inner = (text: string, isInside: boolean) => (isInside ? text : '');
    // A word after the number comes after it in reading order too, which is to its left.
    const isUnitInside = !isWord(unit);
    const isAfterInside = isUnitInside && !isWord(after) && affixes.currency === undefined;
    const isBeforeInside = !isWord(before);
    const core = `${own}${sign}${inner(before, isBeforeInside)}${digits}${inner(unit, isUnitInside)}${inner(after, isAfterInside)}${endIsolate}`;
    const rest = `${inner(unit, !isUnitInside)}${inner(apart(after), !isAfterInside)}`;
    const first = inner(before, !isBeforeInside);
    return first === '' && rest === '' ? core : `${rightIsolate}${first}${core}${rest}${endIsolate}`;
  };
}

/** Isolates letters that run from left to right, such as `US$`, from the words around them. */
const apart = (text: string): string =>
  text.replace(/[A-Za-z](?:[^\u0590-\u08ff]*\S)?/, letters => `${leftIsolate}${letters}${endIsolate}`);

/** Texts before and after the digits. Currencies and the suffix `%` are where the language has them. */
function affixesOf(
  lang: string,
  { prefix = '', suffix = '', currency }: Affixes,
): { before: string; after: string } {
  if (currency !== undefined) {
    const { before, after } = placeOf(lang, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
    return { before: prefix + before, after: after + suffix };
  }
  if (suffix !== '%') return { before: prefix, after: suffix };
  const { before, after } = placeOf(lang, { style: 'percent' });
  return { before: prefix + before, after };
}

/** Texts before and after the digits of a number in a style of Intl. */
function placeOf(lang: string, options: Intl.NumberFormatOptions): { before: string; after: string } {
  const parts = new Intl.NumberFormat(lang, { ...options, maximumFractionDigits: 0 }).formatToParts(1);
  const at = parts.findIndex(({ type }) => type === 'integer');
  const text = (list: Intl.NumberFormatPart[]) =>
    list
      .map(({ value }) => value)
      .join('')
      .replace(marks, '');
  return { before: text(parts.slice(0, at)), after: text(parts.slice(at + 1)) };
}
