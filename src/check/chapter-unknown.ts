import { type Suggestion, suggest, suggestionText } from '../base/suggestions.ts';
import { siteRule } from './rule.ts';

/**
 * Requires that the chapters of a standing page are other, existing standing pages, and that no page is in
 * two series.
 */
export const chapterUnknown = siteRule({
  id: 'chapter-unknown',
  severity: 'error',
  messages: {
    itself: 'The page names itself as a chapter. Remove it from the list; the page comes first anyway.',
    missing: ({ path, suggestion }: { path: string; suggestion: Suggestion }) =>
      `There is no page ${path}. ${suggestionText(suggestion, 'Remove the chapter')}`,
    twice: ({ path, first }: { path: string; first: string }) =>
      `${path} is already a chapter of ${first}. Remove it from one of the two lists.`,
  },
  check({ pages, entries, flawed }, _, report) {
    const series = new Map<string, string>();
    const sources = pages.map(({ source }) => source);
    for (const { source, chapters } of pages) {
      chapters.forEach((path, index) => {
        const at = `chapters.${index}`;
        const first = series.get(path);
        series.set(path, first ?? source);
        if (path === source) report(source, at, 'itself');
        else if (first !== undefined && first !== source) report(source, at, 'twice', { path, first });
        else if (entries.get(path)?.kind !== 'page' && !flawed.has(path))
          report(source, at, 'missing', {
            path,
            suggestion: suggest(
              path,
              sources.filter(other => other !== source),
            ),
          });
      });
    }
  },
});
