import { contradicts, creditLine } from '../site/pictures.ts';
import type { PictureRule } from './rule.ts';

/** What an author writes of who made a picture does not contradict what the file says. */
export const creditConflict: PictureRule = {
  id: 'credit-conflict',
  severity: 'warning',
  check({ link, rights }, report) {
    if (!link.credit || !rights || !contradicts(link.credit, rights)) return;
    const own = creditLine(rights) ?? rights.copyright;
    report(
      `The credit is '${link.credit}', and the file's own is '${own}'. Correct the one that is wrong; the text's is published.`,
    );
  },
};
