/** The text-only edition: which pages it has, and where they stand. */
import type { Outputs } from '../config/outputs.ts';
import type { Page } from './pages.ts';

/** Its page for the page at `path`, both from the site's root. */
export const textPath = (path: string): string => `/text${path}`;

/** A former address leads on within the edition; the page for addresses that do not exist is one for both, and so is the search, which is a script. */
export function hasTextEdition(page: Page, { outputs }: { outputs: Pick<Outputs, 'text'> }): boolean {
  return outputs.text && page.kind !== 'copy' && page.kind !== 'notFound' && page.kind !== 'search';
}
