import { resolveLink } from '../site/urls.ts';
import { siteRule } from './rule.ts';

/** A file that an article links to is of a kind that goes with the page. */
export const linkFile = siteRule({
  id: 'link-file',
  severity: 'error',
  message: ({ target }: { target: string }) =>
    `${target} is a kind of file that is not copied to the site. Link to a picture, a document or data, or put the file into public/.`,
  check(site, _, report) {
    for (const from of [...site.entries.values(), ...site.withheld.values()]) {
      for (const { url, kind, place } of from.links) {
        const target = kind === 'link' ? resolveLink(url, from, site) : undefined;
        if (target?.kind !== 'broken' || target.problem !== 'type') continue;
        report(from.source, place, { target: target.target });
      }
    }
  },
});
