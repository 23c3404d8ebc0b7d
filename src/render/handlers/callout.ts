import type { ElementContent } from 'hast';
import type { Callout } from '../../article/model.ts';
import type { CalloutView } from '../views.ts';
import { flowHtml, type HandlerContext, renderElement, type State } from './context.ts';

/** Renders a callout with elements/callout.html. */
export function callout(state: State, node: Callout, context: HandlerContext): ElementContent {
  const view = { kind: node.kind, title: node.title, html: flowHtml(state, node) };
  return renderElement<CalloutView>('callout', view, context);
}
