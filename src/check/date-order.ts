import type { DocumentRule } from './rule.ts';

/** `updated` is the last moment at which the story changed: nothing in it is later. */
export const dateOrder: DocumentRule = {
  id: 'date-order',
  severity: 'warning',
  check({ meta, places }, report) {
    if (meta?.updated === undefined) return;
    const updated = Date.parse(meta.updated);
    const dates = [
      ['published', meta.published],
      ...meta.corrections.map(({ date }, index) => [`corrections.${index}.date`, date]),
    ] as const;
    for (const [key, date] of dates) {
      if (Date.parse(date!) <= updated) continue;
      report(
        places[key!],
        `'${key}' is later than 'updated' (${meta.updated}). Correct one of the two dates.`,
      );
    }
  },
};
