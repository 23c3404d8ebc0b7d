import { linksOf } from '../site/links.ts';
import { pictureTarget } from '../site/picture-links.ts';
import { siteRule } from './rule.ts';

interface Address {
  url: string;
}

/** Requires that every picture is an existing file of this site. */
export const pictureFile = siteRule({
  id: 'picture-file',
  severity: 'error',
  messages: {
    external: ({ url }: Address) =>
      `The picture ${url} is on another site, which readers' browsers would tell of every visit. Put a copy beside the article.`,
    outside: ({ url }: Address) =>
      `The picture ${url} is outside of content/. Put a copy beside the article.`,
    missing: ({ url }: Address) =>
      `The picture ${url} is not there. Put the file beside the article, or correct its name.`,
    type: ({ url }: Address) =>
      `${url} is not a picture that can be shown. Use JPEG, PNG, WebP, AVIF, GIF or SVG.`,
  },
  check(site, _, report) {
    for (const from of [...site.entries.values(), ...site.withheld.values(), ...site.flawed.values()]) {
      for (const { link, target } of linksOf(from, site)) {
        if (link.kind !== 'picture') continue;
        const picture = pictureTarget(target, site);
        if (picture.kind !== 'picture')
          report(from.source, link.place, variantOf(picture.problem), { url: link.url });
      }
    }
  },
});

function variantOf(problem: string): 'external' | 'outside' | 'missing' | 'type' {
  return problem === 'external' || problem === 'outside' || problem === 'missing' ? problem : 'type';
}
