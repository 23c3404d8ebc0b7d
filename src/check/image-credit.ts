import { nodesOf } from '../article/walk.ts';
import { type DocumentRule, startOf } from './rule.ts';

/** A picture names who made it. */
export const imageCredit: DocumentRule = {
  id: 'image-credit',
  severity: 'warning',
  check({ body }, report) {
    for (const figure of nodesOf(body, 'figure')) {
      if (figure.kind === 'image' && !figure.credit) {
        report(
          startOf(figure),
          `The picture has no credit. End its caption with it: '![…](… "Caption. Photo: Name/Agency")'.`,
        );
      }
    }
  },
};
