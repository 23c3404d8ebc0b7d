import { configPath } from '../config/paths.ts';
import { createRedirectMatcher } from '../site/redirect-matcher.ts';
import { writtenRedirects } from '../site/redirects.ts';
import { siteRule } from './rule.ts';

/**
 * Warns about redirects of all addresses below a folder that has pages. Most hosts show these pages, but Cloudflare
 * Pages applies the rules of _redirects first.
 */
export const redirectCover = siteRule({
  id: 'redirect-cover',
  severity: 'warning',
  message: ({ from, path }: { from: string; path: string }) =>
    `The redirect from ${from} also matches existing pages, such as ${path}. Cloudflare Pages would redirect their readers, too. List the former addresses one by one, or turn this rule off if you publish on another host.`,
  check(site, pages, report) {
    if (!site.config.outputs.redirects) return;
    const matcher = createRedirectMatcher(writtenRedirects(site).filter(({ from }) => from.below));
    const reported = new Set<string>();
    for (const { kind, path } of pages) {
      const redirect = kind === 'redirect' ? undefined : matcher.below({ path, query: [] });
      if (!redirect || reported.has(redirect.key)) continue;
      reported.add(redirect.key);
      report(configPath, `${redirect.key}.from`, { from: `${redirect.from.path}*`, path });
    }
  },
});
