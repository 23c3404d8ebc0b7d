/** Loads rarely needed packages on first use, because loading one takes as long as building a small site. */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * Creates the loader of a package.
 * @param name a package that esbuild.config.mjs bundles into lib/lazy/
 * @returns a function that returns the package, and loads it on the first call; it throws Node's error if the
 * package cannot be loaded
 */
export function lazyPackage<Package>(name: string): () => Package {
  let loaded: Package | undefined;
  return () => {
    loaded ??= require(`#lazy/${name}`) as Package;
    return loaded;
  };
}
