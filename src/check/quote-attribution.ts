import { findUnattributed } from '../article/quotes.ts';
import { documentRule, startOf } from './rule.ts';

/** Warns if a block quotation has no speaker. */
export const quoteAttribution = documentRule({
  id: 'quote-attribution',
  severity: 'warning',
  message:
    "The block quotation has no speaker. End it with a line '> — Name, role', or begin it with '> [!plain]' if it quotes nobody.",
  check({ body }, report) {
    for (const quote of findUnattributed(body)) report(startOf(quote));
  },
});
