import { linksOf } from '../site/links.ts';
import { siteRule } from './rule.ts';

/** Requires that linked files are of a type that is copied to the site. */
export const linkFile = siteRule({
  id: 'link-file',
  severity: 'error',
  message: ({ target }: { target: string }) =>
    `${target} is not published, because files of this type are not copied from content/. Move it to public/ and link to it there, or use another type, such as PDF, CSV or PNG.`,
  check(site, _, report) {
    for (const from of [...site.entries.values(), ...site.withheld.values()]) {
      for (const {
        link: { kind, place },
        target,
      } of linksOf(from, site)) {
        if (kind !== 'link' || target.kind !== 'broken' || target.problem !== 'type') continue;
        report(from.source, place, { target: target.target });
      }
    }
  },
});
