/** Positions in a chart with an axis. */
import type { ChartFigure } from '../article/model.ts';
import type { Widths } from './svg.ts';

export interface Frame {
  /** Position of a value of the x column, in per cent of the plot's width. */
  x: (value: string) => number;
  /** Position of a number, in units from the top of the drawing. */
  y: (value: number) => number;
  /** Number at a position: the inverse of `y`. */
  valueAt: (y: number) => number;
  /** Rows in the order of the axis. */
  rows: ChartFigure['rows'];
  /** Widths of the plot, in units. */
  widths: Widths;
}
