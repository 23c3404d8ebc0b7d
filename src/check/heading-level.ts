import type { Parent } from 'mdast';
import { documentRule, startOf } from './rule.ts';

/** Warns if a heading skips a level. */
export const headingLevel = documentRule({
  id: 'heading-level',
  severity: 'warning',
  message: ({ found, next }: { found: number; next: number }) =>
    `The heading skips a level. Write '${'#'.repeat(next)}' instead of '${'#'.repeat(found)}'.`,
  check({ body }, report) {
    const walk = (parent: Parent, depth: number) => {
      for (const node of parent.children) {
        if (node.type !== 'articleSection') continue;
        if (node.depth > depth + 1) report(startOf(node), { found: node.depth, next: depth + 1 });
        walk(node, node.depth);
      }
    };
    walk(body, 1);
  },
});
