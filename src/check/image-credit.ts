import { visit } from 'unist-util-visit';
import { type DocumentRule, startOf } from './rule.ts';

/** A picture names who made it. */
export const imageCredit: DocumentRule = {
  id: 'image-credit',
  severity: 'warning',
  check({ body }, report) {
    visit(body, 'figure', figure => {
      if (figure.kind === 'image' && !figure.credit) {
        report(
          startOf(figure),
          `The picture has no credit. End its caption with it: '![…](… "Caption. Photo: Name/Agency")'.`,
        );
      }
    });
  },
};
