import { toString as textOf } from 'mdast-util-to-string';
import { blocksOf } from '../article/walk.ts';
import { documentRule, startOf } from './rule.ts';

/**
 * Warns about repeated headings: readers cannot distinguish them in the table of contents, and moving one
 * changes the links to both.
 */
export const headingDuplicate = documentRule({
  id: 'heading-duplicate',
  severity: 'warning',
  message: ({ heading, line }: { heading: string; line: number | undefined }) =>
    `The heading '${heading}' already appears ${line === undefined ? 'above' : `on line ${line}`}. Reword one of the two.`,
  check({ body }, report) {
    const seen = new Map<string, number | undefined>();
    for (const section of blocksOf(body, 'articleSection')) {
      const heading = textOf(section.children[0]);
      const name = heading.trim().toLowerCase();
      if (seen.has(name)) report(startOf(section), { heading, line: seen.get(name) });
      else seen.set(name, startOf(section)?.line);
    }
  },
});
