/** Locations of the package and of its code on this machine. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Absolute path of the package's root folder. */
export const packageRoot = dirname(createRequire(import.meta.url).resolve('#package'));

/** Absolute path of the folder that contains the running code: lib/ when bundled, src/ in tests. */
export const codeFolder = join(packageRoot, import.meta.url.endsWith('.ts') ? 'src' : 'lib');
