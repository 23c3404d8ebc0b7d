import { toString as textOf } from 'mdast-util-to-string';
import { blocksOf } from '../article/walk.ts';
import { type DocumentRule, startOf } from './rule.ts';

/** A heading has something below it. */
export const sectionEmpty: DocumentRule = {
  id: 'section-empty',
  severity: 'warning',
  check({ body }, report) {
    for (const section of blocksOf(body, 'articleSection')) {
      if (section.children.length > 1) continue;
      report(
        startOf(section),
        `The section '${textOf(section.children[0])}' is empty. Write it, or remove its heading.`,
      );
    }
  },
};
