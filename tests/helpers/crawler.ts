/** Crawls a served site with linkinator: every link of every page, including its fragment. */
import { LinkChecker } from 'linkinator';

/**
 * Finds broken links below an address: the link, its status and the page that contains it. Absolute addresses
 * of the publication, such as canonical ones, are also checked at `address`; other sites are not requested.
 * @param address address of the served site, with its base path
 * @param others further pages to start with
 * @param publicOrigin scheme and host that the site is built for
 */
export async function findBrokenLinks(
  address: string,
  publicOrigin: string,
  others: readonly string[] = [],
): Promise<{ broken: string[]; pages: Set<string>; links: number }> {
  const { origin } = new URL(address);
  const checker = new LinkChecker();
  const pages = new Set<string>();
  checker.on('pagestart', page => pages.add(String(page)));
  const { links } = await checker.check({
    path: [address, ...others],
    recurse: true,
    concurrency: 20,
    checkFragments: true,
    retryErrors: false,
    urlRewriteExpressions: [
      { pattern: new RegExp(`^${publicOrigin.replaceAll('.', '\\.')}(?=/)`), replacement: origin },
    ],
    linksToSkip: link => Promise.resolve(!link.startsWith(origin)),
  });
  const broken = links
    .filter(({ state }) => state === 'BROKEN')
    .map(({ url, status, parent }) => `${url} ${status} on ${parent}`)
    .sort();
  return { broken: [...new Set(broken)], pages, links: links.length };
}
