/** Values that stand on each other: those above zero upwards, those below it downwards. */
import type { Covers } from './notes.ts';

export interface StackPart {
  series: number;
  value: number;
  from: number;
  to: number;
}

/** What has no value has no part. */
export function stackOf(values: readonly (number | null)[]): StackPart[] {
  let above = 0;
  let below = 0;
  return values.flatMap((value, series) => {
    if (value === null) return [];
    const from = value < 0 ? below : above;
    const to = from + value;
    if (value < 0) below = to;
    else above = to;
    return [{ series, value, from, to }];
  });
}

export const coversStack: Covers = (row, next, low, high) =>
  [row, next].some(({ y }) =>
    stackOf(y).some(({ from, to }) => Math.min(from, to) <= high && Math.max(from, to) >= low),
  );
