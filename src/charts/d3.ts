/** The bundled parts of d3, which are loaded when the first chart is drawn. */
import { lazyPackage } from '../base/lazy-package.ts';

/** Loads the parts of d3 that charts use. */
export const d3 = lazyPackage<typeof import('./d3-parts.ts')>('d3');
