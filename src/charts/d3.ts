/** What charts take of d3: a file of its own, loaded for the first chart. */
import { lazyPackage } from '../base/lazy-package.ts';

export const d3 = lazyPackage<typeof import('./d3-parts.ts')>('d3');
