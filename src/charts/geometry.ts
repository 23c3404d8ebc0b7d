/** Positions in a chart with an axis. */
import type { ChartFigure } from '../article/model.ts';

export interface Frame {
  /** Position of a value of the x column, in per cent of the plot's width. */
  x: (value: string) => number;
  /** Position of a number, in CSS pixels from the top of the drawing. */
  y: (value: number) => number;
  /** Rows in the order of the axis. */
  rows: ChartFigure['rows'];
  /** Widths of the plot in CSS pixels. */
  widths: Widths;
}

export interface Widths {
  /** Width on a screen that is 320 CSS pixels wide. */
  narrow: number;
  /** Smallest width at which the style sheet shows `.chart-wide`. */
  wide: number;
}
