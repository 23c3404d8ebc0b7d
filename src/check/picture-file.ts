import { resolvePicture } from '../site/pictures.ts';
import { siteRule } from './rule.ts';

interface Address {
  url: string;
}

/** A picture is a file of this site, and the file exists. */
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
      for (const { url, kind, place } of from.links) {
        if (kind !== 'picture') continue;
        const target = resolvePicture(url, from, site);
        if (target.kind !== 'picture') report(from.source, place, variantOf(target.problem), { url });
      }
    }
  },
});

function variantOf(problem: string): 'external' | 'outside' | 'missing' | 'type' {
  return problem === 'external' || problem === 'outside' || problem === 'missing' ? problem : 'type';
}
