/** Quotations with their attribution, and boxes. */
import type { Element, ElementContent, Root } from 'hast';
import { wrapInline } from './blocks.ts';
import {
  attribute,
  element,
  find,
  findAll,
  hasClass,
  isBlank,
  isElement,
  plainOf,
  replaceAll,
  textNode,
} from './tree.ts';

const pullClass = /pull-?quote/i;
const dash = /^\s*(?:—|–|--|―)\s*(?=\S)/;

/** Turns block quotations into `bs-quote` elements, whose last child is their attribution, if they have one. */
export function adoptQuotes(tree: Root): Root {
  adoptLinesBelow(tree);
  return replaceAll(tree, node => {
    if (node.tagName === 'blockquote') return quoteOf(node);
    // WordPress puts a pull quote into a figure.
    const inner = node.tagName === 'figure' ? find(node, ({ tagName }) => tagName === 'bs-quote') : undefined;
    if (inner)
      return attributed(inner, node) ?? node.children.filter(child => !isBlank(child)).map(asCaption);
    if (isElement(node, 'aside', 'div', 'p') && hasClass(node, pullClass) && !find(node, isQuote))
      return quoteOf(node);
    return node;
  });
}

/** A quotation whose attribution is the caption of its figure, as in the HTML standard. */
function attributed(quote: Element, figure: Element): Element | undefined {
  const parts = figure.children.filter(child => !isBlank(child));
  const caption = parts.find((child): child is Element => isElement(child, 'figcaption'));
  if (parts.length !== 2 || !parts.includes(quote) || !caption) return undefined;
  if (quote.children.some(child => isElement(child, 'bs-line'))) return undefined;
  return {
    ...quote,
    children: [...quote.children, element('bs-line', {}, withoutDash([...caption.children]))],
  };
}

/** Longest attribution that is a paragraph of its own, in characters. */
const longestLine = 150;

/** Moves a short paragraph that begins with a dash into the quotation above it. */
function adoptLinesBelow(parent: Root | Element): void {
  const kept: ElementContent[] = [];
  for (const child of parent.children as ElementContent[]) {
    const above = kept.findLast(node => !isBlank(node));
    const text = isElement(child, 'p') ? plainOf(child) : '';
    if (dash.test(text) && text.length <= longestLine && isElement(above, 'blockquote'))
      above.children.push(child);
    else kept.push(child);
    if (child.type === 'element') adoptLinesBelow(child);
  }
  parent.children = kept;
}

const isQuote = (node: Element): boolean => node.tagName === 'bs-quote';

const asCaption = (node: ElementContent): ElementContent =>
  isElement(node, 'figcaption') ? { ...node, tagName: 'p' } : node;

function quoteOf(node: Element): Element {
  if (node.tagName !== 'p') wrapInline(node);
  const { children } = node;
  const attribution = attributionOf(children);
  const content = node.tagName === 'p' ? [element('p', {}, children)] : children;
  return element('bs-quote', {}, [
    ...content.filter(child => !isBlank(child)),
    ...(attribution ? [element('bs-line', {}, attribution)] : []),
  ]);
}

/** Takes the attribution out of a quotation: a `cite` or `footer` at its end, or a last line that begins with a dash. */
function attributionOf(children: ElementContent[]): ElementContent[] | undefined {
  const last = children.findLast(child => !isBlank(child));
  if (last?.type !== 'element') return undefined;
  if (isElement(last, 'cite', 'footer')) return taken(children, last);
  if (isElement(last, 'bs-quote', 'ul', 'ol', 'table', 'bs-figure')) return undefined;
  const only = last.children.filter(child => !isBlank(child));
  const end = only.at(-1);
  if (isElement(end, 'cite') && only.length === 1) return taken(children, last, end);
  if (isElement(end, 'cite') && precededByBreak(last, end)) return cut(last, end);
  if (dash.test(plainOf(last)) && children.some(child => child !== last && !isBlank(child)))
    return withoutDash(taken(children, last));
  const breakAt = last.children.findLastIndex(child => isElement(child, 'br'));
  const line = last.children.slice(breakAt + 1);
  if (breakAt < 0 || !dash.test(plainOf(element('p', {}, line)))) return undefined;
  last.children = last.children.slice(0, breakAt);
  return withoutDash(line);
}

