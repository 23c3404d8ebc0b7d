/** Where the package and its code are on this machine. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Absolute path of the package's own folder. */
export const packageRoot = dirname(createRequire(import.meta.url).resolve('#package'));

/** Absolute path of the folder whose code runs: lib/ once bundled, src/ in tests. */
export const codeFolder = join(packageRoot, import.meta.url.endsWith('.ts') ? 'src' : 'lib');
