/**
 * Reads numbers as people and spreadsheets write them: `1200.5`, `1.200,5`, `1 200,5`, `1'200.5`. All numbers of a
 * chart have the same decimal separator.
 */

export const decimals = ['.', ','] as const;
export type Decimal = (typeof decimals)[number];

/** Separators of thousands that the option `numbers` can name. */
export const groups = ['.', ',', ' ', "'"] as const;
type Group = (typeof groups)[number];

/** How a chart's numbers are written. */
export interface Notation {
  decimal: Decimal;
  /** Matches a complete number. */
  number: RegExp;
  /** Matches every separator of thousands. */
  separators: RegExp;
}

/** Characters that separate thousands, as parts of a character class: spaces of all widths, apostrophes. */
const marks: Record<Group, string> = {
  '.': '.',
  ',': ',',
  ' ': ' \u00a0\u2007\u2009\u202f',
  "'": "'\u2019",
};

function createNotation(decimal: Decimal, group?: Group): Notation {
  const allowed = group === undefined ? groups.filter(one => one !== decimal) : [group];
  const mark = `[${allowed.map(one => marks[one]).join('')}]`;
  // India groups the digits above the first thousand in pairs: 12,34,567.
  const indian = allowed.includes(',') ? '|[1-9]\\d?(?:,\\d\\d)+,\\d{3}' : '';
  const grouped = `(?:[1-9]\\d{0,2}(${mark})\\d{3}(?:\\1\\d{3})*${indian})(?:[${decimal}]\\d*)?`;
  const plain = `(?:\\d+(?:[${decimal}]\\d*)?|[${decimal}]\\d+)(?:e[-+]?\\d+)?`;
  return {
    decimal,
    number: new RegExp(`^[-+\u2212]?(?:${plain}|${grouped})$`, 'i'),
    separators: new RegExp(mark, 'g'),
  };
}

const notations: Readonly<Record<Decimal, Notation>> = { '.': createNotation('.'), ',': createNotation(',') };
const opposite = ({ decimal }: Notation): Notation => notations[decimal === '.' ? ',' : '.'];

/** Returns a notation. @param group separator of thousands; by default, any except the decimal separator */
export function notationOf(decimal: Decimal, group?: Group | undefined): Notation {
  return group === undefined ? notations[decimal] : createNotation(decimal, group);
}

/** Reads a number. Returns undefined if the text is not a finite number in this notation. */
export function readNumber(text: string, { decimal, number, separators }: Notation): number | undefined {
  if (!number.test(text)) return undefined;
  const value = Number(text.replace(separators, '').replace(decimal, '.').replace('\u2212', '-'));
  return Number.isFinite(value) ? value : undefined;
}

/** The two numbers that a text can mean. */
export interface Readings {
  /** Value if the decimal separator is a point. */
  point: number;
  /** Value if the decimal separator is a comma. */
  comma: number;
}

/** Returns the two numbers that a text can mean, such as `1.200`; undefined if it has only one meaning, or none. */
export function readingsOf(text: string): Readings | undefined {
  const point = readNumber(text, notations['.']);
  const comma = readNumber(text, notations[',']);
  return point === undefined || comma === undefined || point === comma ? undefined : { point, comma };
}

/**
 * Finds the notation of numbers. The numbers themselves decide, if one of them fits only one notation. Otherwise
 * the notation must be the one that is usual both in the file's format and in the language of the story.
 * @param usual decimal separators that are usual in each of the two
 * @returns the index of the first number that has two meanings, if the notation remains unknown
 */
export function findNotation(
  texts: readonly string[],
  usual: { format: Decimal; language: () => Decimal },
): { notation: Notation } | { ambiguous: number } {
  const fits = (notation: Notation) => texts.filter(text => readNumber(text, notation) !== undefined).length;
  const [point, comma] = [fits(notations['.']), fits(notations[','])];
  if (point !== comma) return { notation: notations[point > comma ? '.' : ','] };
  const ambiguous = texts.findIndex(text => readingsOf(text) !== undefined);
  if (ambiguous < 0 || usual.format === usual.language()) return { notation: notations[usual.format] };
  return { ambiguous };
}

/** Returns the decimal separator of a language: a comma or, in all other cases, a point. */
export function decimalOf(lang: string): Decimal {
  const parts = new Intl.NumberFormat(lang).formatToParts(1.5);
  return parts.some(({ type, value }) => type === 'decimal' && value === ',') ? ',' : '.';
}

/** Rewrites a number of the other notation in this one, without separators of thousands. */
export function rewriteNumber(text: string, notation: Notation): string | undefined {
  for (const other of [opposite(notation), notations[notation.decimal]]) {
    if (readNumber(text, other) === undefined) continue;
    return text.replace(other.separators, '').replace(other.decimal, notation.decimal);
  }
  return undefined;
}
