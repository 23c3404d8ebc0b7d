import { linksOf } from '../site/links.ts';
import { createPageFinder } from '../site/urls.ts';
import { presenceRule } from './rule.ts';

interface Target {
  target: string;
}

/**
 * Warns about links to stories that are scheduled, and to pages that exist only while they have stories. Pages
 * show them without the link.
 */
export const linkAbsent = presenceRule({
  id: 'link-absent',
  severity: 'warning',
  messages: {
    scheduled: ({ target, published }: Target & { published: string }) =>
      `${target} is not published before ${published}, so the page is built without this link until then. Publish it earlier, or remove the link.`,
    page: ({ target }: Target) =>
      `The page ${target} does not exist at the moment, because its stories have expired or are not published yet. The link is left out until it does. Remove the link if you do not expect new stories.`,
  },
  check({ site, pages }, anytime, report) {
    const findPage = createPageFinder(pages);
    const findAnytime = createPageFinder(anytime.pages);
    for (const from of site.entries.values()) {
      for (const {
        link: { kind, place },
        target,
      } of linksOf(from, site)) {
        if (kind !== 'link') continue;
        if (target.kind === 'path') {
          if (!findPage(target.path) && findAnytime(target.path))
            report(from.source, place, 'page', { target: target.path });
          continue;
        }
        const entry = target.kind === 'broken' ? anytime.site.entries.get(target.target) : undefined;
        if (target.kind !== 'broken' || !entry) continue;
        if (target.problem === 'storyless') report(from.source, place, 'page', { target: entry.path });
        if (target.problem === 'withheld' && entry.kind === 'article')
          report(from.source, place, 'scheduled', { target: entry.source, published: entry.meta.published });
      }
    }
  },
});
