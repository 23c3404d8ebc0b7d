/** Of satteri what articles need, apart from the rest. It throws where satteri has no binary for the machine. */
export { markdownToMdast } from 'satteri';
