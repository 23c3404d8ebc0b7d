/** Applies the redirects of a built site, as the hosts that read _redirects do. */
import { join } from 'node:path';
import { parseAddress } from '../base/addresses.ts';
import { isFile, readText, stampOf } from '../disk/files.ts';
import { parseRedirects } from '../emit/redirect-rules.ts';
import { createRedirectMatcher } from '../site/redirect-matcher.ts';

/** An answer that sends readers to another address. */
export interface RedirectAnswer {
  status: number;
  location: string;
}

export interface SiteRedirects {
  /** Finds the redirect of exactly this URL. It applies even if there is a page. */
  exact(url: string): RedirectAnswer | undefined;
  /** Finds the redirect of a URL without a page. */
  below(url: string): RedirectAnswer | undefined;
}

/**
 * Reads _redirects in the folder of a built site, and reads it again after it has changed.
 * @param folder absolute path of the built site
 */
export function createSiteRedirects(folder: string): SiteRedirects {
  const file = join(folder, '_redirects');
  let known = { stamp: '', matcher: createRedirectMatcher(parseRedirects('')) };
  const current = () => {
    const stamp = isFile(file) ? stampOf(file) : '';
    if (stamp !== known.stamp) {
      const text = stamp === '' ? '' : readText(file);
      known = { stamp, matcher: createRedirectMatcher(parseRedirects(text)) };
    }
    return known.matcher;
  };
  const find = (url: string, how: 'exact' | 'below') => {
    const address = parseAddress(url);
    return address && current()[how](address);
  };
  return { exact: url => find(url, 'exact'), below: url => find(url, 'below') };
}
