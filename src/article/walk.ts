/**
 * Goes through a tree in the order of its text, parents first. unist-util-visit does the same and took an eighth of a build, since it names a new function for
 * every node (tests/bench/README.md).
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
 * May replace, insert and remove children of `parent`. Says where to go on: `skip` leaves the node's own children out, a number is the sibling to take after
 * them.
 */
type Visit<Node> = (
  node: Node,
  index: number | undefined,
  parent: Parent<Node> | undefined,
) => 'skip' | number | undefined;

/** Through an mdast tree, or another that is named: `walk<HastNodes>`. */
export function walk<Node extends AnyNode = Nodes>(tree: NoInfer<Node>, visit: Visit<NoInfer<Node>>): void {
  visitNode<Node>(tree, undefined, undefined, visit);
}

/** What holds words, and no block. */
const holdsWords = new Set(['paragraph', 'heading', 'table', 'relatedLink']);

/** Through the blocks of a tree, and not into their words, which are most of its nodes. */
export function walkBlocks(tree: Nodes, visit: Visit<Nodes>): void {
  walk(tree, (node, index, parent) => {
    const next = visit(node, index, parent);
    return next === undefined && holdsWords.has(node.type) ? 'skip' : next;
  });
}

type BlockType = 'articleSection' | 'definition' | 'figure' | 'footnoteDefinition' | 'quote';

/** Every block of a type, in the order of the text. */
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
  // Read, not asked for by `in`, which is slow for so many kinds of node.
  const own = node as Node & Partial<Parent<Node>>;
  if (next !== 'skip' && own.children !== undefined) {
    const parent = own as Node & Parent<Node>;
    for (let i = 0; i < parent.children.length; )
      i = visitNode<Node>(parent.children[i]!, i, parent, visit) ?? i + 1;
  }
  return typeof next === 'number' ? next : undefined;
}
