/** Footnotes, however a system marks them: a reference links to its note, and the note links back. */
import type { Element, ElementContent, Root } from 'hast';
import type { HtmlContext } from './context.ts';
import { attribute, element, findAll, isBlank, isElement, plainOf, replaceAll } from './tree.ts';

/** Turns references into `bs-ref` elements, and collects the notes in a `bs-notes` element at the end. */
export function adoptNotes(tree: Root, context: HtmlContext): Root {
  const anchors = findAll(tree, node => node.tagName === 'a' && /^#./.test(attribute(node, 'href') ?? ''));
  if (anchors.length === 0) return tree;
  const targets = new Map<string, Element>();
  for (const node of collect(tree)) {
    const id = attribute(node, 'id');
    if (id !== undefined && !targets.has(id)) targets.set(id, node);
  }
  const holders = holdersOf(tree);
  const numbers = new Map<Element, string>();
  const references = new Map<Element, string>();
  /** Whether an anchor is in a note that is known: the links back look like references, too. */
  const isInNote = (anchor: Element): boolean => {
    for (let node = holders.get(anchor); node; node = holders.get(node)) if (numbers.has(node)) return true;
    return false;
  };
  for (const anchor of anchors) {
    const note = noteOf(targets.get(decode(attribute(anchor, 'href')!.slice(1))), holders);
    if (!note || contains(note, anchor) || isInNote(anchor)) continue;
    if (!linksBack(note, anchor, holders)) continue;
    if (!numbers.has(note)) numbers.set(note, String(numbers.size + 1));
    references.set(anchor, numbers.get(note)!);
  }
  if (references.size === 0) return tree;
  const ids = new Set([...references.keys()].flatMap(anchor => idsAround(anchor, holders)));
  const notes = [...numbers].map(([note, number]) => element('bs-note', { number }, contentOf(note, ids)));
  context.replaced([...references.keys(), ...backLinks([...numbers.keys()], ids)].map(plainOf).join(' '));
  replaceAll(tree, node => {
    if (numbers.has(node)) return undefined;
    const number = references.get(node);
    if (number !== undefined) return element('bs-ref', { number });
    if (node.tagName === 'sup' && node.children.some(child => isElement(child, 'bs-ref')))
      return node.children.filter(child => !isBlank(child) || isElement(child, 'bs-ref'));
    if (!isElement(node, 'ol', 'ul', 'section', 'div') || !isEmptied(node)) return node;
    context.replaced(plainOf(node));
    return undefined;
  });
  // A line across the page separates the text from its notes.
  while (isBlankEnd(tree.children.at(-1))) tree.children.pop();
  tree.children.push(...notes);
  return tree;
}

const isBlankEnd = (node: Root['children'][number] | undefined): boolean =>
  node !== undefined && (isElement(node, 'hr') || isBlank(node));

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** All elements below a node. */
function collect(node: Root | Element): Element[] {
  return node.children.flatMap(child => (child.type === 'element' ? [child, ...collect(child)] : []));
}

/** The parent of each element. */
function holdersOf(tree: Root): ReadonlyMap<Element, Element> {
  const holders = new Map<Element, Element>();
  for (const node of collect(tree))
    for (const child of node.children) if (child.type === 'element') holders.set(child, node);
  return holders;
}

/** The block of a note, if a target of a link is in one. */
function noteOf(target: Element | undefined, holders: ReadonlyMap<Element, Element>): Element | undefined {
  for (let node = target; node; node = holders.get(node))
    if (isElement(node, 'li', 'p', 'dd', 'div', 'aside')) return node;
  return undefined;
}

const contains = (node: Element, inner: Element): boolean =>
  node === inner || node.children.some(child => child.type === 'element' && contains(child, inner));

/** Ids of an anchor, of what it contains and of what immediately contains it. */
function idsAround(anchor: Element, holders: ReadonlyMap<Element, Element>): string[] {
  const nodes = [anchor, ...collect(anchor)];
  for (let node = holders.get(anchor); isElement(node, 'sup', 'span'); node = holders.get(node))
    nodes.push(node);
  const before = [anchor, nodes.at(-1)!].flatMap(node => markBefore(node, holders) ?? []);
  return [...nodes, ...before].flatMap(node => attribute(node, 'id') ?? []);
}

/** The empty element immediately before another one, which marks its place. */
function markBefore(node: Element, holders: ReadonlyMap<Element, Element>): Element | undefined {
  const siblings = holders.get(node)?.children ?? [];
  const before = siblings[siblings.indexOf(node) - 1];
  return isElement(before, 'a') && isBlank(before) ? before : undefined;
}

function linksBack(note: Element, anchor: Element, holders: ReadonlyMap<Element, Element>): boolean {
  const ids = new Set(idsAround(anchor, holders));
  return findAll(note, ({ tagName }) => tagName === 'a').some(link =>
    ids.has(decode((attribute(link, 'href') ?? '').slice(1))),
  );
}

const isBackLink = (node: Element, ids: ReadonlySet<string>): boolean => {
  const href = attribute(node, 'href') ?? '';
  return (
    node.tagName === 'a' &&
    href.startsWith('#') &&
    (ids.has(decode(href.slice(1))) || attribute(node, 'dataFootnoteBackref') !== undefined)
  );
};

const backLinks = (notes: readonly Element[], ids: ReadonlySet<string>): Element[] =>
  notes.flatMap(note => findAll(note, node => isBackLink(node, ids)));

/** Content of a note without its links back. */
function contentOf(note: Element, ids: ReadonlySet<string>): ElementContent[] {
  const copy = structuredClone(note);
  replaceAll(copy, node => (isBackLink(node, ids) ? undefined : node));
  replaceAll(copy, node => (isElement(node, 'p', 'sup') && isBlank(node) ? undefined : node));
  return copy.children;
}

/** Whether nothing is left in the list of notes but its heading or a line above it. */
const isEmptied = (node: Element): boolean =>
  node.children.every(
    child =>
      isBlank(child) ||
      isElement(child, 'hr') ||
      (isElement(child, 'h2') && attribute(child, 'id') === 'footnote-label'),
  ) && node.tagName !== 'hr';
