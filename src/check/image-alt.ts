import { pictureRule } from './rule.ts';

/** A picture says in words what it shows (WCAG 2.2, 1.1.1): the author's, or those that the file brings along. */
export const imageAlt = pictureRule({
  id: 'image-alt',
  severity: 'error',
  message: "The picture has no description. Write what it shows between the brackets: '![…](…)'.",
  check({ link, facts }, report) {
    if (link.alt === undefined && facts?.rights.alt === undefined) report();
  },
});
