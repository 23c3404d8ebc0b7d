import type { ElementContent } from 'hast';
import type { RelatedLink } from '../../article/model.ts';
import type { RelatedLinkView } from '../views.ts';
import { type HandlerContext, phrasingHtml, renderElement, type State } from './context.ts';

/**
 * Renders a related link with elements/related-link.html.
 * @returns undefined if the address is broken or not allowed
 */
export function relatedLink(
  state: State,
  node: RelatedLink,
  context: HandlerContext,
): ElementContent | undefined {
  const url = context.linkUrl(node.url);
  if (url === undefined) return undefined;
  return renderElement<RelatedLinkView>(
    'related-link',
    { url, rel: context.relOf(url), html: phrasingHtml(state, node) },
    context,
  );
}
