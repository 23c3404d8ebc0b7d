/** Reads NewsML-G2 items, messages and packages: a file, or a folder with such files and their pictures. */
import { createWireReader } from '../wire/reader.ts';

export const newsml = createWireReader('newsml', 'NewsML-G2');
