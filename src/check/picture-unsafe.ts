import { pictureRule } from './rule.ts';

/** A drawing runs nothing, leads nowhere and fetches nothing. */
export const pictureUnsafe = pictureRule({
  id: 'picture-unsafe',
  severity: 'warning',
  message: ({ source }: { source: string | undefined }) =>
    `${source} has a script, a link or something of another site in it, which is left out. Take it out of the drawing.`,
  check({ source, facts }, report) {
    if (facts?.unsafe) report({ source });
  },
});
