/** Colours of a chart, as classes of templates/styles/chart.css. */
import type { ChartFigure } from '../article/model.ts';

export interface Paint {
  /** Colour of a series. */
  series: (index: number) => string;
  /** Colour of a value. */
  value: (row: string, series: number, value: number) => string;
  /** Whether `highlight` leaves this series in grey. */
  isMuted: (series: number) => boolean;
  /** Whether `highlight` leaves this value in grey. */
  isMutedValue: (row: string, series: number) => boolean;
  /** Whether `highlight` names rows. */
  hasRows: boolean;
}

/** Classes of the scales in chart.css. The sequential one has a single hue. */
const scales = {
  sequential: ['s1', 's2', 's3', 's4', 's5', 's6'],
  diverging: ['s1', 's3', 's5', 't3', 't2', 't1'],
} as const;

/** Class of a series that `highlight` does not name. */
export const muted = 'chart-muted';

/** Chooses the colours of a chart. */
export function paintOf({ highlight, palette, series, chart }: ChartFigure): Paint {
  const rows = new Set(highlight.rows);
  const hasRows = rows.size > 0;
  const isMuted = (index: number) => highlight.series.length > 0 && !highlight.series.includes(index);
  const isMutedValue = (row: string, index: number) => isMuted(index) || (hasRows && !rows.has(row));
  const isParted = chart === 'stacked-bar' || chart === 'area';
  const bySeries = (index: number): string => {
    if (isMuted(index)) return muted;
    if (palette === 'categorical' || (palette === 'diverging' && !isParted))
      return `chart-c${highlight.series.length > 0 ? highlight.series.indexOf(index) + 1 : index + 1}`;
    // The middle of an odd number of parts is on neither side.
    if (palette === 'diverging' && index * 2 === series.length - 1) return muted;
    const scale = scales[palette];
    return `chart-${scale[stepOf(index, series.length, scale.length)]}`;
  };
  return {
    series: bySeries,
    value(row, index, value) {
      if (isMutedValue(row, index)) return muted;
      if (palette === 'diverging' && !isParted) return value < 0 ? 'chart-below' : 'chart-above';
      return bySeries(index);
    },
    isMuted,
    isMutedValue,
    hasRows,
  };
}

/** Spreads series evenly over the steps of a scale. */
const stepOf = (index: number, count: number, steps: number): number =>
  count === 1 ? 0 : Math.round((index * (steps - 1)) / (count - 1));
