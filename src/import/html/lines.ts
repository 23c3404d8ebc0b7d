/** Paragraphs with a meaning of their own: corrections and related links. */
import type { Element, ElementContent, Root } from 'hast';
import type { HtmlContext } from './context.ts';
import { correctionLead, relatedLead } from './labels.ts';
import { attribute, element, findAll, isBlank, isElement, plainOf, textNode } from './tree.ts';

export interface Correction {
  /** Date as written; undefined if the correction has no date. */
  date: string | undefined;
  text: string;
}

/**
 * Takes the corrections out of a body: paragraphs that begin with `Correction:` in bold or italics, or boxes of that
 * kind.
 */
export function takeCorrections(tree: Root, context: HtmlContext): Correction[] {
  const corrections: Correction[] = [];
  const visit = (parent: Root | Element) => {
    (parent as Root).children = parent.children.filter(node => {
      if (node.type !== 'element') return true;
      const correction = isElement(node, 'p', 'div') ? correctionOf(node, context) : undefined;
      if (correction) corrections.push(correction);
      else if (isElement(node, 'div', 'section')) visit(node);
      return !correction;
    });
  };
  visit(tree);
  return corrections;
}

function correctionOf(node: Element, context: HtmlContext): Correction | undefined {
  if (node.children.some(child => isElement(child, 'p', 'div', 'ul', 'bs-figure'))) return undefined;
  const first = node.children.find(child => !isBlank(child));
  if (!isElement(first, 'strong', 'b', 'em', 'i')) return undefined;
  const text = plainOf(node);
  const match = correctionLead.exec(text);
  if (!match || !/\d|^$/.test(match[2]!)) return undefined;
  const words = text
    .slice(match[0].length)
    .replace(/[*\])]\s*$/, '')
    .trim();
  if (words === '') return undefined;
  context.replaced(match[0]);
  for (const link of findAll(node, ({ tagName }) => tagName === 'a'))
    context.report('caption-link', attribute(link, 'href') ?? '');
  return { date: match[2] || undefined, text: words };
}

/** Turns paragraphs such as `Read more: <a>…</a>` into `bs-related` elements. */
export function adoptRelated(tree: Root, context: HtmlContext): Root {
  const visit = (parent: Root | Element) => {
    (parent as Root).children = parent.children.flatMap((node): ElementContent[] => {
      if (node.type !== 'element') return [node as ElementContent];
      const related = isElement(node, 'p') ? relatedOf(node, context) : undefined;
      if (related) return [related];
      if (isElement(node, 'div', 'bs-box', 'blockquote')) visit(node);
      return [node];
    });
  };
  visit(tree);
  return tree;
}

function relatedOf(node: Element, context: HtmlContext): Element | undefined {
  const inner = unwrapped(node);
  const at = inner.findIndex(child => isElement(child, 'a'));
  const link = inner[at];
  if (!isElement(link, 'a')) return undefined;
  const lead = plainOf(element('p', {}, inner.slice(0, at)));
  const after = plainOf(element('p', {}, inner.slice(at + 1)));
  if (!relatedLead.test(lead) || !/^[.!]?$/.test(after)) return undefined;
  context.replaced(lead);
  return element('bs-related', { href: attribute(link, 'href') ?? '' }, [textNode(plainOf(link))]);
}

/** Content of a paragraph that is bold or in italics as a whole, or in parts, without these elements. */
function unwrapped(node: Element): ElementContent[] {
  return node.children.flatMap(child =>
    isElement(child, 'strong', 'b', 'em', 'i') ? unwrapped(child) : [child],
  );
}
