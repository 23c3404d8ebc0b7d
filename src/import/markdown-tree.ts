/** Reads Markdown of other systems. */
import type { Root } from 'hast';
import { raw } from 'hast-util-raw';
import { toHtml } from 'hast-util-to-html';
import { toHast } from 'mdast-util-to-hast';
import { VFile } from 'vfile';
import { createMarkdownParser } from '../article/markdown.ts';

const parse = createMarkdownParser('satteri');

/** Parses Markdown with the HTML in it. */
export function markdownTree(text: string): Root {
  const mdast = parse(new VFile({ value: text }));
  const hast = toHast(mdast, { allowDangerousHtml: true });
  const tree = raw(hast);
  return tree.type === 'root' ? tree : { type: 'root', children: [tree] as Root['children'] };
}

/** HTML of a text in Markdown. */
export const markdownHtml = (text: string): string => toHtml(markdownTree(text));
