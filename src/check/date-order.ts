import type { DocumentRule } from './rule.ts';

/** Dates of one story stand in an order that can be: nothing is later than `updated`, and it expires after it appears. */
export const dateOrder: DocumentRule = {
  id: 'date-order',
  severity: 'warning',
  check({ meta }, report) {
    if (!meta) return;
    const { published, updated, expires, corrections } = meta;
    const later = (key: string, date: string, other: string, limit: string | undefined) => {
      if (limit === undefined || Date.parse(date) <= Date.parse(limit)) return;
      report(key, `'${key}' is later than '${other}' (${limit}). Correct one of the two dates.`);
    };
    later('published', published, 'updated', updated);
    later('published', published, 'expires', expires);
    corrections.forEach(({ date }, index) => {
      later(`corrections.${index}.date`, date, 'updated', updated);
      later('published', published, `corrections.${index}.date`, date);
    });
  },
};
