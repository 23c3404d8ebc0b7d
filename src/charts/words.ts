/** Language and direction of a chart, and the user-interface texts of its language. */
export interface ChartWords {
  /** BCP 47. */
  lang: string;
  dir: 'ltr' | 'rtl';
  t: (key: string, values?: Record<string, string | number>) => string;
}
