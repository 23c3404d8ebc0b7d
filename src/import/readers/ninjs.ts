/** Reads ninjs 1, 2 and 3: a file, or a folder with such files and their pictures. */
import { createWireReader } from '../wire/reader.ts';

export const ninjs = createWireReader('ninjs', 'ninjs');
