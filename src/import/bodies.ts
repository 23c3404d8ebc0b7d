/** Turns the body of a story, in any format, into a hast tree, and extracts the words of the source. */
import type { Element, Nodes, Root } from 'hast';
import { raw } from 'hast-util-raw';
import { toHast } from 'mdast-util-to-hast';
import { VFile } from 'vfile';
import { createMarkdownParser } from '../article/markdown.ts';
import { assertUnreachable } from '../base/diagnostics.ts';
import { parseHtml } from './html/convert.ts';
import { attribute, isElement } from './html/tree.ts';
import type { ImportedBody } from './model.ts';
import { resolveTags, type TagContext } from './tags/mapping.ts';
import { type LibraryContext, readWordPressBody } from './wordpress-body.ts';

export type BodyContext = TagContext & LibraryContext;

/** Parses a body. @throws RangeError if it is nested too deeply */
export function readBody(body: ImportedBody, context: BodyContext): Root {
  switch (body.format) {
    case 'html':
      return parseHtml(resolveTags(body, context));
    case 'markdown':
      return markdownTree(resolveTags(body, context));
    case 'wordpress':
      return readWordPressBody(body, context);
    default:
      return assertUnreachable(body.format);
  }
}

const parse = createMarkdownParser('satteri');

function markdownTree(text: string): Root {
  const mdast = parse(new VFile({ value: text }));
  const hast = toHast(mdast, { allowDangerousHtml: true });
  const tree = raw(hast);
  return tree.type === 'root' ? tree : { type: 'root', children: [tree] as Root['children'] };
}

/** Elements that do not end a word. */
const inlineNames = new Set(
  'a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd label mark q s samp small span strike strong sub sup time tt u var wbr'.split(' '),
);

/** All words of a tree that readers see or hear, also the descriptions of pictures. */
export function wordsIn(node: Nodes): string {
  if (node.type === 'text') return node.value;
  if (isElement(node, 'script', 'style', 'template', 'noscript', 'head', 'svg', 'math', 'select', 'textarea')) return '';
  if (isElement(node, 'img')) return ` ${attribute(node, 'alt') ?? ''} `;
  const children = node.type === 'element' || node.type === 'root' ? node.children : [];
  const text = children.map(child => wordsIn(child as Nodes)).join('');
  const isWithin = isElement(node as Element) && inlineNames.has((node as Element).tagName);
  return isWithin ? text : ` ${text} `;
}
