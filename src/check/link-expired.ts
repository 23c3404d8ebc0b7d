import { linksOf } from '../site/links.ts';
import { siteRule } from './rule.ts';

/**
 * Warns about links to expired stories. This is not an error, because the publication must still build on the
 * day when a story expires.
 */
export const linkExpired = siteRule({
  id: 'link-expired',
  severity: 'warning',
  message: ({ target }: { target: string }) =>
    `${target} has expired, so the page is built without this link. Remove the link.`,
  check(site, _, report) {
    for (const from of site.entries.values()) {
      for (const {
        link: { kind, place },
        target,
      } of linksOf(from, site)) {
        if (kind !== 'link' || target.kind !== 'broken' || target.problem !== 'expired') continue;
        report(from.source, place, { target: target.target });
      }
    }
  },
});
