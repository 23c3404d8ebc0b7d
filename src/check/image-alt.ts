import { walk } from '../article/walk.ts';
import { type DocumentRule, startOf } from './rule.ts';

/** A picture says in words what it shows (WCAG 2.2, 1.1.1). */
export const imageAlt: DocumentRule = {
  id: 'image-alt',
  severity: 'error',
  check({ body }, report) {
    walk(body, node => {
      const isPicture = node.type === 'image' || (node.type === 'figure' && node.kind === 'image');
      if (isPicture && !node.alt?.trim()) {
        report(
          startOf(node),
          "The picture has no description. Write what it shows between the brackets: '![…](…)'.",
        );
      }
    });
  },
};
