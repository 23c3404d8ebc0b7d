import { toString as textOf } from 'mdast-util-to-string';
import { visit } from 'unist-util-visit';
import { type DocumentRule, startOf } from './rule.ts';

/** A heading has something below it. */
export const sectionEmpty: DocumentRule = {
  id: 'section-empty',
  severity: 'warning',
  check({ body }, report) {
    visit(body, 'articleSection', section => {
      if (section.children.length > 1) return;
      report(
        startOf(section),
        `The section '${textOf(section.children[0])}' is empty. Write it, or remove its heading.`,
      );
    });
  },
};
