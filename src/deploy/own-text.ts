/** The part of a page that belongs to its story or document alone. */
import type { Element, ElementContent, Root } from 'hast';
import { fromParse5 } from 'hast-util-from-parse5';
import { parse } from 'parse5';

/** Elements that other pages and settings determine. */
const foreign: ReadonlySet<string> = new Set([
  'aside',
  'footer',
  'header',
  'nav',
  'script',
  'style',
  'template',
]);

/**
 * Text and pictures of a page's `<main>`, without its menus, related stories and footer. If two versions of a page have the
 * same own text, only what surrounds the story differs. The header of the article, which has the headline, is part of it.
 */
export function ownTextOf(html: string): string {
  const tree = fromParse5(parse(html)) as Root;
  const main = find(tree.children as ElementContent[], 'main');
  return main ? textOf(main, false) : '';
}

function find(nodes: readonly ElementContent[], name: string): Element | undefined {
  for (const node of nodes) {
    if (node.type !== 'element') continue;
    const found = node.tagName === name ? node : find(node.children, name);
    if (found) return found;
  }
  return undefined;
}

function textOf(node: ElementContent, isInArticle: boolean): string {
  if (node.type === 'text') return node.value.replace(/\s+/g, ' ');
  if (node.type !== 'element') return '';
  const { tagName, properties, children } = node;
  if (foreign.has(tagName) && !(tagName === 'header' && isInArticle)) return '';
  const source = typeof properties.src === 'string' ? `[${properties.src}]` : '';
  return source + children.map(child => textOf(child, isInArticle || tagName === 'article')).join('');
}
