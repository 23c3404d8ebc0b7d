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

/** Every node of a type, in the order of the text. */
export function nodesOf<Type extends Nodes['type']>(
  tree: Nodes,
  type: Type,
): Extract<Nodes, { type: Type }>[] {
  const found: Extract<Nodes, { type: Type }>[] = [];
  walk(tree, node => {
    if (node.type === type) found.push(node as Extract<Nodes, { type: Type }>);
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
  if (next !== 'skip' && 'children' in node) {
    const own = node as Node & Parent<Node>;
    for (let i = 0; i < own.children.length; ) i = visitNode<Node>(own.children[i]!, i, own, visit) ?? i + 1;
  }
  return typeof next === 'number' ? next : undefined;
}
