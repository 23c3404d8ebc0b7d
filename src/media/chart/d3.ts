/** What charts take of d3: a file of its own, loaded for the first chart. */
import { onDemand } from '../../on-demand.ts';

export const d3 = onDemand<typeof import('./d3-parts.ts')>('d3');
