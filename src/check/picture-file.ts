import { linksOf } from '../site/links.ts';
import { pictureTarget } from '../site/picture-links.ts';
import type { SiteRule } from './rule.ts';

/** A picture is a file of this site that is there. */
export const pictureFile: SiteRule = {
  id: 'picture-file',
  severity: 'error',
  check(site, _, report) {
    for (const from of [...site.entries.values(), ...site.withheld.values(), ...site.flawed.values()]) {
      for (const { link, target } of linksOf(from, site)) {
        if (link.kind !== 'picture') continue;
        const picture = pictureTarget(target, site);
        if (picture.kind !== 'picture') report(from.source, link.place, explain(link.url, picture.problem));
      }
    }
  },
};

function explain(url: string, problem: string): string {
  switch (problem) {
    case 'external':
      return `The picture ${url} is on another site, which readers' browsers would tell of every visit. Put a copy beside the article.`;
    case 'outside':
      return `The picture ${url} is outside of content/. Put a copy beside the article.`;
    case 'missing':
      return `The picture ${url} is not there. Put the file beside the article, or correct its name.`;
    default:
      return `${url} is not a picture that can be shown. Use JPEG, PNG, WebP, AVIF, GIF or SVG.`;
  }
}
