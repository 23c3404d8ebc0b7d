/** Rows and columns of text with the place of each cell: a chart's data, from YAML or from a CSV file. */
import type { Place } from '../base/diagnostics.ts';

/** A cell's text and its place in the file. */
export interface DataCell {
  text: string;
  place: Place;
}

/** A table as it is written: the names of its columns, and its rows. */
export interface DataTable {
  columns: DataCell[];
  /** As many cells as there are columns. */
  rows: DataCell[][];
}
