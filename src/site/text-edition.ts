/** The text-only edition: its pages and their addresses. */
import type { Outputs } from '../config/outputs.ts';
import type { Page } from './pages.ts';

/** Path of a page in the text edition. Both paths are from the site's root. */
export const textPath = (path: string): string => `/text${path}`;

/**
 * Whether a page is in the text edition. Pages that redirect are included, so that former addresses stay within the
 * edition. The 404 page and the search, which needs a script, are shared with the full edition.
 */
export function hasTextEdition(
  page: Page,
  { outputs }: { outputs: Pick<Outputs, 'text' | 'redirectPages'> },
): boolean {
  if (page.kind === 'redirect' && !outputs.redirectPages) return false;
  return outputs.text && page.kind !== 'copy' && page.kind !== 'notFound' && page.kind !== 'search';
}
