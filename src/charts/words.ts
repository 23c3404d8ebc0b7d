/** What a chart is drawn for: its language, its direction, and the words of its furniture. */
export interface ChartWords {
  /** BCP 47. */
  lang: string;
  dir: 'ltr' | 'rtl';
  t: (key: string, values?: Record<string, string | number>) => string;
}
