import type { ElementContent } from 'hast';
import type { ArticleSection } from '../../article/model.ts';
import type { SectionView } from '../views.ts';
import { flowHtml, type HandlerContext, phrasingHtml, renderElement, type State } from './context.ts';

/** Renders a section with elements/section.html. */
export function articleSection(state: State, node: ArticleSection, context: HandlerContext): ElementContent {
  const [heading, ...children] = node.children;
  const view = {
    id: node.id,
    depth: node.depth,
    headingHtml: phrasingHtml(state, heading),
    html: flowHtml(state, { children }),
  };
  return renderElement<SectionView>('section', view, context);
}
