import type { ElementContent } from 'hast';
import type { Quote } from '../../article/model.ts';
import type { QuoteView } from '../views.ts';
import { flowHtml, type HandlerContext, renderElement, type State } from './context.ts';

/** Renders a quotation with elements/quote.html. */
export function quote(state: State, node: Quote, context: HandlerContext): ElementContent {
  const { id, speaker, role, source, sourceTitle, layout: width = 'text' } = node;
  const url = source === undefined ? undefined : context.linkUrl(source);
  const view = {
    id,
    permalink: `${context.pageUrl}#${id}`,
    html: flowHtml(state, node),
    speaker,
    role,
    width,
    source: url,
    sourceTitle,
    rel: url === undefined ? undefined : context.relOf(url),
  };
  return renderElement<QuoteView>('quote', view, context);
}
