import { pictureRule } from './rule.ts';

/**
 * Warns if a drawing contains scripts, animations, links or references to other files, which are not
 * published.
 */
export const pictureUnsafe = pictureRule({
  id: 'picture-unsafe',
  severity: 'warning',
  message: ({ source }: { source: string | undefined }) =>
    `${source} contains a script, an animation, a link or an external resource. Broadsheet publishes the drawing without it. Remove it from the file.`,
  check({ source, facts }, report) {
    if (facts?.unsafe) report({ source });
  },
});
