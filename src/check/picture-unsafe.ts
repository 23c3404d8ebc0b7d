import type { PictureRule } from './rule.ts';

/** A drawing runs nothing, leads nowhere and fetches nothing. */
export const pictureUnsafe: PictureRule = {
  id: 'picture-unsafe',
  severity: 'warning',
  check({ source, facts }, report) {
    if (facts?.unsafe)
      report(
        `${source} has a script, a link or something of another site in it, which is left out. Take it out of the drawing.`,
      );
  },
};
