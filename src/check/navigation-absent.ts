import { configPath } from '../config/paths.ts';
import { menuLinks } from '../site/menus.ts';
import { createPageFinder } from '../site/urls.ts';
import { presenceRule } from './rule.ts';

/** Warns about links in menus to pages that exist only while they have stories. The menus omit them. */
export const navigationAbsent = presenceRule({
  id: 'navigation-absent',
  severity: 'warning',
  message: ({ url }: { url: string }) =>
    `The page ${url} does not exist at the moment, because its stories have expired or are not published yet. The entry is left out until it does. Remove the entry if you do not expect new stories.`,
  check({ site, pages }, anytime, report) {
    const findPage = createPageFinder(pages);
    const findAnytime = createPageFinder(anytime.pages);
    for (const { url, path, key } of menuLinks(site.config))
      if (!findPage(path) && findAnytime(path)) report(configPath, key, { url });
  },
});
