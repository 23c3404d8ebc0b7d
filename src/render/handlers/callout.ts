import type { ElementContent } from 'hast';
import type { Callout } from '../../article/model.ts';
import type { CalloutView, StepsView } from '../views.ts';
import { flowHtml, type HandlerContext, renderElement, type State } from './context.ts';

/** Renders a callout with elements/callout.html, or a series of steps with elements/steps.html. */
export function callout(state: State, node: Callout, context: HandlerContext): ElementContent {
  if (node.kind === 'steps') return steps(state, node, context);
  const view = { kind: node.kind, title: node.title, html: flowHtml(state, node) };
  return renderElement<CalloutView>('callout', view, context);
}

/** Renders a series of steps. Each begins with a figure, and ends before the next one. */
function steps(state: State, { title, children }: Callout, context: HandlerContext): ElementContent {
  const starts = children.flatMap((child, index) => (child.type === 'figure' ? index : []));
  const html = (from: number, to: number | undefined) =>
    flowHtml(state, { children: children.slice(from, to) });
  const view = {
    title,
    introHtml: html(0, starts[0] ?? children.length),
    steps: starts.map((start, index) => ({
      figureHtml: html(start, start + 1),
      html: html(start + 1, starts[index + 1]),
    })),
  };
  return renderElement<StepsView>('steps', view, context);
}
