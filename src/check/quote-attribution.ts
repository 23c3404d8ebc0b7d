import { findUnattributed } from '../article/quotes.ts';
import { type DocumentRule, startOf } from './rule.ts';

/** A block quotation names who says it. */
export const quoteAttribution: DocumentRule = {
  id: 'quote-attribution',
  severity: 'warning',
  check({ body }, report) {
    for (const quote of findUnattributed(body)) {
      report(
        startOf(quote),
        "The block quotation has no speaker. End it with a line '> — Name, role', or begin it with '> [!plain]' when nobody says it.",
      );
    }
  },
};
