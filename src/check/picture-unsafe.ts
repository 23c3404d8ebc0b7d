import { pictureRule } from './rule.ts';

/** Warns if a drawing contains scripts, links or references to other files. */
export const pictureUnsafe = pictureRule({
  id: 'picture-unsafe',
  severity: 'warning',
  message: ({ source }: { source: string | undefined }) =>
    `${source} has a script, a link or something of another site in it, which is left out. Take it out of the drawing.`,
  check({ source, facts }, report) {
    if (facts?.unsafe) report({ source });
  },
});
