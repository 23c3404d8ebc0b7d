/** Options of a chart that depend on its type: highlights, scales, and the columns that a type needs. */
import type { Place, Report } from '../base/diagnostics.ts';
import { suggest } from '../base/suggestions.ts';
import type { ChartRow, ChartType } from './model.ts';

/** Series and columns as the author names them. */
export interface Named {
  column: string;
  label: string;
}

/** Types whose values have a scale that need not begin at zero. */
const logTypes: readonly ChartType[] = ['dot', 'line', 'scatter', 'small-multiples'];
/** Types that draw ranges. */
const rangeTypes: readonly ChartType[] = ['dot', 'line'];

/** What the author asks of a form. */
interface Wishes {
  type: ChartType;
  /** Number of columns of values. */
  series: number;
  isLogY: boolean;
  isLogX: boolean;
  hasRanges: boolean;
  hasNames: boolean;
}

/**
 * Reports options that the chart's type cannot show.
 * @returns whether there are none
 */
export function checkForm(
  wishes: Wishes,
  placeOf: (path: string) => Place | undefined,
  report: Report,
): boolean {
  const { type } = wishes;
  const wrong: [boolean, () => void][] = [
    [
      wishes.isLogY && !logTypes.includes(type),
      () => report('error', 'chart-form/log', placeOf('scale'), { type, types: [...logTypes] }),
    ],
    [
      wishes.isLogX && type !== 'scatter',
      () => report('error', 'chart-form/log-x', placeOf('x.scale') ?? placeOf('x')),
    ],
    [
      wishes.hasRanges && !rangeTypes.includes(type),
      () => report('error', 'chart-form/range', placeOf('y'), { type, types: [...rangeTypes] }),
    ],
    [wishes.hasNames && type !== 'scatter', () => report('error', 'chart-form/names', placeOf('names'))],
    [
      type === 'slope' && wishes.series !== 2,
      () => report('error', 'chart-form/slope', placeOf('y'), { columns: wishes.series }),
    ],
  ];
  const [first] = wrong.filter(([isWrong]) => isWrong);
  first?.[1]();
  return first === undefined;
}

/**
 * Finds what `highlight` names: series by column or label, rows by their value of the x column or their name.
 * @param limit maximum number of series
 * @returns undefined if a name is unknown or there are too many series, which is reported
 */
export function readHighlight(
  wanted: string | readonly string[] | undefined,
  {
    series,
    rows,
    readX,
  }: {
    series: readonly Named[];
    rows: readonly ChartRow[];
    /** Converts a value of the x column to the form of `ChartRow`. */
    readX: (text: string) => string | undefined;
  },
  limit: number,
  placeOf: (path: string) => Place | undefined,
  report: Report,
): { series: number[]; rows: string[] } | undefined {
  const found = { series: [] as number[], rows: [] as string[] };
  const names = typeof wanted === 'string' ? [wanted] : (wanted ?? []);
  const known = new Set(rows.flatMap(({ x, name }) => [name ?? x]));
  let isValid = true;
  for (const [index, name] of names.entries()) {
    const own = series.findIndex(({ column, label }) => column === name || label === name);
    const row = known.has(name) ? name : readX(name);
    if (own >= 0) found.series.push(own);
    else if (row !== undefined && known.has(row)) found.rows.push(row);
    else {
      isValid = false;
      const place = placeOf(`highlight.${index}`) ?? placeOf('highlight');
      const suggestion = suggest(name, [...series.map(({ label }) => label), ...known]);
      report('error', 'chart-highlight', place, { name, suggestion });
    }
  }
  if (found.series.length > limit) {
    report('error', 'chart-series/highlight', placeOf('highlight'), { series: found.series.length, limit });
    return undefined;
  }
  return isValid ? found : undefined;
}
