/** Language and direction of a chart, and the user-interface texts in that language. */
export interface ChartWords {
  /** Language tag of the chart's texts (BCP 47). */
  lang: string;
  dir: 'ltr' | 'rtl';
  /** Formats a user-interface text, by its key in templates/strings/. */
  t: (key: string, values?: Record<string, string | number>) => string;
}
