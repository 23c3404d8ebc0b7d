/** Reads NITF documents: a file, or a folder with such files and their pictures. */
import { createWireReader } from '../wire/reader.ts';

export const nitf = createWireReader('nitf', 'NITF');
