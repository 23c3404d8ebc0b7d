import { linksOf } from '../site/links.ts';
import { presenceRule } from './rule.ts';

/** Warns about links to expired stories, which pages show without the link. */
export const linkExpired = presenceRule({
  id: 'link-expired',
  severity: 'warning',
  message: ({ target }: { target: string }) =>
    `${target} has expired, so the page is built without this link. Remove the link.`,
  check({ site }, _, report) {
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
