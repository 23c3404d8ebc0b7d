/**
 * The part of satteri that articles need, which esbuild.config.mjs bundles into lib/lazy/. Loading this
 * module throws if satteri has no binary for the machine.
 */
export { markdownToMdast } from 'satteri';
