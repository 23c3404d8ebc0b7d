import { pictureRule } from './rule.ts';

/**
 * Warns if an SVG drawing contains scripts, animations, links or references to other files, which Broadsheet
 * does not publish.
 */
export const pictureUnsafe = pictureRule({
  id: 'picture-unsafe',
  severity: 'warning',
  message: ({ source }: { source: string | undefined }) =>
    `${source} contains scripts, animations, links or external resources, so Broadsheet publishes the drawing without them. Remove them from the file.`,
  check({ source, facts }, report) {
    if (facts?.unsafe) report({ source });
  },
});
