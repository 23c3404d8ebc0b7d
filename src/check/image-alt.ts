import { pictureRule } from './rule.ts';

/** A picture says in words what it shows (WCAG 2.2, 1.1.1): in the author's words, or in those of the file's metadata. */
export const imageAlt = pictureRule({
  id: 'image-alt',
  severity: 'error',
  message:
    "The picture has no description. Write what it shows between the square brackets: '![Description](…)'.",
  check({ link, facts }, report) {
    if (link.alt === undefined && facts?.rights.alt === undefined) report();
  },
});
