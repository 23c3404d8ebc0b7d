import { creditLine } from '../site/pictures.ts';
import { pictureRule } from './rule.ts';

/** Warns if a figure's picture has a credit neither in its caption nor in its file. */
export const imageCredit = pictureRule({
  id: 'image-credit',
  severity: 'warning',
  message: `The picture has no credit. Add one at the end of the caption: '![…](… "Caption. Photo: Name/Agency")'.`,
  check({ link, facts }, report) {
    if (link.as === 'figure' && !link.credit && !(facts && creditLine(facts.rights))) report();
  },
});
