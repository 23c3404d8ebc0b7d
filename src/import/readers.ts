/** The readers, in the order in which they look at a source. */
import type { Reader } from './model.ts';
import { staticSites } from './readers/static-site.ts';
import { wordpress } from './readers/wordpress.ts';

export const readers: readonly Reader[] = [wordpress, ...staticSites];
