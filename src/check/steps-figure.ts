import { walkBlocks } from '../article/walk.ts';
import { documentRule, startOf } from './rule.ts';

/** Steps need a figure: without one, they look like ordinary paragraphs. */
export const stepsFigure = documentRule({
  id: 'steps-figure',
  severity: 'warning',
  message:
    "The steps have no figure. Begin each step with a picture, chart or table of its own, or use '[!note]' for a box.",
  check({ body }, report) {
    walkBlocks(body, node => {
      if (node.type !== 'callout' || node.kind !== 'steps') return undefined;
      if (!node.children.some(({ type }) => type === 'figure')) report(startOf(node));
      return undefined;
    });
  },
});