const precededByBreak = (parent: Element, node: Element): boolean =>
  parent.children.slice(0, parent.children.indexOf(node)).some(child => isElement(child, 'br'));

function cut(parent: Element, node: Element): ElementContent[] {
  const at = parent.children.indexOf(node);
  const before = parent.children.slice(0, at);
  while (before.length > 0 && (isElement(before.at(-1), 'br') || isBlank(before.at(-1)!))) before.pop();
  parent.children = before;
  return withoutDash(node.children);
}

function taken(children: ElementContent[], node: Element, inner: Element = node): ElementContent[] {
  children.splice(children.indexOf(node), 1);
  return withoutDash(inner.children);
}

/** Removes the dash from the beginning of an attribution; the writer adds one. */
function withoutDash(nodes: readonly ElementContent[]): ElementContent[] {
  const content = nodes.flatMap(node =>
    isElement(node, 'p', 'cite', 'div', 'footer') ? node.children : [node],
  );
  const first = content.findIndex(node => !isBlank(node));
  const node = content[first];
  if (!node) return content;
  const remove = (part: ElementContent): ElementContent => {
    if (part.type === 'text') return textNode(part.value.replace(/^\s*(?:—|–|--|―)\s*/, '').trimStart());
    if (part.type !== 'element' || part.children.length === 0) return part;
    return { ...part, children: [remove(part.children[0]!), ...part.children.slice(1)] };
  };
  return [remove(node), ...content.slice(first + 1)].filter(
    part => part.type !== 'text' || part.value !== '',
  );
}

const boxClass =
  /^(?:callout|kg-callout-card|note|notice|alert|tip|infobox|info-box|factbox|fact-box|sidebar|box|usa-alert|admonition|panel|wp-block-newspack-blocks-.*box|highlight-box|key-?points|explainer)$/i;

/** Turns asides, callouts and `details` into `bs-box` elements with a `title`. */
export function adoptBoxes(tree: Root): Root {
  return replaceAll(tree, node => {
    const isBox = isElement(node, 'aside', 'details') || (isElement(node, 'div') && hasClass(node, boxClass));
    if (!isBox) return node;
    if (findAll(node, ({ tagName }) => tagName === 'bs-box').length > 0 && isElement(node, 'div'))
      return node.children;
    const title = titleOf(node);
    if (title === undefined && isBlank(node)) return undefined;
    const kind = attribute(node, 'dataKind') ?? (hasClass(node, /correction/i) ? 'correction' : 'context');
    return element('bs-box', { kind, ...(title && { title }) }, node.children);
  });
}

/** Takes the title of a box: its summary, or a heading or bold line at its beginning. */
function titleOf(node: Element): string | undefined {
  const given = attribute(node, 'dataTitle');
  if (given) return given;
  let parent: Element = node;
  for (;;) {
    const first = parent.children.find(child => !isBlank(child));
    if (first?.type !== 'element') return undefined;
    const isBold = isElement(first, 'p') && onlyChild(first, 'strong', 'b');
    if (
      isElement(first, 'summary', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6') ||
      (isBold && plainOf(first).length < 100)
    ) {
      parent.children = parent.children.filter(child => child !== first);
      return plainOf(first);
    }
    if (!isElement(first, 'div')) return undefined;
    parent = first;
  }
}

function onlyChild(node: Element, ...names: readonly string[]): boolean {
  const shown = node.children.filter(child => !isBlank(child));
  return shown.length === 1 && isElement(shown[0], ...names);
}
