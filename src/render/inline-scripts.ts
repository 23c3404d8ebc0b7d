/**
 * Inline scripts. The Content Security Policy allows each by its hash, so they must be identical on all
 * pages.
 */
import type { RenderSettings } from '../config/settings.ts';

/**
 * Script that applies the reader's colour scheme before the page is painted. templates/scripts/theme.ts
 * stores the choice.
 */
export const themeScript =
  "try{const t=localStorage.getItem('broadsheet-theme');if(t)document.documentElement.dataset.theme=t}catch{}";

/**
 * Generates speculation rules (https://wicg.github.io/nav-speculation/speculation-rules.html): browsers
 * prefetch the HTML of a page of this site when its link is likely to be followed. Downloads are excluded.
 */
export function speculationRules({ basePath }: Pick<RenderSettings, 'basePath'>): string {
  const pages = { href_matches: `${basePath}*` };
  const files = { or: [{ selector_matches: '[download]' }, { href_matches: '/*.*' }] };
  return JSON.stringify({ prefetch: [{ where: { and: [pages, { not: files }] }, eagerness: 'moderate' }] });
}
