import { blocksOf } from '../article/walk.ts';
import { documentRule, startOf } from './rule.ts';

/** Steps need a figure: without one, they look like ordinary paragraphs. */
export const stepsFigure = documentRule({
  id: 'steps-figure',
  severity: 'warning',
  message:
    "The steps have no figure. Begin each step with a picture, chart or table of its own, or use '[!note]' for a box.",
  check({ body }, report) {
    for (const callout of blocksOf(body, 'callout')) {
      const isEmpty = callout.kind === 'steps' && !callout.children.some(({ type }) => type === 'figure');
      if (isEmpty) report(startOf(callout));
    }
  },
});
