/** Loads rarely needed packages on first use: loading one takes as long as building a small site. */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * Prepares to load a package on first use.
 * @param name a package that esbuild.config.mjs bundles into lib/lazy/
 * @returns a function that loads the package on its first call
 */
export function lazyPackage<Package>(name: string): () => Package {
  let loaded: Package | undefined;
  return () => {
    loaded ??= require(`#lazy/${name}`) as Package;
    return loaded;
  };
}
