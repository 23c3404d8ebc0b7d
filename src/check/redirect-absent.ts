import { isWritten } from '../site/plan-redirects.ts';
import { presenceRule } from './rule.ts';

/**
 * Warns about redirects in site.yaml to pages that exist only while they have stories. The former addresses lead
 * nowhere until then.
 */
export const redirectAbsent = presenceRule({
  id: 'redirect-absent',
  severity: 'warning',
  message: ({ to }: { to: string }) =>
    `The page ${to} does not exist at the moment, because its stories have expired or are not published yet. The redirect is left out until it does. Remove the redirect if you do not expect new stories.`,
  check({ site, redirects }, anytime, report) {
    const present = new Set(redirects.filter(isWritten).map(({ key }) => key));
    for (const redirect of anytime.redirects) {
      if (!isWritten(redirect) || present.has(redirect.key)) continue;
      const key = redirect.key!.replace(/from$/, 'to');
      const { to } = site.config.redirects[Number(key.split('.')[1])]!;
      report(redirect.source, key, { to });
    }
  },
});
