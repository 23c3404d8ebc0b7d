/** Small helpers for hast trees. */
import type { Element, ElementContent, Nodes, Parents, Root, RootContent, Text } from 'hast';

/** Whether a node is an element, with one of the names if any are given. */
export function isElement(node: Element, ...names: readonly string[]): boolean;
export function isElement(node: Nodes | undefined, ...names: readonly string[]): node is Element;
export function isElement(node: Nodes | undefined, ...names: readonly string[]): boolean {
  return node?.type === 'element' && (names.length === 0 || names.includes(node.tagName));
}

/** Creates an element. */
export const element = (
  tagName: string,
  properties: Element['properties'] = {},
  children: readonly ElementContent[] = [],
): Element => ({ type: 'element', tagName, properties, children: [...children] });

/** Text node of an HTML tree. */
export const textNode = (value: string): Text => ({ type: 'text', value });

/** Text of a node and its children, without comments, scripts and styles. */
export function textOf(node: Nodes): string {
  if (node.type === 'text') return node.value;
  if (isElement(node, 'script', 'style', 'template')) return '';
  if (isElement(node, 'br')) return '\n';
  return 'children' in node ? node.children.map(textOf).join('') : '';
}

/** Text on one line. */
export const plainOf = (node: Nodes): string => textOf(node).replace(/\s+/g, ' ').trim();

/** Classes of an element. */
export const classesOf = ({ properties }: Element): readonly string[] => {
  const { className } = properties;
  return Array.isArray(className) ? className.map(String) : typeof className === 'string' ? [className] : [];
};

/** Whether one of an element's classes matches. */
export const hasClass = (node: Element, pattern: RegExp): boolean =>
  classesOf(node).some(name => pattern.test(name));

/** A property as text; undefined if it is missing or empty. */
export function attribute(node: Element, name: string): string | undefined {
  const value = node.properties[name];
  const text = Array.isArray(value) ? value.join(' ') : value;
  return text === undefined || text === null || text === false || text === '' ? undefined : String(text);
}

/** First element below a node, in document order, that fits. */
export function find(node: Nodes, test: (element: Element) => boolean): Element | undefined {
  if (!('children' in node)) return undefined;
  for (const child of node.children) {
    if (child.type === 'element' && test(child)) return child;
    const inner = find(child, test);
    if (inner) return inner;
  }
  return undefined;
}

/** All elements below a node, in document order, that fit. Does not look inside those. */
export function findAll(node: Nodes, test: (element: Element) => boolean): Element[] {
  if (!('children' in node)) return [];
  return node.children.flatMap(child =>
    child.type === 'element' && test(child) ? [child] : findAll(child as Nodes, test),
  );
}

/** Elements that begin a block of their own. */
const blockNames = new Set(
  `address article aside audio blockquote details dialog div dd dl dt fieldset figcaption figure footer form h1 h2 h3 h4
  h5 h6 header hr iframe li main nav ol p pre section summary table tbody td tfoot th thead tr ul video bs-box bs-figure bs-line bs-note bs-quote bs-recording bs-related`.split(
    /\s+/,
  ),
);

/** Whether a node is a block, or contains one. */
export function isBlock(node: Nodes): boolean {
  if (node.type !== 'element') return false;
  return blockNames.has(node.tagName) || node.children.some(isBlock);
}

/** Whether a node shows nothing. */
export function isBlank(node: Nodes): boolean {
  if (node.type === 'text') return node.value.trim() === '';
  if (node.type !== 'element') return true;
  if (/^(?:img|hr|iframe|video|audio|object|embed|bs-.*)$/.test(node.tagName)) return false;
  return node.children.every(isBlank);
}

/**
 * Replaces nodes bottom-up. `change` receives each element after its children and returns what replaces it.
 * @returns the same parent, changed in place
 */
export function replaceAll<Node extends Parents>(
  parent: Node,
  change: (element: Element, parent: Parents) => ElementContent | ElementContent[] | undefined,
): Node {
  const children: RootContent[] = [];
  for (const child of parent.children) {
    if (child.type !== 'element') {
      children.push(child);
      continue;
    }
    replaceAll(child, change);
    const changed = change(child, parent);
    if (changed === undefined) continue;
    if (Array.isArray(changed)) children.push(...changed);
    else children.push(changed);
  }
  (parent as Root).children = children;
  return parent;
}
