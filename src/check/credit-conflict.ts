import { contradicts, creditLine } from '../site/pictures.ts';
import { pictureRule } from './rule.ts';

/** Warns if the author's credit for a picture contradicts the file's metadata. */
export const creditConflict = pictureRule({
  id: 'credit-conflict',
  severity: 'warning',
  message: ({ credit, own }: { credit: string; own: string | undefined }) =>
    `The credit in the text is '${credit}', but the picture file says '${own}'. Pages show the credit in the text. Correct the one that is wrong.`,
  check({ link, facts }, report) {
    if (!link.credit || !facts || !contradicts(link.credit, facts.rights)) return;
    report({ credit: link.credit, own: creditLine(facts.rights) ?? facts.rights.copyright });
  },
});
