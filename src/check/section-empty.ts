import { toString as textOf } from 'mdast-util-to-string';
import { blocksOf } from '../article/walk.ts';
import { documentRule, startOf } from './rule.ts';

/** Warns if a heading has no content below it. */
export const sectionEmpty = documentRule({
  id: 'section-empty',
  severity: 'warning',
  message: ({ heading }: { heading: string }) =>
    `The section '${heading}' is empty. Add text, or remove the heading.`,
  check({ body }, report) {
    for (const section of blocksOf(body, 'articleSection')) {
      if (section.children.length > 1) continue;
      report(startOf(section), { heading: textOf(section.children[0]) });
    }
  },
});
