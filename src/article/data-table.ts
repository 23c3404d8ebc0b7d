/** Tables of text with the place of each cell: chart data from YAML or from a CSV file. */
import type { Place, Report } from '../base/diagnostics.ts';

/** A cell's text and its place in the file. */
export interface DataCell {
  text: string;
  place: Place;
}

/** A table whose cells are text that has not been parsed as numbers or dates. */
export interface DataTable {
  columns: DataCell[];
  /** Rows with one cell per column. */
  rows: DataCell[][];
  /** Decimal separator that files of this format usually have. */
  usualDecimal: '.' | ',';
}

/** A table, with the reporter for the file that contains it. */
export interface Data {
  table: DataTable;
  report: Report;
}
