import { keyName } from '../base/yaml-messages.ts';
import { documentRule } from './rule.ts';

/**
 * Warns if a story's dates are in an impossible order: if it appears or is corrected after `updated`, or if
 * it appears after it expires or is corrected.
 */
export const dateOrder = documentRule({
  id: 'date-order',
  severity: 'warning',
  message: ({ key, other, limit }: { key: string; other: string; limit: string }) =>
    `${keyName(key)} is later than ${keyName(other)} (${limit}). Correct one of the two dates.`,
  check({ meta }, report) {
    if (!meta) return;
    const { published, updated, expires, corrections = [] } = meta;
    const later = (key: string, date: string | undefined, other: string, limit: string | undefined) => {
      if (date === undefined || limit === undefined || Date.parse(date) <= Date.parse(limit)) return;
      report(key, { key, other, limit });
    };
    later('published', published, 'updated', updated);
    later('published', published, 'expires', expires);
    corrections.forEach(({ date }, index) => {
      later(`corrections.${index}.date`, date, 'updated', updated);
      later('published', published, `corrections.${index}.date`, date);
    });
  },
});
