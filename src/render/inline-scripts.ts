/** The scripts that stand in the pages themselves. A content security policy allows each by its hash, so they are the same in all pages. */
import type { RenderSettings } from '../config/settings.ts';

/** Sets the colours that a reader has chosen before the page is painted; templates/scripts/theme.ts is where they choose. */
export const themeScript =
  "try{const t=localStorage.getItem('broadsheet-theme');if(t)document.documentElement.dataset.theme=t}catch{}";

/**
 * Has browsers that know speculation rules (https://wicg.github.io/nav-speculation/speculation-rules.html) fetch a page of this site when a link to it
 * is about to be followed: the HTML alone, and no file that is to be downloaded.
 */
export function speculationRules({ basePath }: Pick<RenderSettings, 'basePath'>): string {
  const pages = { href_matches: `${basePath}*` };
  const files = { or: [{ selector_matches: '[download]' }, { href_matches: '/*.*' }] };
  return JSON.stringify({ prefetch: [{ where: { and: [pages, { not: files }] }, eagerness: 'moderate' }] });
}
