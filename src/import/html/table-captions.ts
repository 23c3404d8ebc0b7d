/** Captions of tables that a figure contains. */
import type { Element, Root } from 'hast';
import { element, find, isElement, replaceAll } from './tree.ts';

/** Moves the caption of a figure into the table that the figure contains, and removes the figure. */
export const adoptTableCaptions = (tree: Root): Root =>
  replaceAll(tree, node => {
    const table = node.tagName === 'figure' ? find(node, ({ tagName }) => tagName === 'table') : undefined;
    if (!table || find(node, ({ tagName }) => tagName === 'img')) return node;
    const caption = node.children.find((child): child is Element => isElement(child, 'figcaption'));
    if (caption && !table.children.some(child => isElement(child, 'caption')))
      table.children.unshift(element('caption', {}, caption.children));
    return node.children.filter(child => child !== caption);
  });
