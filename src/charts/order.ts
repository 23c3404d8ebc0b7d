/**
 * Position of a date or number of the x column on its axis: milliseconds since the epoch, or the number
 * itself.
 */
export function axisValue(value: string, kind: 'date' | 'number'): number {
  return kind === 'date' ? Date.parse(value) : Number(value.replace('\u2212', '-'));
}
