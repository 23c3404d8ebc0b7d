import { creditLine } from '../site/pictures.ts';
import type { PictureRule } from './rule.ts';

/** A picture names who made it: in its caption, or in the file. */
export const imageCredit: PictureRule = {
  id: 'image-credit',
  severity: 'warning',
  check({ link, facts }, report) {
    if (link.as === 'figure' && !link.credit && !(facts && creditLine(facts.rights)))
      report(`The picture has no credit. End its caption with it: '![…](… "Caption. Photo: Name/Agency")'.`);
  },
};
