/** Levels of headings. */
import type { Element, Root } from 'hast';
import type { HtmlContext } from './context.ts';
import { isElement, plainOf, textNode } from './tree.ts';

const levelOf = (node: Element): number => Number(node.tagName[1]);

/**
 * Makes the highest heading of a body a heading of level 2, and lets no level be skipped. Removes a first heading that
 * repeats the headline. Headings in boxes and quotations become bold lines.
 */
export function repairHeadings(tree: Root, context: HtmlContext): Root {
  const headings: Element[] = [];
  const visit = (node: Root | Element, isInBox: boolean) => {
    for (const child of node.children) {
      if (child.type !== 'element') continue;
      if (!isElement(child, 'h1', 'h2', 'h3', 'h4', 'h5', 'h6')) {
        visit(child, isInBox || /^(?:bs-box|bs-quote|bs-note|li|td|th|dd)$/.test(child.tagName));
        continue;
      }
      child.children = child.children
        .flatMap(part => (isElement(part, 'strong', 'b') ? part.children : [part]))
        .map(part => (isElement(part, 'br') ? textNode(' ') : part));
      const isSentence = plainOf(child).length > 150;
      if (isSentence && !isInBox) child.tagName = 'p';
      else if (isInBox) {
        child.children = [{ type: 'element', tagName: 'strong', properties: {}, children: child.children }];
        child.tagName = 'p';
      } else headings.push(child);
    }
  };
  visit(tree, false);
  const [first] = headings;
  if (first && same(plainOf(first), context.title) && isFirst(tree, first)) {
    first.tagName = 'bs-removed';
    context.replaced(plainOf(first));
    first.children = [];
    headings.shift();
  }
  const highest = Math.min(...headings.map(levelOf));
  let before = 1;
  for (const heading of headings) {
    const level = Math.min(levelOf(heading) - highest + 2, before + 1, 6);
    heading.tagName = `h${level}`;
    before = level;
  }
  return tree;
}

const same = (a: string, b: string): boolean =>
  a.replace(/\W+/g, '').toLowerCase() === b.replace(/\W+/g, '').toLowerCase() && a !== '';

const isFirst = (tree: Root | Element, heading: Element): boolean => {
  const first = tree.children.find(child => child.type === 'element');
  return (
    first === heading || (first?.type === 'element' && isElement(first, 'div') && isFirst(first, heading))
  );
};
