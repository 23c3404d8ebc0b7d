import { pictureRule } from './rule.ts';

/**
 * Requires alternative text for every picture (WCAG 2.2, 1.1.1), written by the author or contained in the
 * file's metadata.
 */
export const imageAlt = pictureRule({
  id: 'image-alt',
  severity: 'error',
  message:
    "The picture has no description. Write what it shows between the square brackets: '![Description](…)'.",
  check({ link, facts }, report) {
    if (link.alt === undefined && facts?.rights.alt === undefined) report();
  },
});
