/**
 * Converts `<blockquote>` elements, such as the posts that social networks offer to embed. Without this, their
 * words would appear as the newsroom's own.
 */
import type { BlockContent, Link, Nodes, Paragraph, PhrasingContent, RootContent } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import type { HtmlElement, Quote } from './model.ts';
import { walk } from './walk.ts';

/** Elements that begin a block of their own. */
const blockTags = new Set('blockquote details div dl hr ol p pre table ul'.split(' '));
const phrasing = new Set(
  'break delete emphasis footnoteReference image inlineCode link strong text'.split(' '),
);

/**
 * Converts the content of a `<blockquote>`.
 * @param content the nodes between its tags
 * @returns a quotation, if it ends with `— Name <a href="…">Date</a>`; a paragraph with a link, if it contains only
 * links; otherwise an mdast block quote
 */
export function quotationOf(content: readonly RootContent[]): Quote | Paragraph | RootContent {
  const children = groupBlocks(content);
  const links = children.flatMap(linksIn);
  const last = links.at(-1);
  const isOnlyLinks =
    spaced(links.map(link => textOf(link)).join('')) ===
    spaced(children.map(child => textOf(child)).join(''));
  if (last && isOnlyLinks) {
    const link: Link = {
      type: 'link',
      url: addressOf(last),
      children: [{ type: 'text', value: spaced(textOf(last)) }],
    };
    return { type: 'paragraph', children: [link] };
  }
  return postOf(children) ?? { type: 'blockquote', children };
}

/** Reads a post: its words, then a line with its author and a link to it. */
function postOf(blocks: readonly BlockContent[]): Quote | undefined {
  const line = blocks.at(-1);
  if (line?.type !== 'paragraph' || blocks.length < 2) return undefined;
  const link = linksIn(line).at(-1);
  const at = link ? line.children.indexOf(link) : -1;
  if (!link || at < 0) return undefined;
  const author = textOf({ type: 'paragraph', children: line.children.slice(0, at) });
  const speaker = /^\s*(?:—|–|--)\s*(\S.*)$/s.exec(author)?.[1];
  if (speaker === undefined) return undefined;
  return {
    type: 'quote',
    id: '',
    speaker: spaced(speaker),
    role: undefined,
    layout: undefined,
    source: addressOf(link),
    sourceTitle: spaced(textOf(link)) || undefined,
    children: blocks.slice(0, -1),
  };
}

/** Puts inline content into paragraphs. */
function groupBlocks(content: readonly RootContent[]): BlockContent[] {
  const blocks: BlockContent[] = [];
  let open: Paragraph | undefined;
  for (const node of content) {
    const isInline = node.type === 'htmlElement' ? !blockTags.has(node.tagName) : phrasing.has(node.type);
    if (!isInline) {
      open = undefined;
      blocks.push(withoutTag(node));
    } else if (open) open.children.push(node as PhrasingContent);
    else if (textOf(node).trim() !== '') {
      open = { type: 'paragraph', children: [node as PhrasingContent] };
      blocks.push(open);
    }
  }
  return blocks;
}

/** Converts a `<p>` without attributes to a paragraph, which may contain an attribution. */
function withoutTag(node: RootContent): BlockContent {
  const isPlain =
    node.type === 'htmlElement' && node.tagName === 'p' && Object.keys(node.properties).length === 0;
  return isPlain
    ? { type: 'paragraph', children: node.children as PhrasingContent[] }
    : (node as BlockContent);
}

type AnyLink = Link | HtmlElement;

function linksIn(node: Nodes): AnyLink[] {
  const links: AnyLink[] = [];
  walk(node, child => {
    if (child.type === 'link' || (child.type === 'htmlElement' && typeof child.properties.href === 'string'))
      links.push(child);
    return undefined;
  });
  return links;
}

/** Address of a link, without the parameter that tells the network which site shows the post. */
function addressOf(link: AnyLink): string {
  const url = link.type === 'link' ? link.url : String(link.properties.href);
  return url.replace(/\?ref_src=[^&#]*$/, '');
}

const spaced = (text: string): string => text.replace(/\s+/g, ' ').trim();
