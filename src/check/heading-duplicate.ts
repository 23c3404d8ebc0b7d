import { toString as textOf } from 'mdast-util-to-string';
import { blocksOf } from '../article/walk.ts';
import { type DocumentRule, startOf } from './rule.ts';

/** Two equal headings cannot be told apart in the contents, and their links change when one is moved. */
export const headingDuplicate: DocumentRule = {
  id: 'heading-duplicate',
  severity: 'warning',
  check({ body }, report) {
    const seen = new Map<string, number | undefined>();
    for (const section of blocksOf(body, 'articleSection')) {
      const heading = textOf(section.children[0]).trim().toLowerCase();
      if (seen.has(heading)) {
        report(
          startOf(section),
          `The heading '${textOf(section.children[0])}' stands in line ${seen.get(heading) ?? '?'} too. Word one of them differently.`,
        );
      } else seen.set(heading, startOf(section)?.line);
    }
  },
};
