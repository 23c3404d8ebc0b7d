/**
 * Visits the nodes of a tree in document order, parents first. unist-util-visit does the same, but creates a
 * function for every node, which takes an eighth of a build's time (decisions/0015-our-own-tree-walk.md).
 */
import type { Nodes } from 'mdast';

interface AnyNode {
  type: string;
}
interface Parent<Node> {
  type: string;
  children: Node[];
}

/**
 * Visits a node. May replace, insert and remove children of `parent`.
 * @returns `skip` to skip the node's children; the index of the sibling to visit after the node's children; or
 * undefined to continue in document order
 */
type Visit<Node> = (
  node: Node,
  index: number | undefined,
  parent: Parent<Node> | undefined,
) => 'skip' | number | undefined;

/** Visits all nodes of an mdast tree, or of another kind of tree: `walk<HastNodes>`. */
export function walk<Node extends AnyNode = Nodes>(tree: NoInfer<Node>, visit: Visit<NoInfer<Node>>): void {
  visitNode<Node>(tree, undefined, undefined, visit);
}

/** Block nodes whose descendants are only inline content or table cells. */
const wordContainers = new Set(['paragraph', 'heading', 'table', 'relatedLink']);

/** Visits the blocks of a tree, but not their inline content, which makes up most of the nodes. */
export function walkBlocks(tree: Nodes, visit: Visit<Nodes>): void {
  walk(tree, (node, index, parent) => {
    const next = visit(node, index, parent);
    return next === undefined && wordContainers.has(node.type) ? 'skip' : next;
  });
}

type BlockType = 'articleSection' | 'definition' | 'figure' | 'footnoteDefinition' | 'quote';

/** Collects every block of a type, in document order. */
export function blocksOf<Type extends BlockType>(tree: Nodes, type: Type): Extract<Nodes, { type: Type }>[] {
  const found: Extract<Nodes, { type: Type }>[] = [];
  walkBlocks(tree, node => {
    if (node.type === type) found.push(node as Extract<Nodes, { type: Type }>);
    return undefined;
  });
  return found;
}

function visitNode<Node extends AnyNode>(
  node: Node,
  index: number | undefined,
  parent: Parent<Node> | undefined,
  visit: Visit<Node>,
): number | undefined {
  const next = visit(node, index, parent);
  // Reading the property is much faster than `'children' in node`, because nodes have many shapes.
  const own = node as Node & Partial<Parent<Node>>;
  if (next !== 'skip' && own.children !== undefined) {
    const parent = own as Node & Parent<Node>;
    for (let i = 0; i < parent.children.length; )
      i = visitNode<Node>(parent.children[i]!, i, parent, visit) ?? i + 1;
  }
  return typeof next === 'number' ? next : undefined;
}
