/** The part of satteri that articles need. Importing this file throws if satteri has no binary for the machine. */
export { markdownToMdast } from 'satteri';
