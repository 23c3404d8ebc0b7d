import type { Element, ElementContent } from 'hast';
import type { Nodes } from 'mdast';
import type { HtmlElement } from '../../article/model.ts';
import type { HandlerContext, State } from './context.ts';

/** Converts an element that the author wrote as HTML. The parser has already sanitized it. */
export function htmlElement(state: State, node: HtmlElement, { linkUrl, relOf }: HandlerContext): Element {
  const { href } = node.properties;
  const url = typeof href === 'string' ? linkUrl(href) : undefined;
  const rel = url === undefined ? undefined : relOf(url);
  return {
    type: 'element',
    tagName: node.tagName,
    properties:
      typeof href === 'string'
        ? { ...node.properties, href: url, ...(rel !== undefined && { rel: [rel] }) }
        : node.properties,
    children: state.all(node as Nodes) as ElementContent[],
  };
}
