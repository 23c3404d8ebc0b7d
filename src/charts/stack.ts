/** Stacked values: positive values are stacked upwards, negative values downwards. */
import type { Covers } from './notes.ts';

export interface StackPart {
  series: number;
  value: number;
  from: number;
  to: number;
}

/** Stacks the values of a row. Missing values have no part. */
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

/** Whether the stack of either row overlaps the range from `low` to `high`. */
export const coversStack: Covers = (row, next, low, high) =>
  [row, next].some(({ y }) =>
    stackOf(y).some(({ from, to }) => Math.min(from, to) <= high && Math.max(from, to) >= low),
  );
