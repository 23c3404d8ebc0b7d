/** Rows and columns of text with the place of each cell: a chart's data, from YAML or from a CSV file. */
import type { Place } from '../base/diagnostics.ts';

export interface DataCell {
  text: string;
  place: Place;
}

export interface DataTable {
  columns: DataCell[];
  /** As many cells as there are columns. */
  rows: DataCell[][];
}
