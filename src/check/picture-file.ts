import { resolveLink } from '../site/urls.ts';
import type { SiteRule } from './rule.ts';

const pictureTypes = /\.(jpe?g|png|webp|avif|gif)$/i;

/** A picture is a file of this site that is there. */
export const pictureFile: SiteRule = {
  id: 'picture-file',
  severity: 'error',
  check(site, _, report) {
    for (const from of [...site.entries.values(), ...site.withheld.values()]) {
      for (const { url, kind, place } of from.links) {
        if (kind !== 'picture') continue;
        const target = resolveLink(url, from, site);
        if (target.kind === 'asset' && pictureTypes.test(target.asset)) continue;
        if (target.kind === 'path' && site.publicFiles.has(target.path.slice(1))) continue;
        report(from.source, place, explain(url, target.kind === 'broken' ? target.problem : target.kind));
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
    case 'path':
      return `The picture ${url} is not there. Put the file beside the article, or correct its name.`;
    default:
      return `${url} is not a picture that can be shown. Use JPEG, PNG, WebP, AVIF or GIF.`;
  }
}
