/** Handlers for the nodes that remark-rehype does not know, or that it would render differently. */
import { callout } from './callout.ts';
import type { HandlerContext, Handlers } from './context.ts';
import { figure } from './figure.ts';
import { htmlElement } from './html-element.ts';
import { code, footnoteReference, image, interviewParagraph, link, listItem, tableRow } from './markdown.ts';
import { quote } from './quote.ts';
import { relatedLink } from './related-link.ts';
import { articleSection } from './section.ts';

/** Creates remark-rehype's handlers for a body, by node type. */
export function createHandlers(context: HandlerContext): Handlers {
  return {
    articleSection: (state, node) => articleSection(state, node, context),
    quote: (state, node) => quote(state, node, context),
    figure: (state, node, parent) => figure(state, node, parent, context),
    callout: (state, node) => callout(state, node, context),
    relatedLink: (state, node) => relatedLink(state, node, context),
    htmlElement: (state, node) => htmlElement(state, node, context),
    footnoteReference: (state, node) => footnoteReference(state, node, context),
    listItem: (state, node, parent) => listItem(state, node, parent, context),
    ...(context.type === 'interview' && context.where === 'page' && { paragraph: interviewParagraph }),
    tableRow,
    code,
    link: (state, node) => link(state, node, context),
    image: (state, node) => image(state, node, context),
  };
}
