/** Tables of text with the place of each cell: chart data from YAML or from a CSV file. */
import type { Place } from '../base/diagnostics.ts';

/** A cell's text and its place in the file. */
export interface DataCell {
  text: string;
  place: Place;
}

/** A table of unparsed text. */
export interface DataTable {
  columns: DataCell[];
  /** Each row has one cell per column. */
  rows: DataCell[][];
}
