/** The part of satteri that articles need: esbuild.config.mjs bundles it into lib/lazy/. Loading it throws where satteri has no binary for the machine. */
export { markdownToMdast } from 'satteri';
