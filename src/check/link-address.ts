import { linksOf } from '../site/links.ts';
import { createPageFinder } from '../site/urls.ts';
import { siteRule } from './rule.ts';

interface Address {
  url: string;
}

/** Warns about full web addresses that lead nowhere: on this site, on the author's computer, or with one slash. */
export const linkAddress = siteRule({
  id: 'link-address',
  severity: 'warning',
  messages: {
    own: ({ url }: Address) =>
      `This site has no page at ${url}. Correct the address, or link to the article's Markdown file.`,
    computer: ({ url }: Address) =>
      `${url} leads to the reader's own computer. Link to the article's Markdown file, or to a public address.`,
    slash: ({ url, fixed }: Address & { fixed: string }) =>
      `The address ${url} does not have '//' after its colon. Write '${fixed}'.`,
  },
  check(site, pages, report) {
    const { origin, basePath } = site.config;
    let findPage: ReturnType<typeof createPageFinder> | undefined;
    for (const from of [...site.entries.values(), ...site.withheld.values()]) {
      for (const { link, target } of linksOf(from, site)) {
        if (link.kind !== 'link' || target.kind !== 'external') continue;
        const { url, place } = link;
        if (/^https?:\/?(?!\/)/i.test(url))
          report(from.source, place, 'slash', { url, fixed: url.replace(/:\/?/, '://') });
        else if (/^https?:\/\/(?:localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1\])(?:[:/?#]|$)/i.test(url))
          report(from.source, place, 'computer', { url });
        else if (url.startsWith(origin)) {
          const path = ownPath(url.slice(origin.length), basePath);
          findPage ??= createPageFinder(pages);
          if (path !== undefined && !findPage(path)) report(from.source, place, 'own', { url });
        }
      }
    }
  },
});

/**
 * Path of a page of this site, from the rest of an address after the host. Undefined for files, which other pages
 * than the planned ones have, and for the text edition.
 */
function ownPath(rest: string, basePath: string): string | undefined {
  const path = rest.replace(/[?#].*$/s, '');
  if (!path.startsWith(basePath)) return undefined;
  const own = `/${path.slice(basePath.length)}`;
  if (own.startsWith('/text/') || own.slice(own.lastIndexOf('/')).includes('.')) return undefined;
  try {
    return decodeURIComponent(own);
  } catch {
    return undefined;
  }
}
