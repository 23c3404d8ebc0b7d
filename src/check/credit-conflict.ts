import { contradicts, creditLine } from '../site/pictures.ts';
import type { PictureRule } from './rule.ts';

/** What an author writes of who made a picture does not contradict what the file says. */
export const creditConflict: PictureRule = {
  id: 'credit-conflict',
  severity: 'warning',
  check({ link, facts }, report) {
    if (!link.credit || !facts || !contradicts(link.credit, facts.rights)) return;
    const own = creditLine(facts.rights) ?? facts.rights.copyright;
    report(
      `The credit is '${link.credit}', and the file's own is '${own}'. Correct the one that is wrong; the text's is published.`,
    );
  },
};
