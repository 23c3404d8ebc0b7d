import { otherCaseText } from '../base/suggestions.ts';
import { allMetas, articleAt } from './articles.ts';
import { createCaseFinder } from './other-case.ts';
import { siteRule } from './rule.ts';

/** Requires that related articles exist and are not the article itself. */
export const relatedUnknown = siteRule({
  id: 'related-unknown',
  severity: 'error',
  messages: {
    itself: ({ path }: { path: string }) =>
      `The article lists itself (${path}) in 'related'. Remove the entry, or write the path of another article.`,
    case: otherCaseText,
    missing: ({ path }: { path: string }) =>
      `There is no article ${path}. Correct the path in 'related', which is relative to this file.`,
  },
  check(site, _, report) {
    const otherCase = createCaseFinder(site);
    for (const { source, meta } of allMetas(site)) {
      meta.related?.forEach((path, index) => {
        const at = `related.${index}`;
        if (path === source) report(source, at, 'itself', { path });
        else if (!articleAt(site, path) && !site.flawed.has(path)) {
          const actual = otherCase(path);
          if (actual === undefined || actual === path) report(source, at, 'missing', { path });
          else report(source, at, 'case', { target: path, actual });
        }
      });
    }
  },
});
