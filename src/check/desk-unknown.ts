import { type Suggestion, suggest, suggestionText } from '../base/suggestions.ts';
import { allMetas } from './articles.ts';
import { siteRule } from './rule.ts';

/** Requires that an article's desk is defined in site.yaml. */
export const deskUnknown = siteRule({
  id: 'desk-unknown',
  severity: 'error',
  required: true,
  message: ({ desk, suggestion }: { desk: string; suggestion: Suggestion }) =>
    `The desk '${desk}' is not defined in content/site.yaml. ${suggestionText(suggestion, 'Define it there')}`,
  check(site, _, report) {
    const known = site.config.desks.map(({ id }) => id);
    for (const { source, meta } of allMetas(site)) {
      const { desk } = meta;
      if (desk !== undefined && !known.includes(desk))
        report(source, 'desk', { desk, suggestion: suggest(desk, known) });
    }
  },
});
