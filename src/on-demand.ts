/** Packages that few files ask for: to load them takes as long as to build a small site without them. */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * @param name of a package that bundle.mjs makes a file of
 * @returns gives the package, which is loaded at the first call
 */
export function onDemand<Package>(name: string): () => Package {
  let loaded: Package | undefined;
  return () => {
    // From src/ and from lib/ alike.
    loaded ??= require(`../lib/on-demand/${name}.cjs`) as Package;
    return loaded;
  };
}
