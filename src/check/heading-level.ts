import type { Parent } from 'mdast';
import { type DocumentRule, startOf } from './rule.ts';

/** Headings go down one level at a time, as a table of contents does. */
export const headingLevel: DocumentRule = {
  id: 'heading-level',
  severity: 'warning',
  check({ body }, report) {
    const walk = (parent: Parent, depth: number) => {
      for (const node of parent.children) {
        if (node.type !== 'articleSection') continue;
        if (node.depth > depth + 1) {
          report(
            startOf(node),
            `The heading skips a level: '${'#'.repeat(node.depth)}' stands where '${'#'.repeat(depth + 1)}' comes next. Write '${'#'.repeat(depth + 1)}'.`,
          );
        }
        walk(node, node.depth);
      }
    };
    walk(body, 1);
  },
};
