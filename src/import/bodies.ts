/** Turns the body of a story, in any format, into a hast tree, and extracts the words of the source. */
import type { Element, Nodes, Root } from 'hast';
import { assertUnreachable } from '../base/diagnostics.ts';
import { isHidden } from './html/clean.ts';
import { parseHtml } from './html/convert.ts';
import { attribute, hasClass } from './html/tree.ts';
import { markdownTree } from './markdown-tree.ts';
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
      return markdownTree(withoutAttributes(resolveTags(body, context)));
    case 'wordpress':
      return readWordPressBody(body, context);
    default:
      return assertUnreachable(body.format);
  }
}

/**
 * Removes the attributes of kramdown and Goldmark: `{:.wide}` after a block or a link. The id of a heading, `{#id}`,
 * becomes an anchor.
 */
const withoutAttributes = (text: string): string =>
  text
    .replace(/^(#{1,6} .*)\{([:#.][^{}\n]*)\}[ \t]*$/gm, (_, heading: string, attributes: string) => {
      const id = /#([\w-]+)/.exec(attributes)?.[1];
      return heading.trimEnd() + (id === undefined ? '' : ` <a id="${id}"></a>`);
    })
    .replace(/(?<=[)\s*_]|^)\{:[^{}\n]*\}/gm, '');

/** Elements whose text readers do not see. */
const silentNames = new Set(
  'script style template noscript head svg math select textarea iframe audio video noembed noframes'.split(
    ' ',
  ),
);

/** Elements that do not end a word. */
const inlineNames = new Set(
  'a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd label mark q s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);

/** All words of a tree that readers see or hear, also the descriptions of pictures. */
export function wordsIn(node: Nodes): string {
  if (node.type === 'text') return node.value;
  const name = node.type === 'element' ? node.tagName : '';
  if (silentNames.has(name) || (node.type === 'element' && isHidden(node))) return '';
  if (name === 'img') return ` ${attribute(node as Element, 'alt') ?? ''} `;
  const children = node.type === 'element' || node.type === 'root' ? node.children : [];
  const text = children.map(child => wordsIn(child as Nodes)).join('');
  const title = node.type === 'element' ? (attribute(node, 'dataTitle') ?? '') : '';
  const isAnchor = name === 'a' && /^#./.test(attribute(node as Element, 'href') ?? '');
  const isMark = isAnchor && /^[\s[(]*(?:[\p{L}\p{N}]{1,3}|[*†‡]+)[\s\])]*$/u.test(text);
  const isButton = node.type === 'element' && hasClass(node, /button/);
  return inlineNames.has(name) && !isMark && !isButton ? text : ` ${title} ${text} `;
}
